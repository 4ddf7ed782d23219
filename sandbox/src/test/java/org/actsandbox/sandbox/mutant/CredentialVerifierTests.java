package org.actsandbox.sandbox.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the verifier of docs/delegation.md, which shares no code with the sandbox, on live
 * credentials.
 */
class CredentialVerifierTests {

  private static final Path EXAMPLE = Path.of("../docs/examples/verify-credential.mjs");

  private final MutantTrial mutantTrial = MutantTrial.of();

  @BeforeEach
  void needsNode() throws IOException {
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      assumeThat(places.map(Path::of).anyMatch(each -> Files.isExecutable(each.resolve("node"))))
          .as("Node is installed")
          .isTrue();
    }
  }

  @Test
  void reliesOnWhatWasIssuedUntilItIsSuspendedOrEnded() throws Exception {
    var issued = AuthorityProbes.issue(mutantTrial, _ -> {});
    var compact = issued.path("iac").asString();
    var id = issued.path("delegation_id").asString();
    assertThat(verdict(compact))
        .contains("\"relied_on\":true")
        .contains("\"delegation_id\":\"" + id + "\"")
        .contains("\"to\":\"Shanghai\"");

    mutantTrial.post("/delegations/iacs/" + id + "/suspend", "{}", mutantTrial.principal());
    assertThat(verdict(compact)).isEqualTo("refused: the credential is suspended");
    mutantTrial.post(
        "/delegations/iacs/" + id + "/resume", "{\"pin\":\"246810\"}", mutantTrial.principal());
    assertThat(verdict(compact)).contains("\"state\":\"in force\"");
    mutantTrial.post("/delegations/iacs/" + id + "/revoke", "{}", mutantTrial.principal());
    assertThat(verdict(compact)).isEqualTo("refused: the credential is ended");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | "EdDSA"        | "none"          | the signature does not match
          0 | {"alg"         | {"a":1,"alg"    | the header has other members
          0 | vc+jwt         | jwt             | this is another kind of token
          0 | principal      | demo-agent      | the signature does not match
          1 | :2000,         | :9000,          | the signature does not match
          1 | ","            | ", "            | the signature does not match
          """)
  void refusesWhatWasChanged(int part, String from, String to, String why) throws Exception {
    var compact = AuthorityProbes.issue(mutantTrial, _ -> {}).path("iac").asString();
    assertThat(verdict(changed(compact, part, text -> text.replace(from, to))))
        .isEqualTo("refused: " + why);
  }

  @Test
  void refusesAnotherSpellingOfTheSameBytes() throws Exception {
    var compact = AuthorityProbes.issue(mutantTrial, _ -> {}).path("iac").asString();
    var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = compact.length() - 1;
    var respelt =
        compact.substring(0, last) + alphabet.charAt(alphabet.indexOf(compact.charAt(last)) + 1);
    assertThat(verdict(respelt)).contains("not base64url in its one spelling");
    assertThat(verdict(compact + "=")).contains("not base64url in its one spelling");
  }

  @Test
  void refusesAGoodSignatureThatWasNeverIssued() throws Exception {
    var compact = AuthorityProbes.issue(mutantTrial, _ -> {}).path("iac").asString();
    var real = IacCodec.verify(compact, mutantTrial.world.directory());
    var place = new Iac.StatusReference(real.status().list(), real.status().index() + 1);
    var forged = AuthorityProbes.forged(mutantTrial, real.payload(), place);
    assertThat(verdict(forged.compact()))
        .isEqualTo("refused: the delegation service did not issue it");
  }

  private String verdict(String compact) throws Exception {
    var process =
        new ProcessBuilder("node", EXAMPLE.toString(), compact, mutantTrial.address())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isEqualTo(said.startsWith("refused") ? 1 : 0);
    return said;
  }

  private static String changed(String compact, int number, UnaryOperator<String> change) {
    var parts = compact.split("\\.", -1);
    var plain = new String(Base64.getUrlDecoder().decode(parts[number]), StandardCharsets.UTF_8);
    var changed = change.apply(plain);
    assertThat(changed).isNotEqualTo(plain);
    parts[number] =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(changed.getBytes(StandardCharsets.UTF_8));
    return String.join(".", parts);
  }
}
