package org.actsandbox.protocol.attestation.bundle;

import org.actsandbox.protocol.attestation.Identities;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier knows from elsewhere. Without any of it a bundle proves only that it fits
 * together.
 *
 * @param keeperKey digest of the keeper's key ({@code sha-256:...})
 * @param identities who has which keys: then no key that the bundle brings is believed
 */
public record TrustAnchors(@Nullable String keeperKey, @Nullable Identities identities) {

  public static final TrustAnchors NONE = new TrustAnchors(null, null);

  public static TrustAnchors keeper(@Nullable String digest) {
    return new TrustAnchors(digest, null);
  }

  public static TrustAnchors of(Identities identities) {
    return new TrustAnchors(null, identities);
  }
}
