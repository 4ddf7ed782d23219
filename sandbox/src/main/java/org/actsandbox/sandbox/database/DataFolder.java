package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.actsandbox.sandbox.Settings;
import org.springframework.stereotype.Component;

/** The folder everything is kept in, and the server's secret there. */
@Component
public class DataFolder {

  private static final int SECRET_BYTES = 32;
  private static final String SECRET = "server.secret";

  private final Path folder;
  private final byte[] secret;

  DataFolder(Settings settings) {
    this.folder = settings.data().toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
      this.secret = secret(folder.resolve(SECRET));
      Files.delete(Files.createTempFile(folder, "probe", null));
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

  private static byte[] secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      create(file);
    }
    var bytes = Files.readAllBytes(file);
    if (bytes.length != SECRET_BYTES) {
      throw new StartupFailure(
          "%s is damaged: restore it, or delete it to get new keys".formatted(file), null);
    }
    return bytes;
  }

  private static void create(Path file) throws IOException {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(file))) {
      channel.write(java.nio.ByteBuffer.wrap(bytes));
    } catch (FileAlreadyExistsException otherStart) {
      // Another process of the same folder was first; its secret counts.
      return;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static String reason(IOException failed) {
    return failed.getClass().getSimpleName().replace("Exception", "");
  }
}
