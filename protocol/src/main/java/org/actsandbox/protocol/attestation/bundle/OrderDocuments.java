package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireAttested;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireEqual;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireTime;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.text;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.VerificationKey;

/** Verifies the signed order of a purchase, and the credit receipt that lowered its deposit. */
final class OrderDocuments {

  /** Lists why a verifier does not accept a query; it keeps no record of such a query. */
  private static final Set<String> UNREAD =
      Set.of("INVALID_REQUEST", "REQUEST_PROOF_INVALID", "REQUEST_EXPIRED", "REPLAY_DETECTED");

  private final PurchaseDocuments documents;

  OrderDocuments(PurchaseDocuments documents) {
    this.documents = documents;
  }

  Optional<VerificationKey> order(OffChainRecord cart) throws InvalidBundleException {
    var order = documents.json(ORDER);
    var merchant = cart.participants().getFirst().participantId();
    requireEqual(ORDER, "merchant_did", merchant.value(), order.path("merchant_did"));
    requireEqual(ORDER, "order_no", documents.orderNo(), order.path("order_no"));
    documents.requireSamePurchase(ORDER, order);
    for (var field : List.of("total", "currency", "kind", "hold_until")) {
      requireEqual(ORDER, field, cart.eventBody().path(field).asString(""), order.path(field));
    }
    requireTime(ORDER, order, "confirmed_at", cart.businessTime());
    requireAttested(ORDER, cart, "order_digest", documents.orderDigest());
    return Optional.of(
        documents.requireSigned(ORDER, order, merchant, cart.businessTime(), cart.businessTime()));
  }

  /** Tells whether the verifier did not accept the query, so that it keeps no record of it. */
  boolean isCreditRefusedUnread() {
    try {
      return UNREAD.contains(documents.json(ORDER).at("/deposit/reason_code").asString(""));
    } catch (InvalidBundleException missing) {
      // The order's own line says so.
      return false;
    }
  }

  /**
   * Checks the verifier's receipt: it must be about this merchant's query of this buyer's agent,
   * and a deposit is lowered by a PASS alone (ACT CRD-8, CRD-10).
   */
  Optional<VerificationKey> credit(OffChainRecord cart) throws InvalidBundleException {
    var receipt = documents.json(CREDIT);
    var deposit = documents.json(ORDER).path("deposit");
    var merchant = cart.participants().getFirst().participantId();
    requireEqual(CREDIT, "relying_party_id", merchant.value(), receipt.path("relying_party_id"));
    requireEqual(
        CREDIT,
        "agent_id",
        cart.participants().getLast().participantId().value(),
        receipt.path("agent_id"));
    requireEqual(
        CREDIT,
        "verification_record_id",
        text(cart, "credit_record_id"),
        receipt.path("verification_record_id"));
    requireEqual(CREDIT, "result", text(cart, "credit_result"), receipt.path("result"));
    requireEqual(
        CREDIT, "request_id", deposit.path("query_id").asString(""), receipt.path("request_id"));
    requireEqual(
        ORDER,
        "deposit.verification_record_id",
        text(cart, "credit_record_id"),
        deposit.path("verification_record_id"));
    requireEqual(ORDER, "deposit.result", text(cart, "credit_result"), deposit.path("result"));
    requireEqual(
        CREDIT,
        "reason_code",
        deposit.path("reason_code").asString(""),
        receipt.path("reason_code"));
    if (!receipt.path("result").asString("").equals("PASS")) {
      requireEqual(ORDER, "deposit.decision", "TAKEN", deposit.path("decision"));
    }
    // The merchant was answered while it confirmed the cart.
    var at = cart.businessTime();
    return Optional.of(
        documents.requireSigned(CREDIT, receipt, new Did(text(cart, "credit_verifier")), at, at));
  }
}
