package org.actsandbox.sandbox.psp.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;

/** Payment proofs (ACT A402-6): issued once per payment, verifiable offline and here. */
public final class PaymentProofs {

  /** Ours: as long as anybody may reasonably take to fetch what was paid. */
  public static final Duration VALID = Duration.ofHours(24);

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_A402;

  private final PspWorld world;
  private final Trades trades;
  private final TradeLog log;
  private final UnaryOperator<ProofClaims> statement;

  /**
   * @param statement what is signed of what is true: the same, for all that is paid
   */
  public PaymentProofs(
      PspWorld world, Trades trades, TradeLog log, UnaryOperator<ProofClaims> statement) {
    this.world = world;
    this.trades = trades;
    this.log = log;
    this.statement = statement;
  }

  /** The proof of a payment that is being executed. */
  public Trade.Paid issue(Trade trade, String evidence, String approvalDigest, Instant at) {
    var paymentTerms = trade.asked();
    var expires = at.plus(VALID);
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
    var stated = statement.apply(claims);
    var proof = ProofCodec.encode(stated, world.signer().get());
    return new Trade.Paid(evidence, approvalDigest, proof, stated.expiresAt());
  }

  /** The current key and all before it: what they signed stays verifiable. */
  public KeySet keySet() {
    var keys = new ArrayList<VerificationKey>();
    for (int number = 1; number <= KeySet.MAX_KEYS; number++) {
      var key = world.keys().find(world.did().key(number));
      if (key.isEmpty()) {
        break;
      }
      keys.add(key.get());
    }
    return KeySet.of(keys);
  }

  /**
   * Whether a proof is good now, for the merchant it is for.
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
    same("trade_no", claims.tradeNo(), query.tradeNo());
    same("aud", claims.aud(), merchant.value());
    var trade = trades.get(claims.tradeNo());
    var paid = trade.now().paid();
    same("payment_proof", paid == null ? "" : paid.proof(), query.paymentProof());
    var now = world.now();
    var answer =
        new PspMessages.ProofAnswer(
            isActive(trade) && now.isBefore(claims.expiresAt()),
            trade.tradeNo(),
            trade.asked().bill().orderNo(),
            trade.asked().bill().resourceId(),
            trade.asked().amount().decimal(),
            trade.asked().amount().currency().getCurrencyCode(),
            now,
            trade.now().state());
    note(trade, answer);
    return answer;
  }

  private static boolean isActive(Trade trade) {
    return trade.now().status() == PaymentStatus.PAID
        && !trade.now().refunded().equals(trade.asked().amount());
  }

  private static void same(String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new Refusal(Problem.PROOF_MISMATCH, "the proof is for something else")
          .at(field)
          .expected(expected)
          .observed(observed);
    }
  }

  private void note(Trade trade, PspMessages.ProofAnswer answer) {
    Map<String, String> data = new TreeMap<>();
    data.put("active", String.valueOf(answer.active()));
    data.put("transaction_state", answer.transactionState().name());
    log.note(JournalNote.Kind.DECISION, COMPONENT, "proof-verified", trade, data);
  }
}
