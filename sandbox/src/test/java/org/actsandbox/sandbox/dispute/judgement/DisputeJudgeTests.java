package org.actsandbox.sandbox.dispute.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.KeyHistory;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.Party.Role;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests every kind of claim, won and lost, by the evidence of the parties. */
class DisputeJudgeTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Did SHOP = Did.of("luma-mart");
  private static final Did PSP = Did.of("sandbox-pay");
  private static final Did AGENT = Did.of("demo-agent");
  private static final Did PRINCIPAL = Did.of("principal");
  private static final String DELIVERY =
      Json.write(
          new Delivery.Shop(
              List.of(
                  new Delivery.Item(Text.untranslated("Charger"), Text.untranslated("black"), 1)),
              "home",
              NOW.atOffset(ZoneOffset.UTC),
              "SB1"));

  private final Map<String, Ed25519KeyPair> keys = new TreeMap<>();
  private final List<ExaminedRecord> ofShop = new ArrayList<>();
  private final List<ExaminedRecord> ofPsp = new ArrayList<>();
  private final Map<EvidenceDocument, String> shopDocuments = new TreeMap<>();
  private final Map<EvidenceDocument, String> pspDocuments = new TreeMap<>();
  private boolean cartless;

  @Test
  void aDeliveryCountsWhenItsRecordAttestsIt() {
    delivered(DELIVERY, DELIVERY);
    var lost = judge(DisputeKind.NOT_DELIVERED, null);
    assertThat(lost.outcome()).isEqualTo(DisputeOutcome.DISMISSED);
    assertThat(codes(lost)).containsExactly(Code.DELIVERED);
    assertThat(lost.refund()).isNull();
  }

  @Test
  void aRecordWithoutItsDeliveryIsNotEnough() {
    delivered(DELIVERY, "{\"kind\":\"shop\",\"items\":[]}");
    var won = judge(DisputeKind.NOT_DELIVERED, null);
    assertThat(won.outcome()).isEqualTo(DisputeOutcome.UPHELD);
    assertThat(codes(won)).containsExactly(Code.PAPER_NOT_ATTESTED);
    shopDocuments.clear();
    assertThat(codes(judge(DisputeKind.NOT_DELIVERED, null))).containsExactly(Code.PAPER_MISSING);
  }

  @ParameterizedTest
  @EnumSource(
      value = Code.class,
      names = {"RECORD_NOT_VERIFIED", "RECORD_OF_ANOTHER_ORDER", "RECORD_OF_ANOTHER_PARTY"})
  void aRecordThatDoesNotCountCountsAgainstItsHolder(Code against) {
    var record = record(SHOP, EventType.FULFILLMENT_COMPLETED, "delivery_digest", digest(DELIVERY));
    ofShop.add(new ExaminedRecord("E-9", record, null, against));
    shopDocuments.put(EvidenceDocument.DELIVERY, DELIVERY);
    var won = judge(DisputeKind.NOT_DELIVERED, null);
    assertThat(codes(won)).containsExactly(against);
    assertThat(won.refund()).isEqualTo(Money.yuan("30.00"));
  }

  @Test
  void theDeliveryIsComparedWithTheSignedOrder() {
    ordered("30.00");
    delivered(DELIVERY, DELIVERY);
    assertThat(codes(judge(DisputeKind.WRONG_ITEM, null))).containsExactly(Code.ITEM_MATCHES);
    var other = DELIVERY.replace("black", "white");
    ofShop.removeLast();
    delivered(other, other);
    var won = judge(DisputeKind.WRONG_ITEM, null);
    assertThat(codes(won)).containsExactly(Code.ITEM_DIFFERS);
    assertThat(won.reasons().getFirst().data())
        .containsEntry("ordered", "1 × Charger, black")
        .containsEntry("delivered", "1 × Charger, white");
    assertThat(won.refund()).isEqualTo(Money.yuan("30.00"));
  }

  @Test
  void onlyThePrincipalsApprovalCounts() {
    approved(PRINCIPAL, "T-1");
    assertThat(codes(judge(DisputeKind.NOT_AUTHORIZED, null)))
        .containsExactly(Code.APPROVED_BY_PRINCIPAL);
    approved(AGENT, "T-1");
    var forged = judge(DisputeKind.NOT_AUTHORIZED, null);
    assertThat(forged.outcome()).isEqualTo(DisputeOutcome.UPHELD);
    assertThat(codes(forged)).containsExactly(Code.APPROVAL_NOT_BY_PRINCIPAL);
    approved(PRINCIPAL, "T-2");
    assertThat(codes(judge(DisputeKind.NOT_AUTHORIZED, null)))
        .containsExactly(Code.APPROVAL_NOT_BY_PRINCIPAL);
    pspDocuments.clear();
    assertThat(codes(judge(DisputeKind.NOT_AUTHORIZED, null))).containsExactly(Code.PAPER_MISSING);
  }

  @Test
  void thePartAboveTheLeastAmountIsRefunded() {
    ordered("30.00");
    approved(PRINCIPAL, "T-1");
    assertThat(codes(judge(DisputeKind.AMOUNT_DIFFERS, "1.00")))
        .containsExactly(Code.AMOUNTS_AGREE);
    ofShop.clear();
    ordered("28.50");
    var dearer = judge(DisputeKind.AMOUNT_DIFFERS, "1.00");
    assertThat(codes(dearer)).containsExactly(Code.AMOUNTS_DIFFER);
    assertThat(dearer.refund()).isEqualTo(Money.yuan("1.50"));
    ofShop.clear();
    ordered("30.00");
    pspDocuments.put(EvidenceDocument.APPROVAL_CONTENT, content("27.00"));
    approved(PRINCIPAL, "T-1");
    assertThat(judge(DisputeKind.AMOUNT_DIFFERS, "1.00").refund()).isEqualTo(Money.yuan("3.00"));
  }

  @Test
  void withoutProofOfTheAgreedAmountTheClaimantsAmountCounts() {
    approved(PRINCIPAL, "T-1");
    var won = judge(DisputeKind.AMOUNT_DIFFERS, "20.00");
    assertThat(codes(won)).containsExactly(Code.RECORD_MISSING, Code.EXPECTED_AMOUNT_BELIEVED);
    assertThat(won.refund()).isEqualTo(Money.yuan("10.00"));
  }

  @Test
  void withoutACartTheMerchantsSignedBillSaysWhatWasAgreed() {
    cartless = true;
    approved(PRINCIPAL, "T-1");
    assertThat(codes(judge(DisputeKind.AMOUNT_DIFFERS, "20.00")))
        .containsExactly(Code.PAPER_MISSING, Code.EXPECTED_AMOUNT_BELIEVED);
    billed(SHOP, "R-1", "30.00");
    assertThat(codes(judge(DisputeKind.AMOUNT_DIFFERS, "20.00")))
        .containsExactly(Code.AMOUNTS_AGREE);
    billed(SHOP, "R-1", "28.50");
    assertThat(judge(DisputeKind.AMOUNT_DIFFERS, "20.00").refund()).isEqualTo(Money.yuan("1.50"));
    billed(AGENT, "R-1", "30.00");
    assertThat(judge(DisputeKind.AMOUNT_DIFFERS, "20.00").refund()).isEqualTo(Money.yuan("10.00"));
    billed(SHOP, "R-2", "30.00");
    assertThat(judge(DisputeKind.AMOUNT_DIFFERS, "20.00").refund()).isEqualTo(Money.yuan("10.00"));
  }

  @Test
  void withoutACartTheAttestedDeliveryIsWhatWasOrdered() {
    cartless = true;
    assertThat(judge(DisputeKind.WRONG_ITEM, null).outcome()).isEqualTo(DisputeOutcome.UPHELD);
    delivered(DELIVERY, DELIVERY);
    assertThat(codes(judge(DisputeKind.WRONG_ITEM, null))).containsExactly(Code.DELIVERED);
  }

  /** Adds the bill to what the payment service shows. */
  private void billed(Did by, String number, String amount) {
    var bill = Json.object().put("out_trade_no", number).put("amount", amount);
    pspDocuments.put(
        EvidenceDocument.BILL, Json.write(SignedJson.sign(bill.put("currency", "CNY"), pair(by))));
  }

  /** Checks ACT TSD-6.e. */
  @ParameterizedTest
  @EnumSource(DisputeKind.class)
  void silenceCountsAgainstThePartyThatHoldsTheEvidence(DisputeKind kind) {
    var silent =
        DisputeJudge.decide(
            file(
                kind,
                "20.00",
                Money.yuan("30.00"),
                List.of(silent(SHOP, Role.MERCHANT), silent(PSP, Role.PSP))));
    assertThat(silent.outcome()).isEqualTo(DisputeOutcome.UPHELD);
    assertThat(codes(silent)).contains(Code.PARTY_SILENT);
  }

  @Test
  void neverMoreThanIsLeftIsRefunded() {
    var some =
        DisputeJudge.decide(file(DisputeKind.NOT_DELIVERED, null, Money.yuan("4.00"), List.of()));
    assertThat(some.refund()).isEqualTo(Money.yuan("4.00"));
    var none =
        DisputeJudge.decide(file(DisputeKind.NOT_DELIVERED, null, Money.yuan("0.00"), List.of()));
    assertThat(none.refund()).isNull();
    assertThat(codes(none)).contains(Code.NOTHING_LEFT_TO_REFUND);
  }

  private Judgement judge(DisputeKind kind, @Nullable String expected) {
    return DisputeJudge.decide(
        file(
            kind,
            expected,
            Money.yuan("30.00"),
            List.of(
                new PartyEvidence(SHOP, Role.MERCHANT, true, ofShop, shopDocuments),
                new PartyEvidence(PSP, Role.PSP, true, ofPsp, pspDocuments))));
  }

  private CaseFile file(
      DisputeKind kind, @Nullable String expected, Money left, List<PartyEvidence> parties) {
    var disputedPurchase =
        new DisputedPurchase(
            "R-1", "T-1", SHOP, PSP, AGENT, PRINCIPAL, Money.yuan("30.00"), NOW, "I-1", null);
    var claim =
        new Claim(
            "DSP-1",
            "R-1",
            "T-1",
            kind,
            "wrong",
            expected,
            Claim.BY_PRINCIPAL,
            PRINCIPAL,
            NOW,
            null,
            null,
            null);
    KeyHistory history =
        (signer, _) -> Optional.ofNullable(keys.get(signer)).map(Ed25519KeyPair::publicKey);
    return new CaseFile(disputedPurchase, claim, parties, left, cartless, history);
  }

  private static PartyEvidence silent(Did party, Role role) {
    return new PartyEvidence(party, role, false, List.of(), Map.of());
  }

  private static List<Code> codes(Judgement judgement) {
    return judgement.reasons().stream().map(Finding.Reason::code).toList();
  }

  private void delivered(String attested, String shown) {
    ofShop.add(
        counts(record(SHOP, EventType.FULFILLMENT_COMPLETED, "delivery_digest", digest(attested))));
    shopDocuments.put(EvidenceDocument.DELIVERY, shown);
  }

  private void ordered(String total) {
    var order =
        new Order(
            "R-1",
            "luma-mart",
            SHOP.value(),
            "I-1",
            null,
            "Q-1",
            MerchantKind.SHOP,
            List.of(new Order.Line("o1", "i1", Text.untranslated("Charger, black"), 1, null)),
            List.of(),
            total,
            "CNY",
            OrderStatus.HELD,
            NOW,
            NOW,
            "fulfilment/R-1",
            "http://localhost/r",
            null);
    var text = Json.write(order);
    var record =
        record(SHOP, EventType.CART_CONFIRMED, "order_digest", EvidenceDocument.ORDER.digest(text));
    record.eventBody().put("total", total).put("currency", "CNY");
    ofShop.add(counts(record));
    shopDocuments.put(EvidenceDocument.ORDER, text);
  }

  private void approved(Did by, String tradeNo) {
    var document = Json.object().put("trade_no", tradeNo).put("decision", "APPROVE");
    document.put("method", "payment_pin").put("approved_at", NOW.toString());
    var shown =
        pspDocuments.computeIfAbsent(EvidenceDocument.APPROVAL_CONTENT, _ -> content("30.00"));
    document.put("digest", EvidenceDocument.APPROVAL_CONTENT.digest(shown));
    var signed = Json.write(SignedJson.sign(document, pair(by)));
    ofPsp.clear();
    var record = record(PSP, EventType.TRANSACTION_COMPLETED, "approval_digest", digest(signed));
    record.eventBody().put("amount", "30.00").put("currency", "CNY");
    ofPsp.add(counts(record));
    pspDocuments.put(EvidenceDocument.APPROVAL, signed);
  }

  private static String content(String amount) {
    return Json.write(
        new ApprovalContent(
            "T-1",
            SHOP.value(),
            "Luma",
            amount,
            "CNY",
            "R-1",
            "fulfilment/R-1",
            "Balance",
            AGENT.value(),
            NOW));
  }

  private Ed25519KeyPair pair(Did did) {
    return keys.computeIfAbsent(
        did.key(1),
        id ->
            new Ed25519KeyPair(
                id, (id + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8)));
  }

  private static ExaminedRecord counts(OffChainRecord record) {
    return new ExaminedRecord(record.recordId(), record, null, null);
  }

  private static OffChainRecord record(Did holder, EventType type, String field, String digest) {
    ObjectNode body = Json.object().put(field, digest);
    return new OffChainRecord(
        "E-" + type.shortName(),
        type,
        NOW,
        NOW,
        OffChainRecord.VERSION,
        "I-1",
        null,
        "R-1",
        "T-1",
        List.of(),
        "",
        "",
        "SHA-256",
        List.of(Party.of(holder, Role.MERCHANT)),
        body,
        List.of());
  }

  private static String digest(String text) {
    return RequestFingerprint.digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
