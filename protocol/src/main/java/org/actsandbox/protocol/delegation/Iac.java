package org.actsandbox.protocol.delegation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * An intent authorization credential whose form and signature were verified. Whether it is good now
 * also depends on its window, its state and what it permits.
 *
 * @param compact as it came, and the only spelling there is
 * @param issuer who signed it, which is the delegator
 * @param controlProofRef digest of what the user confirmed
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
   * Where its state is looked up.
   *
   * @param list address of a {@link StatusList}
   */
  public record StatusReference(URI list, int index) {}

  /** What identifies the credential: {@code sha-256:...}. */
  public String digest() {
    return RequestFingerprint.digest(compact.getBytes(StandardCharsets.US_ASCII));
  }
}
