package org.actsandbox.protocol.attestation.merkle;

import java.time.Instant;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What the chain says about all of itself: signed as {@link SignedJson} says.
 *
 * @param logId the chain: the DID of who keeps it, and the world
 * @param rootHash base64url
 */
public record TreeHead(
    String logId,
    long treeSize,
    String rootHash,
    Instant timestamp,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  public static TreeHead sign(String logId, long size, byte[] root, Instant at, Signer signer) {
    return SignedJson.sign(
        new TreeHead(logId, size, Base64Url.encode(root), at, null, null, null),
        TreeHead.class,
        signer);
  }

  /** Whether {@code keeper} signed it. */
  public boolean isSignedBy(Did keeper, KeyDirectory keys) {
    try {
      return SignedJson.verify(Json.tree(this), keys).equals(keeper);
    } catch (Refusal notSigned) {
      return false;
    }
  }

  public byte[] root() {
    return Base64Url.decode(rootHash).orElse(new byte[0]);
  }
}
