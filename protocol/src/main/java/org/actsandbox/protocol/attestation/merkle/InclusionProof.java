package org.actsandbox.protocol.attestation.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.attestation.Base64Url;

/**
 * An anchor with the proof that the chain contains it (RFC 9162).
 *
 * @param anchor compact JWS
 * @param height position of the anchor on the chain, from 1
 * @param path the audit path to {@code head}, lowest sibling first, base64url
 * @param head the signed tree head to which the path leads
 */
public record InclusionProof(String anchor, long height, List<String> path, TreeHead head) {

  /** No tree that fits a disk has a longer audit path. */
  private static final int MAX_PATH = 64;

  public InclusionProof {
    path = List.copyOf(path);
  }

  /** Returns whether the audit path leads from the anchor at its height to the root of the head. */
  public boolean provesInclusion() {
    return hashes()
        .filter(
            hashes ->
                MerkleProofs.includes(
                    leafHash(anchor), height - 1, head.treeSize(), hashes, head.root()))
        .isPresent();
  }

  /** Returns the steps from the anchor's leaf up to the root; empty if the path is invalid. */
  public Optional<List<AuditPathStep>> auditSteps() {
    return hashes()
        .flatMap(
            hashes ->
                MerkleProofs.auditSteps(leafHash(anchor), height - 1, head.treeSize(), hashes));
  }

  private Optional<List<byte[]>> hashes() {
    if (path.size() > MAX_PATH) {
      return Optional.empty();
    }
    var hashes = new ArrayList<byte[]>();
    for (var each : path) {
      var hash = Base64Url.decode(each).filter(bytes -> bytes.length == 32);
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      hashes.add(hash.get());
    }
    return Optional.of(hashes);
  }

  public static byte[] leafHash(String anchor) {
    return MerkleHashes.leaf(anchor.getBytes(StandardCharsets.US_ASCII));
  }
}
