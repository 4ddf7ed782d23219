package org.actsandbox.sandbox.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.Settings;
import org.jspecify.annotations.Nullable;

/** Where the data is, and how to say what is wrong with it. */
record DatabaseAddress(String url, String username, String password, String place) {

  private static final String POSTGRES_FORM = "jdbc:postgresql://HOST:PORT/DATABASE";
  private static final Pattern POSTGRES = Pattern.compile("jdbc:postgresql:.+");

  /** H2's code for a file that another process holds. */
  private static final int H2_LOCKED = 90020;

  /** As every Unix says it. */
  private static final String FULL = "No space left";

  /**
   * Java closes a file under a thread that is interrupted while it reads, and a plain file stays
   * closed for everybody until the next start; this one is opened again.
   */
  private static final String H2_FILE = "jdbc:h2:retry:";

  /**
   * Kilobytes. Every page written goes through this cache, and most are replaced before anybody
   * reads them again: a larger one keeps the dead until the garbage collector has moved them twice.
   */
  private static final int H2_CACHE_KB = 6 * 1024;

  /**
   * Bytes of a page in memory at which it is split, a quarter of H2's own: a change rewrites its
   * page and all above it, and a purchase changes some eighty of them.
   */
  private static final int H2_PAGE = 4096;

  /**
   * The write delay is the longest that nobody asks for a write; whoever needs one waits for {@link
   * GroupCommit}. Compaction at H2's own fill rate of 90 % rewrites the file all day under load.
   * Results are not kept for the same query again: between two the tables have changed. The pool
   * closes the database after the journal was flushed, so H2's own hook is off.
   */
  private static final String H2_OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;WRITE_DELAY=500;AUTO_COMPACT_FILL_RATE=40"
          + ";LOCK_TIMEOUT=5000;CACHE_SIZE="
          + H2_CACHE_KB
          + ";PAGE_SIZE="
          + H2_PAGE
          + ";QUERY_CACHE_SIZE=0;OPTIMIZE_REUSE_RESULTS=0;DB_CLOSE_ON_EXIT=FALSE";

  /**
   * The address that the settings name.
   *
   * @throws StartupFailure if {@code act.database.url} is no address of a PostgreSQL database
   */
  static DatabaseAddress of(Settings settings, Path folder) {
    var database = settings.database();
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

  /** The address without its query and its user, where a password may stand. */
  private static String withoutSecrets(String url) {
    return url.replaceAll("[?].*", "").replaceAll("//[^/@]*@", "//");
  }

  boolean isFile() {
    return url.startsWith(H2_FILE);
  }

  /** Says in one line what is wrong with the database and what to do about it. */
  String explain(SQLException failed) {
    if (failed.getErrorCode() == H2_LOCKED) {
      return "the database %s is in use by another process: stop it or choose another --data"
          .formatted(place);
    }
    if (isFile() && BrokenStore.reason(failed).contains(FULL)) {
      return "the disk of the database %s is full: make room, then start again".formatted(place);
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
