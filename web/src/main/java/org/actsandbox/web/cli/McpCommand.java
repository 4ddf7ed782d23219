package org.actsandbox.web.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.web.cli.mcp.StdioBridge;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.RunningServer;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets a host of agents that only starts programs use the tools of a world. */
@Command(
    name = "mcp",
    mixinStandardHelpOptions = true,
    description = {
      "Speaks the Model Context Protocol on standard input and output, for the tools of a world.",
      "For hosts that start programs, such as Claude Desktop; others use the address /w/WORLD/mcp"
          + " (docs/mcp.md).",
      "It uses the running sandbox. Standard output has messages of the protocol and nothing else."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the input ended",
      "1:no such world",
      "2:no sandbox of this user runs on the port"
    })
final class McpCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--world",
      paramLabel = "NAME",
      defaultValue = "demo",
      description = "Name of the world (default: ${DEFAULT-VALUE})")
  private String world = "demo";

  @Option(
      names = "--principal",
      paramLabel = "NAME",
      description = "For whom it buys, in a world with several principals (default: the first)")
  private @Nullable String principal;

  @Option(names = "--start", description = "Start a sandbox if none runs on the port")
  private boolean start;

  @Override
  public Integer call() throws IOException {
    if (!world.matches("[a-z0-9-]{1,40}")) {
      throw new ServerStartFailure("not the name of a world: " + world, null);
    }
    var messages = System.out;
    // What a server prints that starts here must not mix with messages.
    System.setOut(System.err);
    try {
      var running = start ? RunningServer.at(server.port) : Optional.of(server.running());
      if (running.isPresent()) {
        bridge(running.get(), messages);
        return ExitCodes.OK;
      }
      try (var own =
          EmbeddedServer.start(server.port, server.dataFolder(), "127.0.0.1", server.settings())) {
        own.announce();
        bridge(server.running(), messages);
      }
      return ExitCodes.OK;
    } finally {
      System.setOut(messages);
    }
  }

  private void bridge(RunningServer running, PrintStream messages) throws IOException {
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var targetWorld = running.target(new SandboxClient(outbound), world);
      var bridge =
          new StdioBridge(
              outbound, targetWorld.at("/mcp"), key(targetWorld.keys()), messages, System.err);
      System.err.println("Connected to world " + world + " at " + targetWorld.at("/mcp"));
      bridge.run(System.in);
    }
  }

  private String key(IssuedRoleKeys keys) {
    var assistants = keys.assistants() == null ? Map.<String, String>of() : keys.assistants();
    var key = principal == null ? keys.assistant() : assistants.get(principal);
    if (key == null) {
      throw new ServerStartFailure(
          "world %s has no such principal; further ones are %s"
              .formatted(world, assistants.keySet()),
          null);
    }
    return key;
  }
}
