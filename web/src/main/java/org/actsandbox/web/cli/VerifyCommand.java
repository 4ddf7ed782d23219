package org.actsandbox.web.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.bundle.BundleArchive;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.TrustAnchors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Verifies an evidence bundle offline, with nothing but the bundle and the keys that the user
 * gives.
 */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies an evidence bundle, record by record and paper by paper, without a server and"
          + " without a network.",
      "A bundle contains its keys: --key says which key must have sealed it, --trust which party"
          + " owns which key. The output names what only the bundle's keeper vouches for."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:verified", "2:wrong usage, or no such file", "6:not verified"})
public final class VerifyCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object on standard output, nothing else")
  private boolean json;

  @Option(
      names = "--key",
      paramLabel = "DIGEST",
      description = "Digest of the trust service's key, from another source (sha-256:...)")
  private @Nullable String key;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "The parties and their keys, from another source than the bundle: the answer of GET"
              + " /w/{world}/trust/identities. Keys in the bundle are then not trusted")
  private @Nullable Path trust;

  @Parameters(paramLabel = "BUNDLE.zip", description = "The bundle")
  private @Nullable Path bundle;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var report = BundleCheck.verify(bytes(), new TrustAnchors(key, identities()));
    var terminal = new Terminal(json);
    if (json) {
      terminal.object(Json.write(report));
    } else {
      print(terminal, report);
    }
    return report.verified() ? ExitCodes.OK : ExitCodes.NOT_VERIFIED;
  }

  private @Nullable TrustedIdentities identities() {
    if (trust == null) {
      return null;
    }
    try {
      return TrustedIdentities.parse(Files.readAllBytes(trust));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "cannot read %s as the parties of a world and their keys: %s"
              .formatted(trust, unreadable.getMessage()),
          unreadable);
    }
  }

  /**
   * Reads the bundle, but at most one byte more than a bundle may have, which is enough to refuse
   * it.
   */
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
    report.papers().forEach(paper -> print(terminal, paper));
    var dispute = report.dispute();
    if (dispute != null) {
      terminal.print(
          "%-24s %-40s %s%s"
              .formatted(
                  "DISPUTE",
                  dispute.kind(),
                  dispute.disputeId(),
                  "  " + (dispute.outcome() == null ? "not decided" : dispute.outcome())));
    }
    var words = report.keeperOnly();
    if (!words.isEmpty()) {
      terminal.print("Only the bundle's keeper vouches");
      words.forEach(word -> terminal.print("  " + describe(word)));
    }
    if (report.reason() != null) {
      terminal.print(report.reason() + ": " + report.detail());
    }
    terminal.print(
        report.verified()
            ? "Verified: %d records and the papers of order %s (%s) in world %s, sealed by %s"
                .formatted(
                    report.records().size(),
                    report.orderNo(),
                    report.kind() == null ? "" : report.kind().code(),
                    report.world(),
                    report.keeperKey())
            : "Not verified.");
  }

  private static void print(Terminal terminal, BundleReport.PaperLine paper) {
    var by =
        switch (paper.standing()) {
          case SIGNED -> "by " + paper.signer() + " " + paper.key();
          case FOLLOWS -> "from " + paper.from();
          case KEEPER_ONLY -> "";
          case FAILED, MISSING -> paper.reason() + ": " + paper.detail();
        };
    terminal.print("%-24s %-40s %s".formatted(paper.standing(), paper.name(), by));
  }

  private static String describe(BundleReport.KeeperWord word) {
    return switch (word) {
      case KEEPER ->
          "that it is the trust service: give its key (--key) or the keys of the parties (--trust)";
      case KEYS -> "which party owns which key: give the keys of the parties (--trust)";
      case WORLD -> "which world this is: give the keys of the parties (--trust)";
      case COMPLETENESS -> "that it left no record of the order out";
      case HISTORY -> "that nothing was rewritten before: both heads of the chain are one";
      case SUMMARY -> "what summary.html says";
      case CLAIM -> "that the operator brought the claim";
    };
  }
}
