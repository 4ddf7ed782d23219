package org.actsandbox.web.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.ServerOptions;
import org.actsandbox.web.cli.server.ServerStartFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the role keys of a world, for programs of the person who started the sandbox. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the role keys of a world of the running sandbox.",
      "Only the user who started it can. The principal's key is among them: give an agent under"
          + " test the agent's alone."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:printed", "1:no such world", "2:no sandbox of this user runs on the port"})
final class KeysCommand implements Callable<Integer> {

  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Parameters(
      paramLabel = "WORLD",
      arity = "0..1",
      defaultValue = "demo",
      description = "Name of the world (default: ${DEFAULT-VALUE})")
  private String world = "demo";

  @Override
  public Integer call() throws IOException {
    if (!world.matches("[a-z0-9-]{1,40}")) {
      throw new ServerStartFailure("not the name of a world: " + world, null);
    }
    var running = server.running();
    try (var outbound = new PooledOutboundClient(uri -> "localhost".equals(uri.getHost()))) {
      var issuedRoleKeys = running.target(new SandboxClient(outbound), world).keys();
      if (json) {
        System.out.println(Json.write(issuedRoleKeys));
      } else {
        lines(issuedRoleKeys).forEach((role, key) -> System.out.printf("%-26s %s%n", role, key));
      }
    }
    return ExitCodes.OK;
  }

  private static Map<String, String> lines(IssuedRoleKeys issuedRoleKeys) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("principal", issuedRoleKeys.principal());
    if (issuedRoleKeys.principals() != null) {
      issuedRoleKeys.principals().forEach((name, key) -> lines.put("principal " + name, key));
    }
    lines.put("agent", issuedRoleKeys.agent());
    if (issuedRoleKeys.assistant() != null) {
      lines.put("assistant", issuedRoleKeys.assistant());
    }
    if (issuedRoleKeys.assistants() != null) {
      issuedRoleKeys.assistants().forEach((name, key) -> lines.put("assistant of " + name, key));
    }
    lines.put("operator", issuedRoleKeys.operator());
    issuedRoleKeys.merchants().forEach((merchant, key) -> lines.put("merchant " + merchant, key));
    return lines;
  }
}
