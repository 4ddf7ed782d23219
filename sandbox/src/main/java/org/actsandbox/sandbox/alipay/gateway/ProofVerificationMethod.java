package org.actsandbox.sandbox.alipay.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayNumbers;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.aipay.agent.payment.verify} (AIP-8 to AIP-23). A payment in ACT's own form
 * is verified by its signed proof, one in Alipay's form by either proof. It can be repeated until
 * the fulfilment is confirmed (AIP-13).
 */
final class ProofVerificationMethod implements GatewayMethod {

  /** Ours: both are opaque for the gateway's callers (AIP-152). */
  static final Pattern TRADE_NO = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private static final Pattern PROOF = Pattern.compile("[\\x21-\\x7e]{1,4096}");
  private static final Pattern OWN_PROOF = Pattern.compile("[0-9a-f]{64}");

  /** The form of ACT's proofs, which are longer than the gateway's own. */
  private static final Pattern SIGNED_PROOF = Pattern.compile("[A-Za-z0-9_-]{120,4096}");

  private static final int MAX_SESSION = 8192;

  @Override
  public ObjectNode answer(GatewayCall call) {
    var tradeNo = requireTradeNo(call);
    var proof = requireProof(call);
    var session = session(call);
    var trade =
        call.psp()
            .payments()
            .find(tradeNo)
            .filter(call::sells)
            .orElseThrow(() -> new GatewayRefusal(SubCode.TRADE_NOT_FOUND));
    var alipay = call.trades().find(tradeNo);
    requireBuyer(call, trade, session);
    requirePaid(trade);
    requireProofOf(call, trade, alipay, proof);
    requireUnused(call, trade);
    if (session == null) {
      call.remark(trade, "client_session is missing; a switch refuses that (AIP-286)");
    }
    return fields(call, trade, call.psp().proofs().decideActive(trade));
  }

  /**
   * @throws GatewayRefusal {@code TRADE_NO_EMPTY}, {@code TRADE_NO_INVALID}, {@code
   *     INVALID_PARAMETER}
   */
  static String requireTradeNo(GatewayCall call) {
    var tradeNo = call.text("trade_no", SubCode.INVALID_PARAMETER);
    if (tradeNo == null) {
      throw new GatewayRefusal(SubCode.TRADE_NO_EMPTY);
    }
    if (!TRADE_NO.matcher(tradeNo).matches()) {
      throw new GatewayRefusal(SubCode.TRADE_NO_INVALID);
    }
    return tradeNo;
  }

