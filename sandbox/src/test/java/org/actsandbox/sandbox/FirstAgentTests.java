package org.actsandbox.sandbox;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.junit.jupiter.api.Test;

/** Runs the example of docs/agents.md as a reader would. */
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
}
