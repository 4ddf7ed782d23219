package org.actsandbox.protocol.attestation.bundle;

import java.util.List;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a bundle.
 *
 * @param reason what is wrong with the bundle as a whole; null if nothing is
 * @param keeperKey digest of the key that sealed it: compare it with one got in another way
 */
public record BundleReport(
    boolean verified,
    @Nullable String world,
    @Nullable String orderNo,
    @Nullable String reason,
    @Nullable String detail,
    @Nullable String keeperKey,
    List<Line> records,
    @Nullable DisputeLine dispute) {

  /**
   * @param reason null for a verified record
   */
  public record Line(
      String recordId,
      @Nullable String event,
      VerificationResult result,
      @Nullable String reason,
      @Nullable String detail) {}

  /**
   * The dispute a bundle is about: what it holds is signed by who it says.
   *
   * @param outcome null while it is not decided
   * @param statements who has made one
   */
  public record DisputeLine(
      String disputeId, String kind, @Nullable String outcome, List<String> statements) {

    public DisputeLine {
      statements = List.copyOf(statements);
    }
  }

  public BundleReport {
    records = List.copyOf(records);
  }

  static BundleReport refused(String code, String detail) {
    return new BundleReport(false, null, null, code, detail, null, List.of(), null);
  }
}
