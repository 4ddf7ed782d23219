package org.actsandbox.sandbox;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.junit.jupiter.api.Test;

/** Runs the examples of docs/agents.md as a reader would. */
class FirstAgentTests {

  private static final Path EXAMPLES = Path.of("../docs/examples");

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void anAgentThatSharesNoCodeWithTheSandboxBuysSomething() {
    var outcome =
        ClientPrograms.run(
            EXAMPLES, "", ClientPrograms.node(), "first-agent.mjs", server.origin().toString());
    var said = outcome.output();

    assertThat(outcome.exit()).as(said).isZero();
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

  @Test
  void aScheduledPurchaseIsMadeWhenItsAuthorityHasBegun() {
    var outcome =
        ClientPrograms.run(
            EXAMPLES,
            "",
            ClientPrograms.node(),
            "scheduled-agent.mjs",
            "L3",
            "--after",
            "2",
            server.origin().toString());
    var said = outcome.output();

    assertThat(outcome.exit()).as(said).isZero();
    assertThat(said.lines())
        .anyMatch(line -> line.startsWith("waits    Pending until "))
        .anyMatch(line -> line.startsWith("begins   Active at "));
    assertThat(said.indexOf("begins ")).isLessThan(said.indexOf("paid "));
    assertThat(said).contains("\"kind\":\"shop\"");
  }
}
