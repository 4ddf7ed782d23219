package org.actsandbox.web.console.evidence;

import java.util.List;
import org.actsandbox.protocol.attestation.bundle.BundleReport;
import org.actsandbox.protocol.attestation.bundle.BundleReport.PaperLine;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Shows one document of an evidence bundle.
 *
 * @param kind the first part of its name: {@code order}, {@code approval}, {@code statement}
 * @param signer DID of the signer; null if it is not signed
 * @param number number of the signer's key; null if it is not signed
 */
public record DocumentRow(
    PaperLine line, String kind, @Nullable String signer, @Nullable String number) {

  static List<DocumentRow> of(BundleReport report) {
    return report.papers().stream().map(DocumentRow::of).toList();
  }

  private static DocumentRow of(PaperLine line) {
    var file = line.name().substring(line.name().indexOf('/') + 1);
    var kind = file.substring(0, file.indexOf('.')).replaceFirst("-[0-9]+$", "");
    var signer = line.signer();
    return new DocumentRow(
        line,
        kind,
        signer == null ? null : Did.ofSigner(signer).value(),
        signer == null ? null : signer.substring(signer.indexOf('#') + 1));
  }

  /** Returns the colour of the document's status. */
  public String tone() {
    return switch (line.standing()) {
      case SIGNED, FOLLOWS -> "ok";
      case KEEPER_ONLY -> "warn";
      case FAILED, MISSING -> "bad";
    };
  }
}
