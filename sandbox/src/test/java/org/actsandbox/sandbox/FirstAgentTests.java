package org.actsandbox.sandbox;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the examples of docs/agents.md as a reader would. */
class FirstAgentTests {

  private static final Path EXAMPLES = Path.of("../docs/examples");

  /** Made by {@code ./test}; elsewhere the machine's Python serves if it has the package. */
  private static final Path PYTHON_ENVIRONMENT = Path.of("../target/client-python/bin/python3");

  private final SandboxServer server = SandboxServer.shared();

  @Test
  void anAgentThatSharesNoCodeWithTheSandboxBuysSomething() throws Exception {
    var said = run("node", "first-agent.mjs");

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

  /**
   * @param bounds what the principal signs
   */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          node,    authority-agent.mjs, L2, may buy exactly this
          node,    authority-agent.mjs, L3, may choose and buy for you within these bounds
          python3, authority_agent.py,  L2, may buy exactly this
          python3, authority_agent.py,  L3, may choose and buy for you within these bounds
          """)
  void anAgentBuysUnderTheAuthorityThatItAskedFor(
      String program, String file, String level, String bounds) throws Exception {
    var said = run(program, file, level);

    assertThat(said).contains(bounds, "max_total_amount", "\"kind\":\"shop\"");
    assertThat(said.contains("waits")).isEqualTo(level.equals("L3"));
    var delegation = Pattern.compile("(?m)^returned (\\S+)$").matcher(said);
    assertThat(delegation.find()).as(said).isTrue();
    var name = Pattern.compile("did:act:(l[23]-[0-9a-f]+)").matcher(said);
    assertThat(name.find()).as(said).isTrue();
    var world = server.world(name.group(1));
    var principal = bearer(world.roleKey(Role.PRINCIPAL, null));
    var path = "/w/" + world.name();
    var payments = server.get(path + "/psp/payments", principal).json().path("items");
    assertThat(payments).hasSize(1);
    assertThat(payments.path(0).path("status").asString()).isEqualTo("paid");
    var iac = server.get(path + "/delegations/iacs/" + delegation.group(1), principal).json();
    assertThat(iac.path("state").asString()).isEqualTo("Revoked");
  }

  @Test
  void aScheduledPurchaseIsMadeWhenItsAuthorityHasBegun() throws Exception {
    var said = run("node", "authority-agent.mjs", "L3", "--after", "2");

    assertThat(said.lines())
        .anyMatch(line -> line.startsWith("waits    Pending until "))
        .anyMatch(line -> line.startsWith("begins   Active at "));
    assertThat(said.indexOf("begins ")).isLessThan(said.indexOf("paid "));
    assertThat(said).contains("\"kind\":\"shop\"");
  }

  private String run(String program, String file, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(program.equals("node") ? node() : python());
    command.add(EXAMPLES.resolve(file).toString());
    command.addAll(List.of(arguments));
    command.add(server.origin().toString());
    var outcome = run(command);
    assertThat(outcome.exit()).as(outcome.said()).isZero();
    return outcome.said();
  }

  private record Outcome(int exit, String said) {}

  private static Outcome run(List<String> command) throws Exception {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), said);
  }

  private static String node() {
    assumeThat(isThere("node")).as("Node is installed").isTrue();
    return "node";
  }

  private static String python() throws Exception {
    if (Files.isExecutable(PYTHON_ENVIRONMENT)) {
      return PYTHON_ENVIRONMENT.toString();
    }
    assumeThat(isThere("python3")).as("Python is installed").isTrue();
    var cryptography = run(List.of("python3", "-c", "import cryptography"));
    assumeThat(cryptography.exit()).as("Python has cryptography").isZero();
    return "python3";
  }

  private static boolean isThere(String program) {
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      return places.map(Path::of).anyMatch(each -> Files.isExecutable(each.resolve(program)));
    }
  }
}
