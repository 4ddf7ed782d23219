package org.actsandbox.protocol.a402;

import com.nimbusds.jose.JWSObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the newest proofs that this process has signed, as reading them would give them, so
 * that its merchants and its payment service need not parse them again. Only exactly this text is
 * remembered; key and signature are checked each time.
 *
 * <p>It is bounded by its slots: a newer proof takes the place of an older one. A slot is read and
 * written as a whole, so that threads need no lock.
 */
final class MadeProofs {

  /** Number of proofs, many times those of purchases in progress. It is a power of two. */
  private static final int SLOTS = 256;

  private final AtomicReferenceArray<@Nullable MadeProof> slots = new AtomicReferenceArray<>(SLOTS);

  /**
   * Represents a proof.
   *
   * @param text its text on the wire, in bytes because they are compared in constant time: who
   *     knows a proof can fetch what was paid
   */
  @SuppressWarnings("ArrayRecordComponent") // found by its slot, never compared as a record
  record MadeProof(byte[] text, JWSObject jws, ProofClaims claims) {}

  /** Remembers a proof unless a reader would refuse its form. */
  void add(String text, JWSObject jws, ProofClaims claims) {
    if (text.length() <= ProofCodec.MAX_LENGTH && isComplete(claims)) {
      slots.set(slot(text), new MadeProof(bytes(text), jws, claims));
    }
  }

  @Nullable MadeProof find(String text) {
    var kept = slots.get(slot(text));
    return kept != null && MessageDigest.isEqual(kept.text(), bytes(text)) ? kept : null;
  }

  /** Returns what no other text has, if it is base64url. */
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int slot(String text) {
    int hash = text.hashCode();
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  /** Says whether each claim is there that a reader requires. */
  private static boolean isComplete(ProofClaims claims) {
    return Stream.of(
            claims.iss(),
            claims.sub(),
            claims.aud(),
            claims.jti(),
            claims.issuedAt(),
            claims.expiresAt(),
            claims.tradeNo(),
            claims.outTradeNo(),
            claims.resourceId(),
            claims.amount(),
            claims.currency(),
            claims.requestMethod(),
            claims.requestFingerprint(),
            claims.approvalDigest())
        .allMatch(Objects::nonNull);
  }
}
