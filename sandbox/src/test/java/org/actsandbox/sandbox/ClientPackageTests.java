package org.actsandbox.sandbox;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples of the Python and the TypeScript package as a reader of docs/clients.md. */
class ClientPackageTests {

  private static final Path PACKAGES = Path.of("../clients");
  private static final Path COMPILED = Path.of("target/clients/package");

  private final SandboxServer server = SandboxServer.shared();

  @ParameterizedTest
  @ValueSource(strings = {"l1", "l2", "l3"})
  void thePythonPackageBuysAtEachLevel(String level) {
    var said = python("examples/" + level + ".py", server.origin().toString());

    assertBought(level, said);
  }

  @Test
  void thePythonPackageIsToldOfAPayment() {
    assertTold(python("examples/callback.py", server.origin().toString()));
  }

  private static void assertTold(String said) {
    assertThat(said).contains("payment_succeeded by did:act:sandbox-pay", "parcel_no");
  }

  @Test
  void theTypeScriptPackageBuysAtEachLevel() {
    ClientPrograms.copy(PACKAGES.resolve("typescript"), COMPILED);
    ClientPrograms.compileTypeScript(COMPILED);

    for (var level : new String[] {"l1", "l2", "l3"}) {
      var outcome =
          ClientPrograms.run(
              COMPILED,
              "",
              ClientPrograms.node(),
              "dist/examples/" + level + ".js",
              server.origin().toString());
      assertThat(outcome.exit()).as(outcome.output()).isZero();
      assertBought(level, outcome.output());
    }
    var told =
        ClientPrograms.run(
            COMPILED,
            "",
            ClientPrograms.node(),
            "dist/examples/callback.js",
            server.origin().toString());
    assertThat(told.exit()).as(told.output()).isZero();
    assertTold(told.output());
  }

  @Test
  void aBillThatIsNotTheOrdersIsNotPaid() {
    var said = python(Path.of("src/test/resources/clients/python/refusals.py"));

    assertThat(said)
        .contains(
            "the same payment True",
            "the bill's amount is 4",
            "the bill is not signed by did:act:luma-mart",
            "refused not_found 404",
            "no answer");
  }

  @Test
  void aCartRefersToCreditAndTheDepositAloneIsLowered() {
    var said = python(Path.of("src/test/resources/clients/python/credit.py"));

    assertThat(said)
        .contains("without credit TAKEN", "with credit WAIVED 500.0", "the order's total is 1.00")
        .contains("another sum True")
        .doesNotContain("another sum False");
  }

  private String python(Path file) {
    return python(file.toAbsolutePath().toString(), server.origin().toString());
  }

  private static String python(String... arguments) {
    var command = new String[arguments.length + 1];
    command[0] = ClientPrograms.python("cryptography");
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    var outcome = ClientPrograms.run(PACKAGES.resolve("python"), "", command);
    assertThat(outcome.exit()).as(outcome.output()).isZero();
    return outcome.output();
  }

  private void assertBought(String level, String said) {
    assertThat(said).contains("Charger", "parcel_no");
    var world = world(said);
    var principal = bearer(world.roleKey(Role.PRINCIPAL, null));
    var path = "/w/" + world.name();
    var payments = server.get(path + "/psp/payments", principal).json().path("items");
    assertThat(payments).hasSize(1);
    assertThat(payments.path(0).path("status").asString()).isEqualTo("paid");
    if (level.equals("l1")) {
      return;
    }
    assertThat(said.contains("waits")).isEqualTo(level.equals("l3"));
    assertThat(said).contains(level.equals("l2") ? "may buy exactly this" : "may choose and buy");
    var iac =
        server
            .get(path + "/delegations/iacs/" + found("(?m)^returned (\\S+)$", said), principal)
            .json();
    assertThat(iac.path("state").asString()).isEqualTo("Revoked");
  }

  private World world(String said) {
    return server.world(found("((?:py|ts)-l[123]-[0-9a-f]+)", said));
  }

  private static String found(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
