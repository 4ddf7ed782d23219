package org.actsandbox.protocol.attestation.bundle;

import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a verifier trusts from another source than the bundle. Without them a bundle
 * proves only that it is consistent in itself.
 *
 * @param keeperKey digest of the keeper's key ({@code sha-256:...})
 * @param identities the participants with their keys; if they are given, the keys in the bundle are
 *     ignored
 */
public record TrustAnchors(@Nullable String keeperKey, @Nullable TrustedIdentities identities) {

  public static final TrustAnchors NONE = new TrustAnchors(null, null);

  public static TrustAnchors keeper(@Nullable String digest) {
    return new TrustAnchors(digest, null);
  }

  public static TrustAnchors of(TrustedIdentities identities) {
    return new TrustAnchors(null, identities);
  }
}
