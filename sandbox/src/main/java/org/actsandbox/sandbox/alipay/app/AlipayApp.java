package org.actsandbox.sandbox.alipay.app;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;

/**
 * Describes an application that calls the gateway.
 *
 * @param world name of its world
 * @param account the owner's number, sixteen digits that begin with 2088
 * @param keys public keys, oldest first; only the last one signs, the others explain old requests
 */
public record AlipayApp(
    String appId,
    String world,
    Did owner,
    OwnerKind ownerKind,
    String account,
    String name,
    Instant createdAt,
    List<AppKey> keys) {

  public AlipayApp {
    keys = List.copyOf(keys);
  }

  /** Says what an application may do: methods are for one of the two (AIP-54, AIP-56). */
  public enum OwnerKind {
    MERCHANT,
    AGENT
  }

  /**
   * Represents one public key of an application.
   *
   * @param source {@code made} by the sandbox or {@code pasted}
   */
  public record AppKey(RSAPublicKey key, String fingerprint, String source, Instant validFrom) {}

  /** Returns the key that signs now. */
  public Optional<AppKey> currentKey() {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
  }
}
