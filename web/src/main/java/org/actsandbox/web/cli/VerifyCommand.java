package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies an evidence bundle with nothing but the bundle. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies an evidence bundle, record by record, without a server and without a network.",
      "A bundle brings its keys along: --key says which key its seal must come from."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:verified", "2:wrong usage, or no such file", "6:not verified"})
final class VerifyCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(
      names = "--key",
      paramLabel = "DIGEST",
      description = "Digest of the trust service's key, as got in another way (sha-256:...)")
  private @Nullable String key;

  @Parameters(paramLabel = "BUNDLE.zip", description = "The bundle")
  private @Nullable Path bundle;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var report = BundleCheck.verify(bytes(), key);
    var terminal = new Terminal(json);
    if (json) {
      terminal.object(Json.write(report));
    } else {
      print(terminal, report);
    }
    return report.verified() ? ExitCodes.OK : ExitCodes.NOT_VERIFIED;
  }

  /** One byte more than a bundle may have is enough to refuse it. */
  private byte[] bytes() {
    var file = Objects.requireNonNull(bundle);
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(BundleArchive.MAX_BYTES + 1);
    } catch (IOException unreadable) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "cannot read " + file, unreadable);
    }
  }

  private static void print(Terminal terminal, BundleReport report) {
    for (var line : report.records()) {
      terminal.print(
          "%-24s %-40s %s%s"
              .formatted(
                  line.result(),
                  line.event() == null ? "?" : line.event(),
                  line.recordId(),
                  line.reason() == null ? "" : "  " + line.reason() + ": " + line.detail()));
    }
    var dispute = report.dispute();
    if (dispute != null) {
      terminal.print(
          "%-24s %-40s %s%s"
              .formatted(
                  "SIGNED",
                  "dispute: " + dispute.kind(),
                  dispute.disputeId(),
                  "  " + (dispute.outcome() == null ? "not decided" : dispute.outcome())));
      dispute
          .statements()
          .forEach(
              party -> terminal.print("%-24s %-40s %s".formatted("SIGNED", "statement", party)));
    }
    if (report.reason() != null) {
      terminal.print(report.reason() + ": " + report.detail());
    }
    terminal.print(
        report.verified()
            ? "Verified: %d records of order %s in world %s, sealed by %s"
                .formatted(
                    report.records().size(), report.orderNo(), report.world(), report.keeperKey())
            : "Not verified.");
  }
}
