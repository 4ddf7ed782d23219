package org.actsandbox.web.cli.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.TargetWorld;

/**
 * The note a server leaves for the commands of the same user: where it listens and where its data
 * folder is, which has the start token. It holds no secret itself, lies in a folder only that user
 * can read, one file per port, and goes when the server stops.
 */
public record RunningServer(URI origin, long pid, Path data) {

  /**
   * @throws ServerStartFailure when the data folder has no start token
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

  /** The console's address with the start token: who has it is in. */
  public URI console() throws IOException {
    return URI.create(origin + "/?token=" + startToken());
  }

  /**
   * A world as its owner, with all its keys.
   *
   * @throws org.actsandbox.scenarios.client.UnexpectedReply when there is no such world
   */
  public TargetWorld target(SandboxClient client, String world) throws IOException {
    return client.ownWorld(origin, startToken(), world);
  }

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

  public static Optional<RunningServer> at(int port) throws IOException {
    var file = file(port);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    requireOwn(folder());
    return Optional.of(Json.read(Files.readAllBytes(file), RunningServer.class));
  }

  /** Somebody else may have made the folder first: their notes are not ours to trust. */
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

  /** A container may run as a number that has no account; its files belong to that number. */
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
