package org.actsandbox.web.cli.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.DataFolder;

/**
 * Represents the file that a running server writes for the commands of the same user: its address
 * and its data folder, which contains the start token. The file itself has no secret. There is one
 * file per port, in a folder that only this user can read, and the server deletes it when it stops.
 */
public record RunningServer(URI origin, long pid, Path data) {

  /**
   * Reads the start token from the data folder.
   *
   * @throws ServerStartFailure if the data folder has no start token
   */
  public String startToken() throws IOException {
    return DataFolder.startToken(data)
        .orElseThrow(
            () ->
                new ServerStartFailure(
                    "the data folder %s has no start token any more: start the sandbox again"
                        .formatted(data),
                    null));
  }

  /** Returns the console's address with the start token, which gives access to the console. */
  public URI console() throws IOException {
    return URI.create(origin + "/?token=" + startToken());
  }

  /**
   * Returns a world with all its keys, by the start token.
   *
   * @throws org.actsandbox.client.UnexpectedReply if there is no such world
   */
  public TargetWorld target(SandboxClient client, String world) throws IOException {
    return client.ownWorld(origin, startToken(), world);
  }

  /** Writes the file atomically, readable for this user only. */
  public void write() throws IOException {
    var folder = folder();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    requireOwn(folder);
    var draft =
        Files.createTempFile(
            folder,
            "note",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(draft, Json.bytes(this));
    Files.move(draft, file(origin.getPort()), StandardCopyOption.ATOMIC_MOVE);
  }

  public void delete() throws IOException {
    Files.deleteIfExists(file(origin.getPort()));
  }

  /** Finds this user's server on the port; empty if there is none. */
  public static Optional<RunningServer> at(int port) throws IOException {
    var file = file(port);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    requireOwn(folder());
    return Optional.of(Json.read(Files.readAllBytes(file), RunningServer.class));
  }

  /**
   * Refuses a folder that another user may have made first, because its files cannot be trusted.
   */
  private static void requireOwn(Path folder) throws IOException {
    var owner = Files.getOwner(folder).getName();
    var me = user();
    var open =
        Files.getPosixFilePermissions(folder).stream()
            .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
    if (!owner.equals(me) || open) {
      throw new IOException(folder + " belongs to " + owner + " or is open to others: remove it");
    }
  }

  private static Path file(int port) throws IOException {
    return folder().resolve(port + ".json");
  }

  private static Path folder() throws IOException {
    return Path.of(System.getProperty("java.io.tmpdir"), "act-sandbox-" + user());
  }

  /**
   * Returns the name of this user. A container may run as a user id without an account; then it is
   * the owner of a new file, which is that id.
   */
  private static String user() throws IOException {
    var account = System.getProperty("user.name");
    if (!account.equals("?")) {
      return account;
    }
    var probe = Files.createTempFile("act-sandbox", null);
    try {
      return Files.getOwner(probe).getName();
    } finally {
      Files.delete(probe);
    }
  }
}
