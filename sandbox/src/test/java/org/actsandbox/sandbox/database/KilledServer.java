package org.actsandbox.sandbox.database;

import java.nio.file.Path;
import org.actsandbox.sandbox.SandboxServer;

/** A server in a process of its own, to be killed. */
final class KilledServer {

  private KilledServer() {}

  public static void main(String[] args) {
    var server = SandboxServer.start(Path.of(args[0]));
    System.out.println("origin " + server.origin());
  }
}
