package org.actsandbox.protocol.attestation.bundle;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.ConfirmationLinks;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A purchase for tests: its records on a chain, and its documents, each signed by its author. */
final class SignedPurchaseFixture {

  static final Instant CONFIRMED = TestRecords.NOW;
  static final Instant PAID = CONFIRMED.plusSeconds(30);
  static final Instant DELIVERED = CONFIRMED.plusSeconds(40);

  final TestRecords world = TestRecords.none();
  final Map<String, String> documents = new TreeMap<>();
  final String orderNo;
  private final String tradeNo;
  private final String intentId;
  private final HashAlgorithm algorithm;
  private final @Nullable String delegation;
  private final Deviation deviation;

  private SignedPurchaseFixture(
      HashAlgorithm algorithm, int number, @Nullable String delegation, Deviation deviation) {
    this.algorithm = algorithm;
    this.orderNo = "S-" + number;
    this.tradeNo = "T-" + number;
    this.intentId = "I-" + number;
    this.delegation = delegation;
    this.deviation = deviation;
  }

  /** A deviation of a party from the correct purchase, made before a record attests it. */
  interface Deviation {

    Deviation NONE = new Deviation() {};

    /** Returns the text of a document instead of {@code honest}. */
    default String document(SignedPurchaseFixture of, String name, String honest) {
      return honest;
    }

    /** Tells whether the merchant asked for the credit behind the agent. */
    default boolean asksCredit() {
      return false;
    }

    /** Returns what the record and the order say of the credit. */
    default String creditResult() {
      return "PASS";
    }

    /** Returns the links of an event instead of {@code honest}. */
    default RecordLinks links(EventType type, RecordLinks honest) {
      return honest;
    }
  }

  private void write(String name, String honest) {
    documents.put(name, deviation.document(this, name, honest));
  }

  /** Returns a purchase that the principal approved; decision to fulfilment are E-1 to E-4. */
  static SignedPurchaseFixture approved(HashAlgorithm algorithm) {
    return approved(algorithm, 1, Deviation.NONE);
  }

  /** Returns another approved purchase, with a deviation. */
  static SignedPurchaseFixture approved(HashAlgorithm algorithm, int number, Deviation deviation) {
    return approved(new SignedPurchaseFixture(algorithm, number, null, deviation));
  }

  private static SignedPurchaseFixture approved(SignedPurchaseFixture purchase) {
    purchase.world.recordAndAnchor(
        "E-1",
        purchase.event(
            EventType.DECISION_LOGGED,
            CONFIRMED.minusSeconds(5),
            RecordLinks.ofIntent(purchase.intentId),
            List.of(new Party(TestRecords.AGENT, Party.Role.PAYER_AGENT, TestRecords.PRINCIPAL)),
            Json.object().put("chosen", purchase.orderNo)),
        List.of(),
        purchase.algorithm);
    purchase.addCart("E-2", List.of("E-1"));
    purchase.addPayment("E-3", List.of("E-2"));
    purchase.addDelivery("E-4", List.of("E-3"));
    return purchase;
  }

  /** Returns an approved purchase in which one party has another key than the world knows. */
  static SignedPurchaseFixture withKey(Did did, byte seed) {
    var purchase = new SignedPurchaseFixture(HashAlgorithm.SHA_256, 1, null, Deviation.NONE);
    purchase.world.replaceKey(did, seed);
    return approved(purchase);
  }

  /** Returns a purchase under a delegation that no record attests. */
  static SignedPurchaseFixture neverIssued() {
    var purchase = new SignedPurchaseFixture(HashAlgorithm.SHA_256, 1, "D-1", Deviation.NONE);
    var documents = delegated().documents;
    for (var name : List.of(BundleBuilder.CREDENTIAL, BundleBuilder.AUTHORITY)) {
      purchase.documents.put(name, java.util.Objects.requireNonNull(documents.get(name)));
    }
    purchase.addCart("E-3", List.of());
    purchase.addPayment("E-4", List.of("E-3"));
    purchase.addDelivery("E-5", List.of("E-4"));
    return purchase;
  }

  /** Returns a purchase under a delegation; intent to fulfilment are E-1 to E-5. */
  static SignedPurchaseFixture delegated() {
    return delegated(TestRecords.PRINCIPAL, Deviation.NONE);
  }

  /**
   * @param delegator the participant that signs the credential
   */
  static SignedPurchaseFixture delegated(Did delegator, Deviation deviation) {
    var purchase = new SignedPurchaseFixture(HashAlgorithm.SHA_256, 1, "D-1", deviation);
    purchase.addIssuance(delegator);
    purchase.addCart("E-3", List.of());
    purchase.addPayment("E-4", List.of("E-3", "E-2"));
    purchase.addDelivery("E-5", List.of("E-4"));
    return purchase;
  }

  private RecordLinks links(@Nullable String orderNo, @Nullable String tradeNo) {
    return new RecordLinks(intentId, delegation, orderNo, tradeNo);
  }

