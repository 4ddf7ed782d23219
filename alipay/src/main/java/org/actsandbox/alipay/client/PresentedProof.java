package org.actsandbox.alipay.client;

import java.nio.charset.StandardCharsets;
import org.actsandbox.alipay.a2m.AlipayProof;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.jspecify.annotations.Nullable;

/**
 * Represents the proof that a buyer shows to a seller in {@code Payment-Proof}. Proof and session
 * are opaque for the seller.
 */
public record PresentedProof(String paymentProof, String tradeNo, @Nullable String clientSession) {

  private static final int MAX_TRADE_NO = 64;

  /**
   * Reads the header.
   *
   * @throws ProofRefusedException if it has another form
   */
  public static PresentedProof read(String header) throws ProofRefusedException {
    var proof = AlipayProof.decode(header);
    var paymentProof = proof.map(each -> each.protocol().paymentProof()).orElse(null);
    var tradeNo = proof.map(each -> each.protocol().tradeNo()).orElse(null);
    if (paymentProof == null || tradeNo == null || tradeNo.length() > MAX_TRADE_NO) {
      throw new ProofRefusedException(
          "INVALID_PAYMENT_PROOF_FORMAT", "The header Payment-Proof has another form.");
    }
    return new PresentedProof(
        paymentProof, tradeNo, proof.map(each -> each.method().clientSession()).orElse(null));
  }

  /** Returns the digest by which a seller knows the same proof again. */
  public String digest() {
    return RequestFingerprint.digest(paymentProof.getBytes(StandardCharsets.UTF_8));
  }

  /** Leaves the proof out. */
  @Override
  public String toString() {
    return "PresentedProof[" + tradeNo + "]";
  }
}
