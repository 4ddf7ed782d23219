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
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.TestRecords;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A whole purchase: its records on a chain, and its papers, each signed by its author. */
final class TestPurchase {

  static final Instant CONFIRMED = TestRecords.NOW;
  static final Instant PAID = CONFIRMED.plusSeconds(30);
  static final Instant DELIVERED = CONFIRMED.plusSeconds(40);

  final TestRecords world = TestRecords.none();
  final Map<String, String> papers = new TreeMap<>();
  final String orderNo;
  private final String tradeNo;
  private final String intentId;
  private final HashAlgorithm algorithm;
  private final @Nullable String delegation;
  private final Bend bend;

  private TestPurchase(
      HashAlgorithm algorithm, int number, @Nullable String delegation, Bend bend) {
    this.algorithm = algorithm;
    this.orderNo = "S-" + number;
    this.tradeNo = "T-" + number;
    this.intentId = "I-" + number;
    this.delegation = delegation;
    this.bend = bend;
  }

  /** What a party does otherwise, before a record attests it. */
  interface Bend {

    Bend NONE = new Bend() {};

    /** The text of a paper instead of {@code honest}. */
    default String paper(TestPurchase of, String name, String honest) {
      return honest;
    }

    /** The links of an event instead of {@code honest}. */
    default Links links(EventType type, Links honest) {
      return honest;
    }
  }

  private void write(String name, String honest) {
    papers.put(name, bend.paper(this, name, honest));
  }

  /** The principal approved it; decision, cart, payment, fulfilment are E-1 to E-4. */
  static TestPurchase approved(HashAlgorithm algorithm) {
    return approved(algorithm, 1, Bend.NONE);
  }

  /** Another approved purchase, with something done otherwise. */
  static TestPurchase approved(HashAlgorithm algorithm, int number, Bend bend) {
    return approved(new TestPurchase(algorithm, number, null, bend));
  }

  private static TestPurchase approved(TestPurchase purchase) {
    purchase.world.happened(
        "E-1",
        purchase.occurrence(
            EventType.DECISION_LOGGED,
            CONFIRMED.minusSeconds(5),
            Links.ofIntent(purchase.intentId),
            List.of(new Party(TestRecords.AGENT, Party.Role.PAYER_AGENT, TestRecords.PRINCIPAL)),
            Json.object().put("chosen", purchase.orderNo)),
        List.of(),
        purchase.algorithm);
    purchase.confirmed("E-2", List.of("E-1"));
    purchase.paid("E-3", List.of("E-2"));
    purchase.delivered("E-4", List.of("E-3"));
    return purchase;
  }

  /** An approved purchase of which one party has another key than the world knows. */
  static TestPurchase withKey(Did did, byte seed) {
    var purchase = new TestPurchase(HashAlgorithm.SHA_256, 1, null, Bend.NONE);
    purchase.world.otherKey(did, seed);
    return approved(purchase);
  }

  /** Paid under a delegation that no record attests. */
  static TestPurchase neverIssued() {
    var purchase = new TestPurchase(HashAlgorithm.SHA_256, 1, "D-1", Bend.NONE);
    var papers = delegated().papers;
    for (var name : List.of(BundleFiles.CREDENTIAL, BundleFiles.AUTHORITY)) {
      purchase.papers.put(name, java.util.Objects.requireNonNull(papers.get(name)));
    }
    purchase.confirmed("E-3", List.of());
    purchase.paid("E-4", List.of("E-3"));
    purchase.delivered("E-5", List.of("E-4"));
    return purchase;
  }

  /** Paid under a delegation; intent, delegation, cart, payment, fulfilment are E-1 to E-5. */
  static TestPurchase delegated() {
    return delegated(TestRecords.PRINCIPAL, Bend.NONE);
  }

  /**
   * @param delegator who signs the credential
   */
  static TestPurchase delegated(Did delegator, Bend bend) {
    var purchase = new TestPurchase(HashAlgorithm.SHA_256, 1, "D-1", bend);
    purchase.issued(delegator);
    purchase.confirmed("E-3", List.of());
    purchase.paid("E-4", List.of("E-3", "E-2"));
    purchase.delivered("E-5", List.of("E-4"));
    return purchase;
  }

  private Links links(@Nullable String orderNo, @Nullable String tradeNo) {
    return new Links(intentId, delegation, orderNo, tradeNo);
  }

  private Occurrence occurrence(
      EventType type, Instant at, Links links, List<Party> parties, ObjectNode body) {
    return new Occurrence(type, at, bend.links(type, links), parties, body);
  }

