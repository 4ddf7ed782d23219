package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verifier of docs/examples shares no code with this one and says the same of every bundle,
 * sound or not.
 */
class IndependentVerifierTests {

  private static final Path VERIFIER = Path.of("../docs/examples/verify-bundle.mjs");

  @TempDir Path folder;

  @Test
  void twoProgramsSayTheSameOfEveryBundle() throws Exception {
    assumeThat(hasNode()).as("Node is installed").isTrue();
    var trust = folder.resolve("identities.json");
    var trustedIdentities = BundleMutationTests.known().identities();
    Files.write(trust, Json.bytes(java.util.Objects.requireNonNull(trustedIdentities).json()));
    var keeper = String.valueOf(BundleMutationTests.keeper().keeperKey());
    Map<Path, String> named = new LinkedHashMap<>();
    for (var bundle : BundleMutationTests.everyBundle().entrySet()) {
      var file = folder.resolve("b%03d.zip".formatted(named.size()));
      Files.write(file, bundle.getValue());
      named.put(file, bundle.getKey());
    }
    compare(named, TrustAnchors.NONE, List.of());
    compare(named, BundleMutationTests.keeper(), List.of("--key", keeper));
    compare(named, BundleMutationTests.known(), List.of("--trust", trust.toString()));
  }

  private static void compare(Map<Path, String> named, TrustAnchors anchors, List<String> options)
      throws Exception {
    var answers = node(options, named.keySet().stream().toList());
    assertThat(answers).hasSameSizeAs(named.keySet());
    int verified = 0;
    for (var answer : answers) {
      var theirs = Json.parse(answer);
      var file = Path.of(theirs.path("file").stringValue());
      var name = named.get(file);
      var ours = BundleCheck.verify(Files.readAllBytes(file), anchors);
      assertThat(theirs.path("verified").asBoolean())
          .as("%s %s\nours: %s\ntheirs: %s", name, options, ours, answer)
          .isEqualTo(ours.verified());
      if (ours.verified()) {
        verified++;
        assertThat(theirs.path("keeper_only").valueStream().map(each -> each.stringValue()))
            .as(name)
            .containsExactlyInAnyOrderElementsOf(
                ours.keeperOnly().stream().map(BundleReport.KeeperWord::code).toList());
      }
    }
    assertThat(verified).as("sound ones are among them").isGreaterThan(3);
  }

  private static List<String> node(List<String> options, List<Path> files) throws Exception {
    var command = new ArrayList<>(List.of("node", VERIFIER.toString(), "--json"));
    command.addAll(options);
    files.forEach(file -> command.add(file.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isIn(0, 6);
    return said.lines().toList();
  }

  private static boolean hasNode() throws IOException {
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      return places.map(Path::of).anyMatch(each -> Files.isExecutable(each.resolve("node")));
    }
  }
}
