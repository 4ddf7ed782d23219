package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Manages the folder with the database, the server's secret and the start token. Only its owner may
 * read it: the server takes every reader of the folder for the principal.
 */
@Component
public class DataFolder {

  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);

  private static final int SECRET_BYTES = 32;
  private static final String SECRET = "server.secret";
  private static final String TOKEN = "start.token";
  private static final String DATABASE = "sandbox.mv.db";
  private static final String TRACE = "sandbox.trace.db";

  /** Lies beside a database file until the first start has made all its tables. */
  private static final String UNFINISHED = "sandbox.unfinished";

  /**
   * Page that {@code ./run open} gives to a browser, so that the token appears in no process list.
   */
  public static final String BROWSER_PAGE = "open.html";

  /**
   * Files that the server makes itself; only these are deleted or protected, because the user may
   * name any folder.
   */
  private static final List<String> OWN_FILES =
      List.of(DATABASE, TRACE, UNFINISHED, SECRET, TOKEN, BROWSER_PAGE);

  /** Further folders of the sandbox; they contain the user's work, so they are kept. */
  public static final List<String> OWN_FOLDERS =
      List.of("scenarios", "evidence", "grades", "gates");

  private static final Pattern TOKEN_FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Path folder;
  private final byte[] secret;
  private final boolean secretNew;
  private final String startToken;

  DataFolder(SandboxSettings sandboxSettings) {
    NodeIdentity.requireSettings(sandboxSettings);
    this.folder = sandboxSettings.data().toAbsolutePath().normalize();
    boolean file = sandboxSettings.database().url() == null;
    try {
      OwnerOnly.createFolders(folder);
      if (sandboxSettings.fresh()) {
        forget(folder);
      }
      var probe = Files.createTempFile(folder, "probe", null);
      var user = OwnerOnly.ownerOf(probe);
      Files.delete(probe);
      requireFilesOf(user);
      tighten();
      var nodesKey = sandboxSettings.nodes().enabled() ? sandboxSettings.nodes().key() : null;
      var shared =
          nodesKey == null || file
              ? Optional.<SharedSecret>empty()
              : SharedSecret.find(DatabaseAddress.of(sandboxSettings, folder), nodesKey);
      if (shared.isPresent()) {
        adopt(shared.get());
      }
      this.secretNew = !Files.exists(folder.resolve(SECRET));
      if (secretNew && file && hasDatabase()) {
        throw secretMissing();
      }
      this.secret = secret(folder.resolve(SECRET));
      this.startToken = token(folder.resolve(TOKEN));
      if (file) {
        if (isUnfinished()) {
          empty(folder.resolve(DATABASE));
        }
        if (!hasDatabase()) {
          replace(folder.resolve(UNFINISHED), secretDigest());
        }
        // The database itself would create them readable for all users.
        createIfMissing(folder.resolve(DATABASE), new byte[0]);
        createIfMissing(folder.resolve(TRACE), new byte[0]);
      }
    } catch (IOException failed) {
      throw new StartupFailure(
          "the data folder %s is not writable (%s): let this user write there, or choose another --data"
              .formatted(folder, reason(failed)),
          failed);
    }
  }

  public Path path() {
    return folder;
  }

  /**
   * Says whether the database file has no content yet but what a first start left that was stopped
   * before all tables were there. Nothing was acknowledged then.
   */
  boolean isUnfinished() throws IOException {
    var note = folder.resolve(UNFINISHED);
    return Files.exists(note) && Arrays.equals(Files.readAllBytes(note), secretDigest());
  }

  /** The note counts with this secret only: a backup that is copied over it has another one. */
  private byte[] secretDigest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Notes that the database file in a folder has all its tables. */
  static void finish(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(UNFINISHED));
  }

  /** Returns 32 random bytes, made at the first start; every role key follows from them. */
  public byte[] secret() {
    return secret.clone();
  }

  /** Returns the token that proves access to the folder; it stays the same after a restart. */
  public String startToken() {
    return startToken;
  }

  /**
   * Returns the start token of the server with this folder.
   *
   * @return empty when no server has started there yet
   */
  public static Optional<String> startToken(Path folder) throws IOException {
    var file = folder.resolve(TOKEN);
    return Files.exists(file) ? Optional.of(token(file)) : Optional.empty();
  }

  static boolean hasSecret(Path folder) {
    return Files.exists(folder.resolve(SECRET));
  }

  /**
   * Puts an existing secret into a folder before the folder is used.
   *
   * @return true if the folder did not contain the secret yet
   * @throws StartupFailure if the folder has another secret, or a database without one
   */
  static boolean putSecret(Path folder, byte[] secret) throws IOException {
    var place = folder.resolve(SECRET);
    if (Files.exists(place) && Arrays.equals(Files.readAllBytes(place), secret)) {
      return false;
    }
    for (var name : OWN_FILES) {
      if (Files.exists(folder.resolve(name))) {
        throw new StartupFailure(
            "the data folder %s is another sandbox's (%s): name a new one with --data"
                .formatted(folder, name),
            null);
      }
    }
    OwnerOnly.createFolders(folder);
    OwnerOnly.create(place, secret);
    return true;
  }

  /**
   * Refuses an external database that is older than this folder's secret, because its keys and PINs
   * would be useless. The secret is deleted, so that the next start refuses again.
   */
  void requireSecretOf(boolean databaseExisted) throws IOException {
    if (secretNew && databaseExisted) {
      Files.delete(folder.resolve(SECRET));
      throw secretMissing();
    }
  }

  /** Returns what the other nodes of the database need to know. */
  SharedSecret shared() {
    return new SharedSecret(secret(), startToken);
  }

  /**
   * Puts the secret and the start token of all nodes into this node's folder, so that its commands
   * find them and a single process can go on with the folder.
   */
  private void adopt(SharedSecret shared) throws IOException {
    var place = folder.resolve(SECRET);
    if (hasDatabase()
        && Files.exists(place)
        && !Arrays.equals(Files.readAllBytes(place), shared.secret())) {
      throw new StartupFailure(
          "the data folder %s has a database of its own: give the node another folder with --data"
              .formatted(folder),
          null);
    }
    replace(place, shared.secret());
    replace(
        folder.resolve(TOKEN), (shared.startToken() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      Files.deleteIfExists(file);
      OwnerOnly.create(file, content);
    }
  }

  private StartupFailure secretMissing() {
    return new StartupFailure(
        "%s is missing, and the keys and PINs of the database depend on it: restore it, or start with --fresh"
            .formatted(folder.resolve(SECRET)),
        null);
  }

  private boolean hasDatabase() throws IOException {
    var database = folder.resolve(DATABASE);
    return Files.exists(database) && Files.size(database) > 0;
  }

  /**
   * Refuses a file that another user put into a folder in which several users may write: who made
   * the secret or the token knows it, and who made a part of the log decides what is stored. The
   * owner of the folder can exchange every file anyway.
   */
  private void requireFilesOf(@Nullable UserPrincipal user) throws IOException {
    var keeper = OwnerOnly.ownerOf(folder);
    for (var file : ownFiles(folder)) {
      var owner = OwnerOnly.ownerOf(file);
      if (owner != null && !owner.equals(user) && !owner.equals(keeper)) {
        throw new StartupFailure(
            "%s belongs to the user %s, who could know or change what is in it: delete it, or choose another --data"
                .formatted(file, owner.getName()),
            null);
      }
    }
  }

  /**
   * Restricts the permissions, because folders of earlier versions were open to all users of the
   * machine.
   */
  private void tighten() {
    try {
      for (var file : ownFiles(folder)) {
        OwnerOnly.tighten(file);
      }
      if (isOwn()) {
        OwnerOnly.tightenFolder(folder);
      }
    } catch (IOException notOwner) {
      log.warn("others may read {}: it belongs to another user ({})", folder, reason(notOwner));
    }
  }

  /**
   * Says whether the folder contains only the sandbox's files; a folder with other files may be
   * shared on purpose.
   */
  private boolean isOwn() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(each -> each.getFileName().toString())
          .allMatch(name -> isOwnFile(name) || OWN_FOLDERS.contains(name));
    }
  }

  private static boolean isOwnFile(String name) {
    return OWN_FILES.contains(name) || RedoLog.isFileOf(DATABASE, name);
  }

  private static List<Path> ownFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(each -> isOwnFile(each.getFileName().toString())).toList();
    }
  }

  /**
   * Deletes the sandbox's own files in a folder.
   *
   * @throws StartupFailure if a process uses them
   */
  static void forget(Path folder) throws IOException {
    var database = folder.resolve(DATABASE);
    if (Files.exists(database) && inUse(database)) {
      throw new StartupFailure(
          "the data folder %s is in use by a running sandbox: stop it, or choose another --data"
              .formatted(folder),
          null);
    }
    if (Files.isDirectory(folder)) {
      for (var file : ownFiles(folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Empties a database file, unless another start is making its tables. */
  private static void empty(Path database) throws IOException {
    if (!Files.exists(database)) {
      return;
    }
    try (var file = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = file.tryLock()) {
      if (lock != null) {
        file.truncate(0);
      }
    } catch (OverlappingFileLockException openHere) {
      log.debug("{} is being made by another start", database, openHere);
    }
  }

  /** Says whether a database has the file open; H2 holds a lock on its file while it is open. */
  private static boolean inUse(Path database) throws IOException {
    try (var file = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = file.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException openHere) {
      return true;
    }
  }

  private static byte[] secret(Path file) throws IOException {
    createIfMissing(file, random());
    var bytes = Files.readAllBytes(file);
    if (bytes.length != SECRET_BYTES) {
      throw new StartupFailure(
          "%s is damaged: restore it, or start with --fresh".formatted(file), null);
    }
    return bytes;
  }

  private static String token(Path file) throws IOException {
    var randomToken = Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    createIfMissing(file, (randomToken + "\n").getBytes(StandardCharsets.US_ASCII));
    var token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (!TOKEN_FORM.matcher(token).matches()) {
      throw new StartupFailure(
          "%s is damaged: delete it to get another one at the next start".formatted(file), null);
    }
    return token;
  }

  private static byte[] random() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static void createIfMissing(Path file, byte[] content) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    try {
      OwnerOnly.create(file, content);
    } catch (FileAlreadyExistsException otherStart) {
      // Another process with the same folder was first; its file counts.
      log.debug("{} was made by another start", file, otherStart);
    }
  }

  private static String reason(IOException failed) {
    return failed.getClass().getSimpleName().replace("Exception", "");
  }
}
