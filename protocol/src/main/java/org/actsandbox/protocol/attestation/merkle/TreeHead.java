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
 * A signed statement of the size and root hash of the whole chain. {@link SignedJson} defines the
 * signature.
 *
 * @param logId id of the chain: the DID of its keeper, and the world
 * @param treeSize number of anchors
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

  /** Returns whether {@code keeper} signed the head with one of these keys. */
  public boolean isSignedBy(Did keeper, KeyDirectory keys) {
    try {
      return SignedJson.verify(Json.tree(this), keys).equals(keeper);
    } catch (Refusal notSigned) {
      return false;
    }
  }

  /** Returns the decoded root hash; empty bytes if it is not base64url. */
  public byte[] root() {
    return Base64Url.decode(rootHash).orElse(new byte[0]);
  }
}
