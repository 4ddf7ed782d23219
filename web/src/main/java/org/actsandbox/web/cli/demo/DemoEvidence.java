package org.actsandbox.web.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.web.cli.server.Terminal;
import tools.jackson.databind.node.ObjectNode;

/** Fetches the evidence of the demo's purchases, keeps it as files and verifies them. */
final class DemoEvidence {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final TargetWorld targetWorld;
  private final SandboxClient client;
  private final Path folder;
  private final List<KeptBundle> bundles = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private record KeptBundle(Path file, BundleReport report) {}

  /**
   * Creates a collection without bundles.
   *
   * @param folder the folder in which the bundles are kept
   */
  DemoEvidence(TargetWorld targetWorld, SandboxClient client, Path folder) {
    this.targetWorld = targetWorld;
    this.client = client;
    this.folder = folder;
  }

  void collect(List<String> orderNos) {
    for (var orderNo : orderNos) {
      // The purchase counts even if its evidence cannot be fetched.
      fetch(orderNo).ifPresentOrElse(bytes -> keep(orderNo, bytes), () -> missing.add(orderNo));
    }
  }

  private void keep(String orderNo, byte[] bytes) {
    var file = folder.resolve(orderNo + ".zip");
    try {
      Files.createDirectories(folder);
      Files.write(file, bytes);
    } catch (IOException notWritten) {
      throw new UncheckedIOException("evidence cannot be kept in " + folder, notWritten);
    }
    bundles.add(new KeptBundle(file, BundleCheck.verify(bytes, null)));
  }

  private Optional<byte[]> fetch(String orderNo) {
    var call =
        OutboundClient.Call.get(
            targetWorld.api("/orders/" + orderNo + "/bundle"),
            Map.of("Authorization", "Bearer " + targetWorld.keys().operator()),
            TIMEOUT);
    try {
      var answer = client.outbound().send(call);
      return answer.isSuccess() ? Optional.of(answer.body()) : Optional.empty();
    } catch (NoAnswerException silent) {
      return Optional.empty();
    }
  }

  /** Prints the files and whether they verify. */
  void print(Terminal terminal) {
    for (var bundle : bundles) {
      terminal.say(
          bundle.report().verified() ? "evidence" : "evidence.unverified",
          bundle.report().records().size(),
          bundle.file());
    }
    missing.forEach(orderNo -> terminal.say("evidence.missing", orderNo));
  }

  /** Adds the attestations and the paths of the bundles to the output of {@code --json}. */
  void describe(ObjectNode json) {
    var attestations = json.putArray("attestations");
    for (var bundle : bundles) {
      for (var line : bundle.report().records()) {
        attestations
            .addObject()
            .put("event", line.event())
            .put("record_id", line.recordId())
            .put("result", line.result().name());
      }
    }
    if (!bundles.isEmpty()) {
      json.put("bundle", bundles.getFirst().file().toString());
      var all = json.putArray("bundles");
      bundles.forEach(bundle -> all.add(bundle.file().toString()));
    }
  }
}
