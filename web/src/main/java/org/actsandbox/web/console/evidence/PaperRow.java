package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.BundleReport.PaperLine;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * A paper of a bundle as a page shows it.
 *
 * @param kind what its name begins with: {@code order}, {@code approval}, {@code statement}
 * @param signer whose key signed it
 * @param number of that key
 */
public record PaperRow(
    PaperLine line, String kind, @Nullable String signer, @Nullable String number) {

  static List<PaperRow> of(BundleReport report) {
    return report.papers().stream().map(PaperRow::of).toList();
  }

  private static PaperRow of(PaperLine line) {
    var file = line.name().substring(line.name().indexOf('/') + 1);
    var kind = file.substring(0, file.indexOf('.')).replaceFirst("-[0-9]+$", "");
    var signer = line.signer();
    return new PaperRow(
        line,
        kind,
        signer == null ? null : Did.ofSigner(signer).value(),
        signer == null ? null : signer.substring(signer.indexOf('#') + 1));
  }

  /** The colour of its standing. */
  public String tone() {
    return switch (line.standing()) {
      case SIGNED, FOLLOWS -> "ok";
      case KEEPER_ONLY -> "warn";
      case FAILED, MISSING -> "bad";
    };
  }
}
