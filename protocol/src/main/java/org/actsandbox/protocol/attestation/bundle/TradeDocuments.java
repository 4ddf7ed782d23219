package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireAttested;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireEqual;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireTime;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.text;

import java.time.Duration;
import java.util.Optional;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/** Verifies the documents of one payment: bill, approval or reliance, proof and confirmation. */
final class TradeDocuments {

  private final PurchaseDocuments documents;
  private final BundlePurchase purchase;
  private final BundlePurchase.Trade trade;

  TradeDocuments(PurchaseDocuments documents, BundlePurchase purchase, BundlePurchase.Trade trade) {
    this.documents = documents;
    this.purchase = purchase;
    this.trade = trade;
  }

  /**
   * A bill does not say when it was made, so its key must be valid at some time between cart and
   * payment.
   */
  Optional<VerificationKey> bill() throws InvalidBundleException {
    var name = trade.documentName(BILL);
    var bill = documents.json(name);
    if (AlipayFormBill.isOne(bill)) {
      requireBilled(name, new AlipayFormBill(bill));
      return Optional.empty();
    }
    requireEqual(name, "seller_unique_id", trade.merchant().value(), bill.path("seller_unique_id"));
    requireEqual(name, "out_trade_no", documents.orderNo(), bill.path("out_trade_no"));
    requireEqual(name, "amount", text(trade.paid(), "amount"), bill.path("amount"));
    requireEqual(name, "currency", text(trade.paid(), "currency"), bill.path("currency"));
    if (bill.has("buyer_unique_id")) {
      requireEqual(name, "buyer_unique_id", trade.agent().value(), bill.path("buyer_unique_id"));
    }
    var cart = purchase.cart();
    if (cart != null) {
      requireEqual(name, "amount", text(cart, "total"), bill.path("amount"));
      requireEqual(
          name,
          "commerce_confirmation.confirmation_digest",
          documents.orderDigest(),
          bill.at("/commerce_confirmation/confirmation_digest"));
      requireEqual(
          name,
          "resource_id",
          documents.json(ORDER).path("resource_id").asString(""),
          bill.path("resource_id"));
    }
    var paidAt = trade.paid().businessTime();
    return Optional.of(
        documents.requireSigned(
            name,
            bill,
            trade.merchant(),
            cart == null ? paidAt.minus(Duration.ofDays(1)) : cart.businessTime(),
            paidAt));
  }

  /** Requires that the bill says what the records do; the proof's check compares its digest. */
  private void requireBilled(String name, AlipayFormBill bill) throws InvalidBundleException {
    requireEqual(name, "out_trade_no", documents.orderNo(), bill.orderNo());
    var paid = text(trade.paid(), "amount");
    var currency = text(trade.paid(), "currency");
    try {
      if (Money.of(bill.amount(), currency).equals(Money.of(paid, currency))) {
        return;
      }
    } catch (IllegalArgumentException noAmount) {
      // A text that is no amount differs from the amount that was paid.
    }
    requireEqual(name, "amount", paid, bill.amount());
    throw new InvalidBundleException("paper_contradicts", name + " has no amount");
  }

  private void requireProven(String name, JsonNode bill, ProofClaims claims)
      throws InvalidBundleException {
    if (AlipayFormBill.isOne(bill)) {
      requireEqual(name, "request_method", AlipayFormBill.METHOD, claims.requestMethod());
      requireEqual(
          name,
          "request_fingerprint",
          new AlipayFormBill(bill).digest(),
          claims.requestFingerprint());
      return;
    }
    requireEqual(name, "resource_id", claims.resourceId(), bill.path("resource_id"));
    requireEqual(name, "request_method", claims.requestMethod(), bill.path("request_method"));
    requireEqual(
        name, "request_fingerprint", claims.requestFingerprint(), bill.path("request_fingerprint"));
  }

  /**
   * Checks the principal's approval, which the payment PIN released for exactly the shown content
   * (ACT PSD-3).
   */
  Optional<VerificationKey> approval() throws InvalidBundleException {
    var name = trade.documentName(APPROVAL);
    var approval = documents.json(name);
    requireAttested(name, trade.paid(), "approval_digest", documents.digest(name));
    requireEqual(
        name, "trade_no", String.valueOf(trade.paid().tradeNo()), approval.path("trade_no"));
    requireEqual(name, "decision", "APPROVE", approval.path("decision"));
    var at = requireTime(name, approval, "approved_at", trade.paid().businessTime());
    return Optional.of(documents.requireSigned(name, approval, trade.principal(), at, at));
  }

