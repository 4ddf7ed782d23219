package org.actsandbox.sandbox;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Role;
import org.junit.jupiter.api.Test;

/** Runs the example of docs/agents.md as a reader would. */
class FirstAgentTests {

  private static final Path EXAMPLE = Path.of("../docs/examples/first-agent.mjs");

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void anAgentThatSharesNoCodeWithTheSandboxBuysSomething() throws Exception {
    assumeThat(hasNode()).as("Node is installed").isTrue();
    var process =
        new ProcessBuilder("node", EXAMPLE.toString(), server.origin().toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("\"kind\":\"shop\"").contains("Charger");

    var found = Pattern.compile("/w/(\\S+)/cashier/(\\S+)").matcher(said);
    assertThat(found.find()).as(said).isTrue();
    var world = server.world(found.group(1));
    var payment =
        server.get(
            "/w/" + world.name() + "/psp/payments/" + found.group(2),
            bearer(world.roleKey(Role.PRINCIPAL, null)));
    assertThat(payment.json().path("status").asString()).as(payment.text()).isEqualTo("paid");
  }

  private static boolean hasNode() throws IOException {
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      return places.map(Path::of).anyMatch(each -> Files.isExecutable(each.resolve("node")));
    }
  }
}
