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
    List<Line> records) {

  /**
   * @param reason null for a verified record
   */
  public record Line(
      String recordId,
      @Nullable String event,
      VerificationResult result,
      @Nullable String reason,
      @Nullable String detail) {}

  public BundleReport {
    records = List.copyOf(records);
  }

  static BundleReport refused(String code, String detail) {
    return new BundleReport(false, null, null, code, detail, null, List.of());
  }
}
