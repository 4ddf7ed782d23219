package org.actsandbox.merchants.toy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentNeeded.Bill;
import org.actsandbox.protocol.a402.PaymentProof;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays a payment service that signs real proofs and can be slow, broken or forgetful. */
public final class ToyPsp {

  public static final Did DID = Did.of("sandbox-pay");

  private final Supplier<Instant> now;
  private final AtomicInteger trades = new AtomicInteger();
  private volatile List<Ed25519KeyPair> keys = List.of(ToyWorld.key(DID, 1));

  /**
   * The status that every protected endpoint answers with instead of doing its work; 0 means that
   * it works.
   */
  public volatile int failWith;

  /**
   * The status that hides a successful effect, as if the answer were lost; 0 means that the answer
   * arrives.
   */
  public volatile int loseAnswersWith;

  public volatile boolean proofsActive = true;

  /** Changes the answer about a proof; null leaves the true answer. */
  public volatile @Nullable UnaryOperator<ObjectNode> changeProofAnswer;

  public final AtomicInteger proofQueries = new AtomicInteger();
  public final AtomicInteger keySetReads = new AtomicInteger();
  public final List<ObjectNode> confirmations = new CopyOnWriteArrayList<>();
  public final List<ObjectNode> refundCalls = new CopyOnWriteArrayList<>();
  public final Map<String, PspMessages.Refund> refunds = new ConcurrentHashMap<>();

  ToyPsp(Supplier<Instant> now) {
    this.now = now;
  }

  public Ed25519KeyPair signer() {
    return keys.getLast();
  }

  /** Signs with a new key from now on; the old key stays in the key set. */
  public void rotateKey() {
    var more = new ArrayList<>(keys);
    more.add(ToyWorld.key(DID, keys.size() + 1));
    keys = List.copyOf(more);
  }

  String jwks() {
    keySetReads.incrementAndGet();
    return KeySet.of(keys.stream().map(Ed25519KeyPair::publicKey).toList()).json();
  }

  String verify(JsonNode query) {
    proofQueries.incrementAndGet();
    var proven =
        ProofCodec.decode(
            query.path("payment_proof").asString(""),
            KeySet.of(keys.stream().map(Ed25519KeyPair::publicKey).toList()));
    var answer =
        new PspMessages.ProofAnswer(
            proofsActive,
            proven.tradeNo(),
            proven.outTradeNo(),
            proven.resourceId(),
            proven.amount(),
            proven.currency(),
            now.get(),
            TransactionState.WAIT_SELLER_FULFILLMENT);
    var change = changeProofAnswer;
    var tree = (ObjectNode) Json.tree(answer);
    return Json.write(change == null ? tree : change.apply(tree));
  }

  public String newTrade() {
    return "T-" + trades.incrementAndGet();
  }

  /** Returns the claims of an honest proof for a bill. */
  public ProofClaims claims(Bill bill, String tradeNo) {
    return new ProofClaims(
        DID.value(),
        ToyWorld.AGENT.value(),
        bill.sellerUniqueId(),
        "proof-" + tradeNo,
        now.get(),
        now.get().plus(Duration.ofMinutes(30)),
        tradeNo,
        bill.outTradeNo(),
        bill.resourceId(),
        bill.amount(),
        bill.currency(),
        bill.requestMethod(),
        bill.requestFingerprint(),
        "sha-256:" + "A".repeat(43),
        null,
        null);
  }

  public String proof(Bill bill) {
    return header(claims(bill, newTrade()), signer());
  }

  public String proof(Bill bill, String tradeNo, UnaryOperator<ProofClaims> change) {
    return header(change.apply(claims(bill, tradeNo)), signer());
  }

  public static String header(ProofClaims claims, Signer signer) {
    return A402Headers.encode(shown(claims, signer));
  }

  public static PaymentProof shown(ProofClaims claims, Signer signer) {
    return new PaymentProof(
        new PaymentProof.PresentedProof(
            PaymentNeeded.METHOD_ID,
            PaymentNeeded.METHOD_VERSION,
            claims.outTradeNo(),
            claims.resourceId(),
            claims.sub(),
            ProofCodec.encode(claims, signer),
            claims.tradeNo(),
            claims.expiresAt(),
            claims.requestMethod(),
            claims.requestFingerprint(),
            null),
        Map.of("psp_id", DID.value()));
  }

  /** Returns a signed notification about an order, as the payment service would send it. */
  public byte[] notification(
      String id, String event, String tradeNo, Bill bill, TransactionState state) {
    var notification =
        new PspMessages.Notification(
            id,
            event,
            tradeNo,
            bill.outTradeNo(),
            bill.resourceId(),
            bill.amount(),
            bill.currency(),
            state,
            now.get(),
            null,
            null,
            null);
    return Json.bytes(SignedJson.sign((ObjectNode) Json.tree(notification), signer()));
  }

  synchronized PspMessages.Refund refund(ObjectNode request) {
    refundCalls.add(request);
    var refundRequest = Json.read(request, PspMessages.RefundRequest.class);
    return refunds.computeIfAbsent(
        refundRequest.refundRequestId(),
        id ->
            new PspMessages.Refund(
                id,
                "F-" + id,
                refundRequest.tradeNo(),
                refundRequest.amount(),
                refundRequest.currency(),
                refundRequest.amount(),
                TransactionState.TRADE_CLOSED,
                now.get()));
  }
}
