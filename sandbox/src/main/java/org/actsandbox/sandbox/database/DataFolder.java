package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.SandboxSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The folder everything is kept in, with the server's secret and the start token. Its owner alone
 * reads it: who can is the principal, as far as this server knows.
 */
@Component
public class DataFolder {

  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);

  private static final int SECRET_BYTES = 32;
  private static final String SECRET = "server.secret";
  private static final String TOKEN = "start.token";
  private static final String DATABASE = "sandbox.mv.db";
  private static final String TRACE = "sandbox.trace.db";

  /** What {@code ./run open} hands to a browser, so that the token stands in no process list. */
  public static final String BROWSER_PAGE = "open.html";

  /** Only files the server makes itself are forgotten or tightened, whatever folder was named. */
  private static final List<String> OWN_FILES =
      List.of(DATABASE, TRACE, SECRET, TOKEN, BROWSER_PAGE);

  /** What else a folder may hold that is the sandbox's own; the user's work, so it is kept. */
  private static final Set<String> OWN_FOLDERS = Set.of("scenarios", "evidence");

  private static final Pattern TOKEN_FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Path folder;
  private final byte[] secret;
  private final boolean secretNew;
  private final String startToken;

  DataFolder(SandboxSettings sandboxSettings) {
    this.folder = sandboxSettings.data().toAbsolutePath().normalize();
    boolean file = sandboxSettings.database().url() == null;
    try {
      OwnerOnly.createFolders(folder);
      if (sandboxSettings.fresh()) {
        forget(folder);
      }
      Files.delete(Files.createTempFile(folder, "probe", null));
      tighten();
      this.secretNew = !Files.exists(folder.resolve(SECRET));
      if (secretNew && file && hasDatabase()) {
        throw secretMissing();
      }
      this.secret = secret(folder.resolve(SECRET));
      this.startToken = token(folder.resolve(TOKEN));
      if (file) {
        // The database would make them readable for everybody.
        createIfMissing(folder.resolve(DATABASE), new byte[0]);
        createIfMissing(folder.resolve(TRACE), new byte[0]);
      }
    } catch (IOException failed) {
      throw new StartupFailure(
          "the data folder %s is not writable (%s)".formatted(folder, reason(failed)), failed);
    }
  }

  public Path path() {
    return folder;
  }

  /** 32 random bytes, made at the first start; every role key follows from them. */
  public byte[] secret() {
    return secret.clone();
  }

  /** Who shows it has read the folder, or was given it by who has; the same after a restart. */
  public String startToken() {
    return startToken;
  }

  /**
   * The start token that the server of this folder goes by.
   *
   * @return empty when none has started there yet
   */
  public static Optional<String> startToken(Path folder) throws IOException {
    var file = folder.resolve(TOKEN);
    return Files.exists(file) ? Optional.of(token(file)) : Optional.empty();
  }

  static boolean hasSecret(Path folder) {
    return Files.exists(folder.resolve(SECRET));
  }

  /**
   * Puts a secret that was kept elsewhere into a folder, before the folder is used.
   *
   * @return whether it was not there yet
   * @throws StartupFailure if the folder has another one, or a database without one
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
   * Refuses a database elsewhere that was there before this folder's secret: its keys and PINs
   * would be worth nothing. The next start says so again.
   */
  void requireSecretOf(boolean databaseWasThere) throws IOException {
    if (secretNew && databaseWasThere) {
      Files.delete(folder.resolve(SECRET));
      throw secretMissing();
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

  /** Folders of earlier versions were open to everybody on the machine. */
  private void tighten() {
    try {
      for (var name : OWN_FILES) {
        if (Files.exists(folder.resolve(name))) {
          OwnerOnly.tighten(folder.resolve(name));
        }
      }
      if (isOwn()) {
        OwnerOnly.tightenFolder(folder);
      }
    } catch (IOException notOwner) {
      log.warn("others may read {}: it belongs to another user ({})", folder, reason(notOwner));
    }
  }

  /** A folder with anything else in it is somebody's, who may have reasons to share it. */
  private boolean isOwn() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(each -> each.getFileName().toString())
          .allMatch(name -> OWN_FILES.contains(name) || OWN_FOLDERS.contains(name));
    }
  }

  /**
   * Takes the sandbox's own files out of a folder.
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
    for (var name : OWN_FILES) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  /** H2 holds a lock on its file for as long as it is open. */
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
    var drawn = Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    createIfMissing(file, (drawn + "\n").getBytes(StandardCharsets.US_ASCII));
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
      // Another process of the same folder was first; its file counts.
      log.debug("{} was made by another start", file, otherStart);
    }
  }

  private static String reason(IOException failed) {
    return failed.getClass().getSimpleName().replace("Exception", "");
  }
}
