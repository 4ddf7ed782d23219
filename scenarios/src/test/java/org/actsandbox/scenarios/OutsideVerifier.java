package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.TrustAnchors;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/**
 * Verifies bundles of a live world with the verifier of docs/examples and with our own, and
 * compares the results.
 */
final class OutsideVerifier {

  private static final Path VERIFIER = Path.of("../docs/examples/verify-bundle.mjs");

  private final Path folder;
  private final JsonNode identities;

  /** Creates a verifier with the identities of the test's world. */
  OutsideVerifier(ScenarioTestWorld scenarioTestWorld, Path folder) throws IOException {
    this.folder = folder;
    this.identities =
        scenarioTestWorld.client().get(scenarioTestWorld.target().at("/trust/identities"), null);
    Files.write(folder.resolve("identities.json"), Json.bytes(identities));
  }

  /** Asserts that both verifiers agree, and returns the report of ours. */
  BundleReport verify(byte[] bundle) throws Exception {
    var known = TrustAnchors.of(TrustedIdentities.parse(Json.bytes(identities)));
    var ours = BundleCheck.verify(bundle, known);
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      assumeThat(places.map(Path::of).anyMatch(at -> Files.isExecutable(at.resolve("node"))))
          .as("Node is installed")
          .isTrue();
    }
    var file = Files.write(folder.resolve("bundle.zip"), bundle);
    var process =
        new ProcessBuilder(
                "node",
                VERIFIER.toString(),
                "--json",
                "--trust",
                folder.resolve("identities.json").toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(ours.verified() ? 0 : 6);
    var theirs = Json.parse(said);
    assertThat(theirs.path("verified").asBoolean())
        .as("%s and %s", said, ours)
        .isEqualTo(ours.verified());
    if (ours.verified()) {
      var signers = new java.util.TreeMap<String, String>();
      theirs
          .path("papers")
          .forEach(
              paper ->
                  signers.put(paper.path("name").stringValue(), paper.path("signer").asString("")));
      for (var paper : ours.papers()) {
        if (signers.containsKey(paper.name())) {
          assertThat(Map.of(paper.name(), String.valueOf(paper.signer())))
              .isEqualTo(
                  Map.of(
                      paper.name(),
                      String.valueOf(
                          signers.get(paper.name()).isEmpty() ? null : signers.get(paper.name()))));
        }
      }
    }
    return ours;
  }
}