  private AttestationEvent event(
      EventType type, Instant at, RecordLinks links, List<Party> parties, ObjectNode body) {
    return new AttestationEvent(type, at, deviation.links(type, links), parties, body);
  }

  private void addIssuance(Did delegator) {
    var at = CONFIRMED.minusSeconds(60);
    var parties =
        List.of(
            new Party(TestRecords.DELEGATIONS, Party.Role.DELEGATOR_AGENT, TestRecords.PRINCIPAL),
            Party.of(TestRecords.AGENT, Party.Role.PAYER_AGENT));
    world.recordAndAnchor(
        "E-1",
        event(
            EventType.INTENT_CREATED,
            at,
            links(null, null),
            parties,
            Json.object().put("isr_digest", "sha-256:isr")),
        List.of(),
        algorithm);
    var shown = RequestFingerprint.digest("what was shown".getBytes(StandardCharsets.UTF_8));
    var authority =
        Json.object()
            .put("intent_id", intentId)
            .put("delegation_id", "D-1")
            .put("decision", "APPROVE")
            .put("method", "payment_pin")
            .put("digest", shown)
            .put("approved_at", at.toString());
    write(BundleBuilder.AUTHORITY, signed(authority, TestRecords.PRINCIPAL));
    var iac =
        IacCodec.issue(
            new IacPayload(
                "D-1",
                intentId,
                null,
                delegator.value(),
                TestRecords.AGENT.value(),
                DelegationMode.SPECIFIED,
                at,
                at.plus(Duration.ofDays(1)),
                new BigDecimal("100"),
                "CNY",
                List.of("balance"),
                "payment_pin",
                at,
                "sha-256:isr",
                null),
            new Iac.StatusReference(URI.create("http://localhost/w/test/delegations/status/0"), 0),
            at,
            shown,
            world.pair(delegator));
    write(BundleBuilder.CREDENTIAL, iac.compact());
    world.recordAndAnchor(
        "E-2",
        event(
            EventType.DELEGATION_ISSUED,
            at,
            links(null, null),
            parties,
            Json.object()
                .put("iac_digest", iac.digest())
                .put("approval_digest", digest(BundleBuilder.AUTHORITY))
                .put("mode", "SPECIFIED")),
        List.of("E-1"),
        algorithm);
  }

  private void addCart(String id, List<String> causes) {
    var order =
        Json.object().put("order_no", orderNo).put("merchant_did", TestRecords.SHOP.value());
    order.put("intent_id", intentId);
    if (delegation != null) {
      order.put("delegation_id", delegation);
    }
    order.put("kind", "shop").put("total", "39.90").put("currency", "CNY");
    order.put("confirmed_at", CONFIRMED.toString());
    order.put("hold_until", CONFIRMED.plusSeconds(900).toString());
    order.put("resource_id", "fulfilment/" + orderNo);
    if (deviation.asksCredit()) {
      order
          .putObject("deposit")
          .put("amount", "0.00")
          .put("decision", "WAIVED")
          .put("query_id", "DQ-1")
          .put("verification_record_id", "VR-1")
          .put("result", deviation.creditResult())
          .put(
              "reason_code",
              deviation.creditResult().equals("PASS") ? "VERIFIED" : "AUTHORIZATION_REVOKED");
    }
    write(BundleBuilder.ORDER, signed(order, TestRecords.SHOP));
    var body = Json.object().put("order_digest", orderDigest());
    for (var field : List.of("total", "currency", "kind", "hold_until")) {
      body.set(field, order.path(field));
    }
    if (deviation.asksCredit()) {
      body.put("credit_verifier", TestRecords.CREDIT_VERIFIER.value())
          .put("credit_record_id", "VR-1")
          .put("credit_result", deviation.creditResult());
      write(BundleBuilder.CREDIT, signed(receipt(), TestRecords.CREDIT_VERIFIER));
    }
    world.recordAndAnchor(
        id,
        event(
            EventType.CART_CONFIRMED,
            CONFIRMED,
            links(orderNo, null),
            List.of(
                Party.of(TestRecords.SHOP, Party.Role.MERCHANT),
                Party.of(TestRecords.AGENT, Party.Role.PAYER_AGENT)),
            body),
        causes,
        algorithm);
    var bill =
        new PaymentNeeded.Bill(
                PaymentNeeded.METHOD_ID,
                PaymentNeeded.METHOD_VERSION,
                orderNo,
                "39.90",
                "CNY",
                "fulfilment/" + orderNo,
                CONFIRMED.plusSeconds(900),
                TestRecords.SHOP.value(),
                TestRecords.AGENT.value(),
                "GET",
                "sha-256:" + "f".repeat(43),
                null,
                300,
                new PaymentNeeded.CommerceConfirmation(
                    orderNo,
                    orderDigest(),
                    ConfirmationLinks.at(
                        "http://localhost/orders/" + orderNo, intentId, delegation)),
                null,
                null,
                null)
            .signedBy(world.pair(TestRecords.SHOP))
            .message();
    write(BundleBuilder.BILL, Json.write(bill));
  }

