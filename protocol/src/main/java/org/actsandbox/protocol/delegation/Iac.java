package org.actsandbox.protocol.delegation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * An intent authorization credential after verification of its form and signature. Its present
 * validity also depends on its time window, its state and its limits.
 *
 * @param compact the received text, which is the only valid spelling
 * @param issuer the delegator, who signed it
 * @param controlProofRef digest of the content that the user confirmed
 */
public record Iac(
    String compact,
    Did issuer,
    String signerId,
    Instant issuedAt,
    IacPayload payload,
    StatusReference status,
    @Nullable String controlProofRef) {

  /**
   * The entry of a status list that has the credential's state.
   *
   * @param list address of a {@link StatusList}
   */
  public record StatusReference(URI list, int index) {}

  /** Returns the digest that identifies the credential, {@code sha-256:...}. */
  public String digest() {
    return RequestFingerprint.digest(compact.getBytes(StandardCharsets.US_ASCII));
  }
}