  private static String requireProof(GatewayCall call) {
    var proof = call.text("payment_proof", SubCode.INVALID_PARAMETER);
    if (proof == null) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_EMPTY);
    }
    if (!PROOF.matcher(proof).matches()) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_INVALID);
    }
    return proof;
  }

  private static @Nullable String session(GatewayCall call) {
    var session = call.text("client_session", SubCode.INVALID_PARAMETER);
    if (session == null && call.settings().requiresClientSession()) {
      throw new GatewayRefusal(SubCode.CLIENT_SESSION_IS_EMPTY);
    }
    if (session != null && session.length() > MAX_SESSION) {
      throw new GatewayRefusal(SubCode.INVALID_PARAMETER, "client_session is too long");
    }
    return session;
  }

  /**
   * Compares the parties that a session names, if it names any: it is opaque for the seller, and a
   * seller that altered it must notice (AIP-9, AIP-22, AIP-151).
   */
  private static void requireBuyer(GatewayCall call, Trade trade, @Nullable String session) {
    var named = session == null ? Optional.<JsonNode>empty() : decoded(session);
    if (named.isEmpty()) {
      return;
    }
    var buyer = named.get().path("externalId").asString("");
    if (!buyer.isEmpty()
        && !buyer.equals(AlipayNumbers.account(call.world(), trade.terms().principal()))) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_BUYER_MISMATCH);
    }
    var agent = named.get().path("agentId").asString("");
    if (!agent.isEmpty() && !agent.equals(trade.terms().agent().value())) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_AGENT_MISMATCH);
    }
  }

  private static Optional<JsonNode> decoded(String session) {
    try {
      var json = new String(Base64.getDecoder().decode(session), StandardCharsets.UTF_8);
      return Optional.of(Json.parse(json)).filter(JsonNode::isObject);
    } catch (IllegalArgumentException | JacksonException opaque) {
      return Optional.empty();
    }
  }

  private static void requirePaid(Trade trade) {
    if (trade.isWaiting()) {
      throw new GatewayRefusal(SubCode.TRADE_STATUS_UNPAID);
    }
    if (trade.progress().status() != PaymentStatus.PAID
        || trade.progress().refunded().equals(trade.terms().amount())) {
      throw new GatewayRefusal(SubCode.TRADE_STATUS_CLOSED);
    }
  }

  private static void requireProofOf(
      GatewayCall call, Trade trade, Optional<AlipayTrade> alipay, String proof) {
    var paid = trade.progress().paid();
    if (paid == null || !call.world().clock().instant().isBefore(paid.proofExpiresAt())) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_NOT_FOUND);
    }
    boolean own =
        proof.equals(paid.proof()) || alipay.filter(row -> row.proof().equals(proof)).isPresent();
    if (own) {
      return;
    }
    requireNoOtherTrade(call, trade, proof);
    if (alipay.filter(AlipayTrade::lenient).isPresent()) {
      return;
    }
    boolean proofLike = OWN_PROOF.matcher(proof).matches() || SIGNED_PROOF.matcher(proof).matches();
    throw new GatewayRefusal(
        proofLike ? SubCode.PAYMENT_PROOF_NOT_FOUND : SubCode.PAYMENT_PROOF_INVALID);
  }

  private static void requireNoOtherTrade(GatewayCall call, Trade trade, String proof) {
    if (OWN_PROOF.matcher(proof).matches() && call.trades().findByProof(proof).isPresent()) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_TRADE_NO_MISMATCH);
    }
    if (SIGNED_PROOF.matcher(proof).matches()) {
      try {
        var claims = ProofCodec.decode(proof, call.world().directory());
        throw new GatewayRefusal(
            claims.tradeNo().equals(trade.tradeNo())
                ? SubCode.PAYMENT_PROOF_ID_MISMATCH
                : SubCode.PAYMENT_PROOF_TRADE_NO_MISMATCH);
      } catch (Refusal forged) {
        throw new GatewayRefusal(SubCode.PAYMENT_PROOF_NOT_FOUND, forged.detail());
      }
    }
  }

  private static void requireUnused(GatewayCall call, Trade trade) {
    if (trade.progress().deliveryDigest() != null && !call.settings().verifiesAfterConfirm()) {
      throw new GatewayRefusal(SubCode.PAYMENT_PROOF_STATUS_INVALID);
    }
  }

  private static ObjectNode fields(GatewayCall call, Trade trade, boolean active) {
    var bill = trade.terms().bill();
    boolean empty = call.settings().emptiesFields();
    var fields =
        Json.object()
            .put("active", active)
            .put("amount", trade.terms().amount().decimal())
            .put("out_trade_no", empty ? "" : bill.orderNo())
            .put("resource_id", empty ? "" : bill.resourceId())
            .put("trade_no", trade.tradeNo());
    switch (call.settings().altered()) {
      case ACTIVE -> fields.put("active", false);
      case AMOUNT -> fields.put("amount", "0.00");
      case OUT_TRADE_NO -> fields.put("out_trade_no", bill.orderNo() + "0");
      case RESOURCE_ID -> fields.put("resource_id", bill.resourceId() + "0");
      case NONE, SIGNATURE -> {
        // The fields stay right; a wrong signature is made where answers are signed.
      }
    }
    return fields;
  }
}