  /** Returns what the verifier says of the query for the deposit. */
  static ObjectNode receipt() {
    return Json.object()
        .put("verification_record_id", "VR-1")
        .put("relying_party_id", TestRecords.SHOP.value())
        .put("request_id", "DQ-1")
        .put("agent_id", TestRecords.AGENT.value())
        .put("authorization_id", "QA-1")
        .put("purpose", "HOTEL_DEPOSIT")
        .put("result", "PASS")
        .put("reason_code", "VERIFIED")
        .put("generated_at", CONFIRMED.toString())
        .put("response_digest", "sha-256:" + "r".repeat(43));
  }

  private void addPayment(String id, List<String> causes) {
    String approvalDigest;
    if (delegation == null) {
      var shown = Json.object().put("trade_no", tradeNo).put("payee", TestRecords.SHOP.value());
      shown.put("payee_name", "Shop").put("amount", "39.90").put("currency", "CNY");
      shown.put("merchant_order_no", orderNo).put("agent_id", TestRecords.AGENT.value());
      write(BundleBuilder.SHOWN, Json.write(shown));
      approvalDigest = RequestFingerprint.digest(CanonicalJson.bytes(shown));
      var approval = Json.object().put("trade_no", tradeNo).put("decision", "APPROVE");
      approval.put("method", "payment_pin").put("digest", approvalDigest);
      approval.put("approved_at", PAID.toString());
      write(BundleBuilder.APPROVAL, signed(approval, TestRecords.PRINCIPAL));
    } else {
      approvalDigest = digest(BundleBuilder.CREDENTIAL);
      var reliance = Json.object().put("trade_no", tradeNo).put("method", "delegation");
      reliance.put("delegation_id", delegation).put("iac_digest", approvalDigest);
      reliance.put("checked_at", PAID.toString());
      write(BundleBuilder.APPROVAL, signed(reliance, TestRecords.PSP));
    }
    write(
        BundleBuilder.PROOF,
        ProofCodec.encode(
            new ProofClaims(
                TestRecords.PSP.value(),
                TestRecords.AGENT.value(),
                TestRecords.SHOP.value(),
                "P-1",
                PAID,
                PAID.plusSeconds(86_400),
                tradeNo,
                orderNo,
                "fulfilment/" + orderNo,
                "39.90",
                "CNY",
                "GET",
                "sha-256:" + "f".repeat(43),
                approvalDigest,
                intentId,
                delegation),
            world.pair(TestRecords.PSP)));
    world.recordAndAnchor(
        id,
        event(
            EventType.TRANSACTION_COMPLETED,
            PAID,
            links(orderNo, tradeNo),
            List.of(
                Party.of(TestRecords.PSP, Party.Role.PSP),
                new Party(TestRecords.AGENT, Party.Role.PAYER_AGENT, TestRecords.PRINCIPAL),
                Party.of(TestRecords.SHOP, Party.Role.MERCHANT)),
            Json.object()
                .put("amount", "39.90")
                .put("currency", "CNY")
                .put("method", delegation == null ? "user_approval" : "delegation")
                .put("approval_digest", digest(BundleBuilder.APPROVAL))
                .put("proof_digest", digest(BundleBuilder.PROOF))),
        causes,
        algorithm);
  }

  private void addDelivery(String id, List<String> causes) {
    var delivery = RequestFingerprint.digest("a parcel".getBytes(StandardCharsets.UTF_8));
    var confirmation = Json.object().put("request_id", "F-1").put("trade_no", tradeNo);
    confirmation.put("out_trade_no", orderNo).put("resource_id", "fulfilment/" + orderNo);
    confirmation.put("delivered_at", DELIVERED.toString()).put("delivery_digest", delivery);
    write(BundleBuilder.CONFIRMATION, signed(confirmation, TestRecords.SHOP));
    world.recordAndAnchor(
        id,
        event(
            EventType.FULFILLMENT_COMPLETED,
            DELIVERED,
            links(orderNo, tradeNo),
            List.of(
                Party.of(TestRecords.SHOP, Party.Role.MERCHANT),
                Party.of(TestRecords.AGENT, Party.Role.PAYER_AGENT)),
            Json.object()
                .put("delivery_digest", delivery)
                .put("total", "39.90")
                .put("currency", "CNY")),
        causes,
        algorithm);
  }

  String signed(ObjectNode document, Did signer) {
    return Json.write(SignedJson.sign(document, world.pair(signer)));
  }

  private String orderDigest() {
    return RequestFingerprint.digest(
        CanonicalJson.bytes(Json.parse(document(BundleBuilder.ORDER))));
  }

  private String digest(String name) {
    return RequestFingerprint.digest(document(name).getBytes(StandardCharsets.UTF_8));
  }

  private String document(String name) {
    return java.util.Objects.requireNonNull(documents.get(name), name);
  }
}