  private void issued(Did delegator) {
    var at = CONFIRMED.minusSeconds(60);
    var parties =
        List.of(
            new Party(TestRecords.DELEGATIONS, Party.Role.DELEGATOR_AGENT, TestRecords.PRINCIPAL),
            Party.of(TestRecords.AGENT, Party.Role.PAYER_AGENT));
    world.happened(
        "E-1",
        occurrence(
            EventType.INTENT_CREATED,
            at,
            links(null, null),
            parties,
            Json.object().put("isr_digest", "sha-256:isr")),
        List.of(),
        algorithm);
    var shown = Fingerprint.digest("what was shown".getBytes(StandardCharsets.UTF_8));
    var authority =
        Json.object()
            .put("intent_id", intentId)
            .put("delegation_id", "D-1")
            .put("decision", "APPROVE")
            .put("method", "payment_pin")
            .put("digest", shown)
            .put("approved_at", at.toString());
    write(BundleFiles.AUTHORITY, signed(authority, TestRecords.PRINCIPAL));
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
    write(BundleFiles.CREDENTIAL, iac.compact());
    world.happened(
        "E-2",
        occurrence(
            EventType.DELEGATION_ISSUED,
            at,
            links(null, null),
            parties,
            Json.object()
                .put("iac_digest", iac.digest())
                .put("approval_digest", digest(BundleFiles.AUTHORITY))
                .put("mode", "SPECIFIED")),
        List.of("E-1"),
        algorithm);
  }

  private void confirmed(String id, List<String> causes) {
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
    write(BundleFiles.ORDER, signed(order, TestRecords.SHOP));
    var body = Json.object().put("order_digest", orderDigest());
    for (var field : List.of("total", "currency", "kind", "hold_until")) {
      body.set(field, order.path(field));
    }
    world.happened(
        id,
        occurrence(
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
            .signedBy(world.pair(TestRecords.SHOP));
    write(BundleFiles.BILL, Json.write(bill));
  }

  private void paid(String id, List<String> causes) {
    String approvalDigest;
    if (delegation == null) {
      var shown = Json.object().put("trade_no", tradeNo).put("payee", TestRecords.SHOP.value());
      shown.put("payee_name", "Shop").put("amount", "39.90").put("currency", "CNY");
      shown.put("merchant_order_no", orderNo).put("agent_id", TestRecords.AGENT.value());
      write(BundleFiles.SHOWN, Json.write(shown));
      approvalDigest = Fingerprint.digest(Canonical.bytes(shown));
      var approval = Json.object().put("trade_no", tradeNo).put("decision", "APPROVE");
      approval.put("method", "payment_pin").put("digest", approvalDigest);
      approval.put("approved_at", PAID.toString());
      write(BundleFiles.APPROVAL, signed(approval, TestRecords.PRINCIPAL));
    } else {
      approvalDigest = digest(BundleFiles.CREDENTIAL);
      var reliance = Json.object().put("trade_no", tradeNo).put("method", "delegation");
      reliance.put("delegation_id", delegation).put("iac_digest", approvalDigest);
      reliance.put("checked_at", PAID.toString());
      write(BundleFiles.APPROVAL, signed(reliance, TestRecords.PSP));
    }
    write(
        BundleFiles.PROOF,
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
    world.happened(
        id,
        occurrence(
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
                .put("approval_digest", digest(BundleFiles.APPROVAL))
                .put("proof_digest", digest(BundleFiles.PROOF))),
        causes,
        algorithm);
  }

  private void delivered(String id, List<String> causes) {
    var delivery = Fingerprint.digest("a parcel".getBytes(StandardCharsets.UTF_8));
    var confirmation = Json.object().put("request_id", "F-1").put("trade_no", tradeNo);
    confirmation.put("out_trade_no", orderNo).put("resource_id", "fulfilment/" + orderNo);
    confirmation.put("delivered_at", DELIVERED.toString()).put("delivery_digest", delivery);
    write(BundleFiles.CONFIRMATION, signed(confirmation, TestRecords.SHOP));
    world.happened(
        id,
        occurrence(
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

  String signed(ObjectNode paper, Did signer) {
    return Json.write(SignedJson.sign(paper, world.pair(signer)));
  }

  private String orderDigest() {
    return Fingerprint.digest(Canonical.bytes(Json.parse(paper(BundleFiles.ORDER))));
  }

  private String digest(String name) {
    return Fingerprint.digest(paper(name).getBytes(StandardCharsets.UTF_8));
  }

  private String paper(String name) {
    return java.util.Objects.requireNonNull(papers.get(name), name);
  }
}
