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
 * Tests that the verifier of docs/examples, which shares no code with this one, gives the same
 * result for every valid and invalid bundle.
 */
class IndependentVerifierTests {

  private static final Path VERIFIER = Path.of("../docs/examples/verify-bundle.mjs");

  @TempDir Path folder;

  @Test
  void bothVerifiersAgreeOnEveryBundle() throws Exception {
    assumeThat(hasNode()).as("Node is installed").isTrue();
    var trust = folder.resolve("identities.json");
    var trustedIdentities = BundlesToChange.known().identities();
    Files.write(trust, Json.bytes(java.util.Objects.requireNonNull(trustedIdentities).json()));
    var keeper = String.valueOf(BundlesToChange.keeper().keeperKey());
    Map<Path, String> namesByFile = new LinkedHashMap<>();
    for (var bundle : EveryBundle.all().entrySet()) {
      var file = folder.resolve("b%03d.zip".formatted(namesByFile.size()));
      Files.write(file, bundle.getValue());
      namesByFile.put(file, bundle.getKey());
    }
    compare(namesByFile, TrustAnchors.NONE, List.of());
    compare(namesByFile, BundlesToChange.keeper(), List.of("--key", keeper));
    compare(namesByFile, BundlesToChange.known(), List.of("--trust", trust.toString()));
  }

  private static void compare(
      Map<Path, String> namesByFile, TrustAnchors anchors, List<String> options) throws Exception {
    var answers = node(options, namesByFile.keySet().stream().toList());
    assertThat(answers).hasSameSizeAs(namesByFile.keySet());
    int verified = 0;
    for (var answer : answers) {
      var other = Json.parse(answer);
      var file = Path.of(other.path("file").stringValue());
      var name = namesByFile.get(file);
      var report = BundleCheck.verify(Files.readAllBytes(file), anchors);
      assertThat(other.path("verified").asBoolean())
          .as("%s %s\nours: %s\ntheirs: %s", name, options, report, answer)
          .isEqualTo(report.verified());
      if (report.verified()) {
        verified++;
        assertThat(other.path("keeper_only").valueStream().map(each -> each.stringValue()))
            .as(name)
            .containsExactlyInAnyOrderElementsOf(
                report.keeperOnly().stream().map(BundleReport.KeeperWord::code).toList());
      }
    }
    assertThat(verified).as("valid bundles are among them").isGreaterThan(3);
  }

  private static List<String> node(List<String> options, List<Path> files) throws Exception {
    var command = new ArrayList<>(List.of("node", VERIFIER.toString(), "--json"));
    command.addAll(options);
    files.forEach(file -> command.add(file.toString()));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isIn(0, 6);
    return output.lines().toList();
  }

  private static boolean hasNode() throws IOException {
    try (var directories = Stream.of(System.getenv("PATH").split(":", -1))) {
      return directories.map(Path::of).anyMatch(each -> Files.isExecutable(each.resolve("node")));
    }
  }
}