  Optional<VerificationKey> shown() throws InvalidBundleException {
    var name = trade.documentName(SHOWN);
    var shown = documents.json(name);
    var digest = RequestFingerprint.digest(CanonicalJson.bytes(shown));
    requireEqual(
        name, "digest", digest, documents.json(trade.documentName(APPROVAL)).path("digest"));
    requireEqual(name, "trade_no", String.valueOf(trade.paid().tradeNo()), shown.path("trade_no"));
    requireEqual(name, "payee", trade.merchant().value(), shown.path("payee"));
    requireEqual(name, "amount", text(trade.paid(), "amount"), shown.path("amount"));
    requireEqual(name, "currency", text(trade.paid(), "currency"), shown.path("currency"));
    requireEqual(name, "merchant_order_no", documents.orderNo(), shown.path("merchant_order_no"));
    requireEqual(name, "agent_id", trade.agent().value(), shown.path("agent_id"));
    return Optional.empty();
  }

  /** Checks the statement of the delegation on which the payment service relied (ACT PSD-5). */
  Optional<VerificationKey> reliance() throws InvalidBundleException {
    var name = trade.documentName(APPROVAL);
    var reliance = documents.json(name);
    requireAttested(name, trade.paid(), "approval_digest", documents.digest(name));
    requireEqual(
        name, "trade_no", String.valueOf(trade.paid().tradeNo()), reliance.path("trade_no"));
    requireEqual(name, "method", "delegation", reliance.path("method"));
    requireEqual(
        name,
        "delegation_id",
        String.valueOf(purchase.delegationId()),
        reliance.path("delegation_id"));
    requireEqual(name, "iac_digest", documents.digest(CREDENTIAL), reliance.path("iac_digest"));
    var at = requireTime(name, reliance, "checked_at", trade.paid().businessTime());
    return Optional.of(documents.requireSigned(name, reliance, trade.psp(), at, at));
  }

  Optional<VerificationKey> proof() throws InvalidBundleException {
    var name = trade.documentName(PROOF);
    requireAttested(name, trade.paid(), "proof_digest", documents.digest(name));
    var at = trade.paid().businessTime();
    var signing = documents.signing(at, at);
    ProofClaims claims;
    try {
      claims = ProofCodec.decode(documents.utf8(name), signing);
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", name + ": " + notSigned.detail());
    }
    var bill = documents.json(trade.documentName(BILL));
    requireEqual(name, "iss", trade.psp().value(), claims.iss());
    requireEqual(name, "sub", trade.agent().value(), claims.sub());
    requireEqual(name, "aud", trade.merchant().value(), claims.aud());
    requireEqual(name, "issued_at", at.toString(), claims.issuedAt().toString());
    requireEqual(name, "trade_no", String.valueOf(trade.paid().tradeNo()), claims.tradeNo());
    requireEqual(name, "out_trade_no", documents.orderNo(), claims.outTradeNo());
    requireEqual(name, "amount", text(trade.paid(), "amount"), claims.amount());
    requireEqual(name, "currency", text(trade.paid(), "currency"), claims.currency());
    requireProven(name, bill, claims);
    requireEqual(
        name,
        "approval_digest",
        claims.approvalDigest(),
        trade.isByDelegation()
            ? documents.json(trade.documentName(APPROVAL)).path("iac_digest")
            : documents.json(trade.documentName(APPROVAL)).path("digest"));
    if (claims.intentId() != null) {
      requireEqual(name, "intent_id", purchase.intentId(), claims.intentId());
    }
    requireEqual(
        name,
        "delegation_id",
        String.valueOf(purchase.delegationId()),
        String.valueOf(claims.delegationId()));
    return Optional.of(signing.used());
  }

  Optional<VerificationKey> confirmation(OffChainRecord fulfilment) throws InvalidBundleException {
    var name = trade.documentName(CONFIRMATION);
    var confirmation = documents.json(name);
    requireEqual(
        name, "trade_no", String.valueOf(trade.paid().tradeNo()), confirmation.path("trade_no"));
    requireEqual(name, "out_trade_no", documents.orderNo(), confirmation.path("out_trade_no"));
    requireEqual(
        name,
        "resource_id",
        documents.json(trade.documentName(BILL)).path("resource_id").asString(""),
        confirmation.path("resource_id"));
    requireEqual(
        name,
        "delivery_digest",
        text(fulfilment, "delivery_digest"),
        confirmation.path("delivery_digest"));
    if (!fulfilment.participants().getFirst().participantId().equals(trade.merchant())) {
      throw new InvalidBundleException("paper_contradicts", name + " is of another merchant");
    }
    var at = requireTime(name, confirmation, "delivered_at", fulfilment.businessTime());
    return Optional.of(documents.requireSigned(name, confirmation, trade.merchant(), at, at));
  }
}
