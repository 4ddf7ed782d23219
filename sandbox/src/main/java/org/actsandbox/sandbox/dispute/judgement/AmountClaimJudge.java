package org.actsandbox.sandbox.dispute.judgement;

import static org.actsandbox.protocol.attestation.EventType.CART_CONFIRMED;
import static org.actsandbox.protocol.attestation.EventType.TRANSACTION_COMPLETED;
import static org.actsandbox.protocol.attestation.Party.Role.MERCHANT;
import static org.actsandbox.protocol.attestation.Party.Role.PSP;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Decides claims about amounts: order, approval, proof and payment must state the same amount. The
 * part of the payment above the least of them is refunded. Without a cart the merchant's bill takes
 * the place of the order.
 */
final class AmountClaimJudge {

  private final CaseFile file;
  private final PartyEvidence merchant;
  private final PartyEvidence psp;

  private AmountClaimJudge(CaseFile file) {
    this.file = file;
    this.merchant = file.evidenceOf(MERCHANT);
    this.psp = file.evidenceOf(PSP);
  }

  static Judgement judge(CaseFile file) {
    return new AmountClaimJudge(file).judge();
  }

  private Judgement judge() {
    var missing = new ArrayList<Reason>();
    var ordered = file.cartless() ? billed() : amount(merchant, CART_CONFIRMED, "total");
    if (ordered.isEmpty()) {
      missing.addAll(
          file.cartless()
              ? psp.reasonsMissing(EvidenceDocument.BILL)
              : merchant.reasonsMissing(CART_CONFIRMED));
    }
    var charged = amount(psp, TRANSACTION_COMPLETED, "amount");
    if (charged.isEmpty()) {
      missing.addAll(psp.reasonsMissing(TRANSACTION_COMPLETED));
    }
    return missing.isEmpty()
        ? compare(ordered.orElseThrow(), charged.orElseThrow())
        : acceptClaim(missing);
  }

  /**
   * Decides for the claimant's amount, because a party that has to show the agreed amount does not.
   */
  private Judgement acceptClaim(List<Reason> missing) {
    var paid = file.purchase().paid();
    var expected = expected();
    missing.add(
        Reason.of(
            Code.EXPECTED_AMOUNT_BELIEVED,
            Map.of("expected", expected.decimal(), "paid", paid.decimal())));
    return file.upheld(missing, paid.minus(expected));
  }

  private Money expected() {
    var paid = file.purchase().paid();
    var text = file.claim().expectedAmount();
    return text == null ? Money.zero(paid.currency()) : Money.of(text, paid.currency());
  }

  private Judgement compare(Money ordered, Money charged) {
    var stated = new TreeMap<String, Money>();
    stated.put("ordered", ordered);
    stated.put("charged", charged);
    approved().ifPresent(amount -> stated.put("approved", amount));
    proven().ifPresent(amount -> stated.put("proven", amount));
    var paid = file.purchase().paid();
    var data = new TreeMap<String, String>();
    stated.forEach((who, amount) -> data.put(who, amount.decimal()));
    data.put("paid", paid.decimal());
    var least = stated.values().stream().min(Money::compareTo).orElse(paid);
    var payment = psp.record(TRANSACTION_COMPLETED).map(OffChainRecord::recordId).orElse(null);
    return paid.moreThan(least)
        ? file.upheld(List.of(new Reason(Code.AMOUNTS_DIFFER, data, payment)), paid.minus(least))
        : Judgement.dismissed(new Reason(Code.AMOUNTS_AGREE, data, payment));
  }

  /** Returns the amount that the principal saw, if the approval is for this content. */
  private Optional<Money> approved() {
    var content = psp.documents().get(EvidenceDocument.APPROVAL_CONTENT);
    if (content == null) {
      return Optional.empty();
    }
    return psp.document(EvidenceDocument.APPROVAL)
        .filter(
            approval ->
                Json.parse(approval)
                    .path("digest")
                    .asString("")
                    .equals(EvidenceDocument.APPROVAL_CONTENT.digest(content)))
        .map(_ -> Json.read(content, ApprovalContent.class))
        .map(shown -> Money.of(shown.amount(), shown.currency()))
        .filter(this::isComparable);
  }

  /** Returns the amount of the bill that was paid, if the merchant has signed it. */
  private Optional<Money> billed() {
    return Optional.ofNullable(psp.documents().get(EvidenceDocument.BILL))
        .map(Json::parse)
        .filter(bill -> file.purchase().orderNo().equals(bill.path("out_trade_no").asString("")))
        .flatMap(this::signedAmount)
        .filter(this::isComparable);
  }

  private Optional<Money> signedAmount(JsonNode bill) {
    try {
      var signer = SignedJson.verify(bill, key -> file.keys().find(key, file.purchase().paidAt()));
      return signer.equals(file.purchase().merchant())
          ? Optional.of(
              Money.of(bill.path("amount").asString(""), bill.path("currency").asString("")))
          : Optional.empty();
    } catch (Refusal | IllegalArgumentException notSigned) {
      // A bill that the merchant did not sign states no amount of the merchant.
      return Optional.empty();
    }
  }

  private Optional<Money> proven() {
    return psp.document(EvidenceDocument.PROOF)
        .flatMap(
            proof -> {
              try {
                var claims =
                    ProofCodec.decode(
                        proof, signer -> file.keys().find(signer, file.purchase().paidAt()));
                return Optional.of(Money.of(claims.amount(), claims.currency()));
              } catch (Refusal | IllegalArgumentException notOne) {
                // A proof that does not verify proves no amount.
                return Optional.empty();
              }
            })
        .filter(this::isComparable);
  }

  private Optional<Money> amount(PartyEvidence party, EventType type, String field) {
    return party
        .record(type)
        .flatMap(
            record -> {
              try {
                return Optional.of(
                    Money.of(
                        record.eventBody().path(field).asString(""),
                        record.eventBody().path("currency").asString("")));
              } catch (IllegalArgumentException | JacksonException notMoney) {
                return Optional.empty();
              }
            })
        .filter(this::isComparable);
  }

  private boolean isComparable(Money amount) {
    return amount.currency().equals(file.purchase().paid().currency());
  }
}
