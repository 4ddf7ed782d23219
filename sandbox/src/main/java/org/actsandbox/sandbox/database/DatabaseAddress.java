package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.database.redo.LoggedFiles;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.actsandbox.sandbox.database.redo.RedoRecovery;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Holds the address of the database, and explains failures to open it. */
record DatabaseAddress(String url, String username, String password, String place) {

  private static final String POSTGRES_FORM = "jdbc:postgresql://HOST:PORT/DATABASE";
  private static final Pattern POSTGRES = Pattern.compile("jdbc:postgresql:.+");

  /** H2's error code for a file that another process has open. */
  private static final int H2_LOCKED = 90020;

  /** Text that every Unix system reports for a full disk. */
  private static final String FULL = "No space left";

  /** Writes the file only after the redo log, and opens it again after Java has closed it. */
  private static final String H2_FILE = "jdbc:h2:" + LoggedFiles.SCHEME + ":";

  /**
   * Size of the cache in kilobytes. Every written page goes through this cache, and most are
   * replaced before they are read again: a larger cache keeps such pages until the garbage
   * collector has moved them twice.
   */
  private static final int H2_CACHE_KB = 6 * 1024;

  /**
   * Size in bytes of a page in memory at which it is split, a quarter of H2's default: a change
   * rewrites its page and all pages above it, and a purchase changes some eighty of them.
   */
  private static final int H2_PAGE = 4096;

  /**
   * The write delay is longer than the time between two checkpoints of the {@link RedoLog}, which
   * has what an answer waits for. Compaction at H2's default fill rate of 90 % would rewrite the
   * file all day under load. Results are not reused for an equal query, because the tables change
   * in between. H2 makes no statistics by itself: each would change the definitions in the middle
   * of a request, for which all other commits wait and after which each connection parses all of
   * its statements anew ({@link H2Selectivity} says what they would). The pool closes the database
   * after the journal was flushed, so H2's own shutdown hook is off.
   */
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;AUTO_COMPACT_FILL_RATE=40"
          + ";WRITE_DELAY=60000;LOCK_TIMEOUT=5000;CACHE_SIZE="
          + H2_CACHE_KB
          + ";PAGE_SIZE="
          + H2_PAGE
          + ";DEFAULT_TABLE_ENGINE="
          + H2TableEngine.class.getName()
          + ";QUERY_CACHE_SIZE=0;OPTIMIZE_REUSE_RESULTS=0;ANALYZE_AUTO=0;DB_CLOSE_ON_EXIT=FALSE";

  static {
    LoggedFiles.register();
  }

  /**
   * Reads the address from the settings.
   *
   * @throws StartupFailure if {@code act.database.url} is not an address of a PostgreSQL database
   */
  static DatabaseAddress of(SandboxSettings sandboxSettings, Path folder) {
    var database = sandboxSettings.database();
    if (database.url() == null) {
      var file = folder.resolve("sandbox");
      return new DatabaseAddress(H2_FILE + file + H2_OPTIONS, "sa", "", file + ".mv.db");
    }
    if (!POSTGRES.matcher(database.url()).matches()) {
      throw new StartupFailure(
          "act.database.url is %s: expected %s, with the user in act.database.username"
              .formatted(withoutSecrets(database.url()), POSTGRES_FORM),
          null);
    }
    return new DatabaseAddress(
        database.url(),
        orEmpty(database.username()),
        orEmpty(database.password()),
        withoutSecrets(database.url()));
  }

  /** Returns the address without its query and user, which may contain a password. */
  private static String withoutSecrets(String url) {
    return url.replaceAll("[?].*", "").replaceAll("//[^/@]*@", "//");
  }

  boolean isFile() {
    return url.startsWith(H2_FILE);
  }

  /** Says whether H2 has written nothing into the file yet. */
  boolean isNewFile() {
    return isFile() && Path.of(place).toFile().length() == 0;
  }

  /** Applies the log that a crash left beside the file. */
  void recover() {
    if (isFile()) {
      try {
        RedoRecovery.run(Path.of(place), url, username, password);
      } catch (SQLException failed) {
        throw failure(failed);
      } catch (IOException | MVStoreException failed) {
        throw logFailure(failed);
      }
    }
  }

  /** Opens the file so that all commits pass its log. */
  RedoLog openLogged() throws SQLException {
    var connection = DriverManager.getConnection(url, username, password);
    try {
      return RedoLog.open(Path.of(place), OwnerOnly::open, connection);
    } catch (IOException failed) {
      connection.close();
      throw logFailure(failed);
    }
  }

  private StartupFailure logFailure(Exception failed) {
    return fullDisk(failed)
        .orElseGet(
            () ->
                new StartupFailure(
                    "the database %s cannot be brought up to date (%s): restore the folder from a backup, with all files of sandbox.*, or start with --fresh, which forgets all of it"
                        .formatted(place, DatabaseFailureShutdown.reason(failed)),
                    failed));
  }

  /** Returns the address at which H2 changes no byte of the file, not even when it is closed. */
  String readOnlyUrl() {
    return isFile() ? url + ";ACCESS_MODE_DATA=r" : url;
  }

  /** Says in one line what is wrong with the database and what to do about it. */
  StartupFailure failure(SQLException failed) {
    return fullDisk(failed).orElseGet(() -> new StartupFailure(explain(failed), failed));
  }

  /**
   * Says that the disk is full; empty if that is not why it failed. The exit code is that of a
   * server whose disk became full, because a later start may succeed with the same settings.
   */
  Optional<StartupFailure> fullDisk(Exception failed) {
    return isFile() && DatabaseFailureShutdown.reason(failed).contains(FULL)
        ? Optional.of(
            new StartupFailure(
                "the disk of the database %s is full: make room, then start again".formatted(place),
                failed,
                DatabaseFailureShutdown.EXIT_CODE))
        : Optional.empty();
  }

  private String explain(SQLException failed) {
    if (failed.getErrorCode() == H2_LOCKED) {
      return "the database %s is in use by another process: stop it or choose another --data"
          .formatted(place);
    }
    if (isFile()) {
      return "the database %s cannot be opened (%s): restore it from a backup, or start with --fresh, which forgets all of it"
          .formatted(place, failed.getSQLState());
    }
    var state = String.valueOf(failed.getSQLState());
    if (state.startsWith("28")) {
      return "the database %s refuses the user (%s): check act.database.username and act.database.password"
          .formatted(place, state);
    }
    if (state.equals("3D000")) {
      return "the database %s does not exist (%s): create it, or correct act.database.url"
          .formatted(place, state);
    }
    return "the database %s does not answer (%s): start PostgreSQL there, or correct act.database.url, which has the form %s"
        .formatted(place, state, POSTGRES_FORM);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
