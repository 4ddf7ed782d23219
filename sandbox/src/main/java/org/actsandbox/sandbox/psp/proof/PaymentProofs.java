package org.actsandbox.sandbox.psp.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.actsandbox.merchants.catalog.PublishedDocument;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;

/**
 * Issues payment proofs, once per payment, and verifies them (ACT A402-6); they can also be
 * verified offline.
 */
public final class PaymentProofs {

  /** Ours: a proof is valid long enough to fetch what was paid. */
  public static final Duration VALIDITY = Duration.ofHours(24);

  private final PspWorld world;
  private final Trades trades;
  private final TradeLog log;
  private final UnaryOperator<ProofClaims> claimsToSign;

  /** Holds the newest published keys; it is null before the first request for them. */
  private volatile @Nullable PublishedKeys published;

  /**
   * @param claimsToSign changes the claims before they are signed; the identity except in a mutant
   */
  public PaymentProofs(
      PspWorld world, Trades trades, TradeLog log, UnaryOperator<ProofClaims> claimsToSign) {
    this.world = world;
    this.trades = trades;
    this.log = log;
    this.claimsToSign = claimsToSign;
  }

  private record PublishedKeys(KeySet keys, PublishedDocument document) {}

  /** Issues the proof of a payment that is being executed. */
  public Trade.Paid issue(Trade trade, String evidence, String approvalDigest, Instant at) {
    var paymentTerms = trade.terms();
    var expires = at.plus(VALIDITY);
    var claims =
        new ProofClaims(
            world.did().value(),
            paymentTerms.agent().value(),
            paymentTerms.bill().payee().value(),
            world.ids().next("P"),
            at,
            expires,
            trade.tradeNo(),
            paymentTerms.bill().orderNo(),
            paymentTerms.bill().resourceId(),
            paymentTerms.amount().decimal(),
            paymentTerms.amount().currency().getCurrencyCode(),
            paymentTerms.bill().requestMethod(),
            paymentTerms.bill().fingerprint(),
            approvalDigest,
            paymentTerms.intentId(),
            paymentTerms.delegated() == null ? null : paymentTerms.delegated().delegationId());
    var signedClaims = claimsToSign.apply(claims);
    var proof = ProofCodec.encode(signedClaims, world.signer());
    return new Trade.Paid(evidence, approvalDigest, proof, signedClaims.expiresAt());
  }

  /**
   * Returns the current key and earlier ones, so that old signatures stay verifiable. After many
   * rotations the oldest are left out, because a reader takes no longer set.
   */
  public KeySet keySet() {
    var keys = new ArrayList<VerificationKey>();
    for (int number = 1; ; number++) {
      var key = world.keys().find(world.did().key(number));
      if (key.isEmpty()) {
        break;
      }
      keys.add(key.get());
    }
    return KeySet.of(keys.subList(Math.max(0, keys.size() - KeySet.MAX_KEYS), keys.size()));
  }

  /** Returns the key set as it is published; it is written once until the keys change. */
  public PublishedDocument publishedKeys() {
    var keys = keySet();
    var kept = published;
    if (kept == null || !kept.keys().equals(keys)) {
      kept = new PublishedKeys(keys, PublishedDocument.of(Json.parse(keys.json())));
      published = kept;
    }
    return kept.document();
  }

  /**
   * Verifies a proof for the merchant it was issued to, and tells whether it is active now.
   *
   * @throws Refusal {@code proof_invalid}, {@code proof_mismatch}
   */
  public PspMessages.ProofAnswer verify(PspMessages.ProofQuery query, Did merchant) {
    var claims = ProofCodec.decode(query.paymentProof(), world.keys());
    if (!claims.iss().equals(world.did().value())) {
      throw new Refusal(Problem.PROOF_INVALID, "the proof is another service's")
          .at("payment_proof")
          .expected(world.did().value())
          .observed(claims.iss());
    }
    requireSame("trade_no", claims.tradeNo(), query.tradeNo());
    requireSame("aud", claims.aud(), merchant.value());
    var trade = trades.get(claims.tradeNo());
    var paid = trade.progress().paid();
    requireSame("payment_proof", paid == null ? "" : paid.proof(), query.paymentProof());
    var now = world.now();
    var answer =
        new PspMessages.ProofAnswer(
            isActive(trade) && now.isBefore(claims.expiresAt()),
            trade.tradeNo(),
            trade.terms().bill().orderNo(),
            trade.terms().bill().resourceId(),
            trade.terms().amount().decimal(),
            trade.terms().amount().currency().getCurrencyCode(),
            now,
            trade.progress().state());
    note(trade, answer.active());
    return answer;
  }

  /**
   * Tells whether the proof of a payment is active, for a caller that compared the proof itself,
   * and notes the decision.
   */
  public boolean decideActive(Trade trade) {
    var paid = trade.progress().paid();
    boolean active = isActive(trade) && paid != null && world.now().isBefore(paid.proofExpiresAt());
    note(trade, active);
    return active;
  }

  private static boolean isActive(Trade trade) {
    return trade.progress().status() == PaymentStatus.PAID
        && !trade.progress().refunded().equals(trade.terms().amount());
  }

  private static void requireSame(String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new Refusal(Problem.PROOF_MISMATCH, "the proof is for something else")
          .at(field)
          .expected(expected)
          .observed(observed);
    }
  }

  private void note(Trade trade, boolean active) {
    Map<String, String> data = new TreeMap<>();
    data.put("active", String.valueOf(active));
    data.put("transaction_state", trade.progress().state().name());
    log.note(JournalNote.Kind.DECISION, JournalEvent.PROOF_VERIFIED, trade, data);
  }
}
