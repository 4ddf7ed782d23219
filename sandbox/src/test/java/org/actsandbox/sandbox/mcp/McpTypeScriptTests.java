package org.actsandbox.sandbox.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Buys with the protocol's own TypeScript client, in both current revisions. */
class McpTypeScriptTests {

  private static final Path CLIENT = Path.of("src/test/resources/clients/mcp/buyer.mjs");

  /** The folder that ./test installs the client into, with its pinned version. */
  private static final Path MODULES = Path.of("../target/client-mcp");

  private final SandboxServer server = SandboxServer.shared();

  @ParameterizedTest
  @CsvSource({"auto, 2026-07-28", "legacy, 2025-11-25"})
  void theOfficialTypeScriptClientBuysSomething(String mode, String revision) throws Exception {
    assumeThat(Files.isDirectory(MODULES.resolve("node_modules")))
        .as("./test has installed the TypeScript client of MCP")
        .isTrue();
    var world = server.newWorld();
    var process =
        new ProcessBuilder(
                "node",
                CLIENT.toAbsolutePath().toString(),
                server.origin() + "/w/" + world.name() + "/mcp",
                world.roleKey(Role.ASSISTANT, null),
                mode)
            .directory(MODULES.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = process.inputReader(StandardCharsets.UTF_8);
        var say = process.outputWriter(StandardCharsets.UTF_8)) {
      var connected = next(said);
      assertThat(connected.path("revision").asString()).isEqualTo(revision);
      assertThat(connected.path("tools").asInt()).isEqualTo(13);
      var requested = next(said);
      new TestPrincipal(server, world).approve(requested.path("trade_no").asString());
      say.write("approved\n");
      say.flush();
      assertThat(next(said).path("state").asString()).isEqualTo("paid");
      assertThat(next(said).path("delivery").path("kind").asString()).isEqualTo("shop");
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static JsonNode next(BufferedReader said) throws Exception {
    var line = said.readLine();
    assertThat(line).as("the client's next line").isNotNull();
    return Json.parse(line);
  }
}
