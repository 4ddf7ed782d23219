package org.actsandbox.sandbox.dispute.judgement;

import static org.actsandbox.protocol.attestation.EventType.CART_CONFIRMED;
import static org.actsandbox.protocol.attestation.EventType.DELEGATION_ISSUED;
import static org.actsandbox.protocol.attestation.EventType.TRANSACTION_COMPLETED;
import static org.actsandbox.protocol.attestation.Party.Role.DELEGATOR_AGENT;
import static org.actsandbox.protocol.attestation.Party.Role.MERCHANT;
import static org.actsandbox.protocol.attestation.Party.Role.PSP;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryViolation;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Decides claims about authorization: the principal approved the payment, or a delegation covers
 * it.
 */
final class AuthorizationClaimJudge {

  /**
   * The limits that a single payment can be checked against. Ours: the sum spent before, the number
   * of attempts and the method are the payment service's own records, which are not attested.
   */
  private static final Set<Boundary> CHECKED =
      EnumSet.of(
          Boundary.NOT_BEGUN,
          Boundary.OVER,
          Boundary.SUSPENDED,
          Boundary.REVOKED,
          Boundary.AGENT,
          Boundary.PRINCIPAL,
          Boundary.CURRENCY,
          Boundary.SINGLE_AMOUNT,
          Boundary.CUMULATIVE_AMOUNT,
          Boundary.MERCHANT,
          Boundary.CATEGORY);

  private final CaseFile file;
  private final PartyEvidence psp;

  private AuthorizationClaimJudge(CaseFile file) {
    this.file = file;
    this.psp = file.evidenceOf(PSP);
  }

  static Judgement judge(CaseFile file) {
    return new AuthorizationClaimJudge(file).judge();
  }

  private Judgement judge() {
    var approval = psp.document(EvidenceDocument.APPROVAL);
    if (approval.isEmpty()) {
      return file.upheld(psp.reasonsMissing(EvidenceDocument.APPROVAL));
    }
    var payment = psp.record(TRANSACTION_COMPLETED).orElseThrow();
    var document = Json.parse(approval.get());
    boolean delegated = document.path("method").asString("").equals("delegation");
    var signer = signer(document, delegated ? "checked_at" : "approved_at");
    if (!document.path("trade_no").asString("").equals(file.purchase().tradeNo())) {
      return upheldBecause("the approval is of another trade", payment);
    }
    return delegated ? delegated(document, signer, payment) : approved(document, signer, payment);
  }

  private Judgement approved(JsonNode approval, Optional<Did> signer, OffChainRecord payment) {
    if (signer.filter(file.purchase().principal()::equals).isEmpty()) {
      return upheldBecause("the principal's key did not sign the approval", payment);
    }
    if (!approval.path("decision").asString("").equals("APPROVE")) {
      return upheldBecause("the principal did not approve", payment);
    }
    return Judgement.dismissed(
        new Reason(
            Code.APPROVED_BY_PRINCIPAL,
            Map.of(
                "method", approval.path("method").asString(""),
                "at", approval.path("approved_at").asString("")),
            payment.recordId()));
  }

  private Judgement delegated(JsonNode evidence, Optional<Did> signer, OffChainRecord payment) {
    if (signer.filter(file.purchase().psp()::equals).isEmpty()) {
      return upheldBecause("the payment service did not sign what it relied on", payment);
    }
    var delegations = file.evidenceOf(DELEGATOR_AGENT);
    var credential = delegations.document(EvidenceDocument.CREDENTIAL);
    if (credential.isEmpty()) {
      return file.upheld(delegations.reasonsMissing(EvidenceDocument.CREDENTIAL));
    }
    var issued = delegations.record(DELEGATION_ISSUED).orElseThrow();
    Iac iac;
    try {
      iac = IacCodec.verify(credential.get(), key -> file.keys().find(key, issued.businessTime()));
    } catch (Refusal notSigned) {
      return upheldBecause(notSigned.detail(), issued);
    }
    if (!evidence.path("iac_digest").asString("").equals(iac.digest())) {
      return upheldBecause("the payment rests on another credential", issued);
    }
    var boundaryViolation = firstViolation(iac, delegations);
    return boundaryViolation
        .map(
            passed ->
                file.upheld(
                    List.of(
                        new Reason(
                            Code.OUTSIDE_AUTHORITY,
                            Map.of(
                                "boundary", passed.boundary().name().toLowerCase(Locale.ROOT),
                                "expected", passed.expected(),
                                "observed", passed.observed()),
                            issued.recordId()))))
        .orElseGet(
            () ->
                Judgement.dismissed(
                    new Reason(
                        Code.WITHIN_AUTHORITY,
                        Map.of(
                            "delegation_id", iac.payload().delegationId(),
                            "total", iac.payload().maxTotal().decimal()),
                        issued.recordId())));
  }

  private Optional<BoundaryViolation> firstViolation(Iac iac, PartyEvidence delegations) {
    var disputedPurchase = file.purchase();
    var payload = iac.payload();
    var delegationUsage =
        DelegationUsage.unused(
            stateAt(delegations), Money.zero(disputedPurchase.paid().currency()));
    var paymentAttempt =
        new PaymentAttempt(
            disputedPurchase.paidAt(),
            disputedPurchase.agent(),
            disputedPurchase.principal(),
            payload.mode(),
            disputedPurchase.paid(),
            "",
            disputedPurchase.merchant(),
            category(),
            null,
            null);
    return new DelegationBoundaryCheck()
        .violations(payload, delegationUsage, paymentAttempt).stream()
            .filter(passed -> CHECKED.contains(passed.boundary()))
            .filter(
                passed ->
                    passed.boundary() != Boundary.CATEGORY || !paymentAttempt.category().isEmpty())
            .findFirst();
  }

  /** Returns the state of the delegation that was attested last before the payment. */
  private DelegationState stateAt(PartyEvidence delegations) {
    return delegations.examined().stream()
        .filter(each -> each.against() == null)
        .flatMap(each -> Optional.ofNullable(each.record()).stream())
        .filter(record -> !record.businessTime().isAfter(file.purchase().paidAt()))
        .max(Comparator.comparing(OffChainRecord::recordId))
        .map(
            record ->
                switch (record.eventType()) {
                  case DELEGATION_SUSPENDED -> DelegationState.SUSPENDED;
                  case DELEGATION_REVOKED -> DelegationState.REVOKED;
                  case DELEGATION_EXPIRED -> DelegationState.EXPIRED;
                  default -> DelegationState.ACTIVE;
                })
        .orElse(DelegationState.ACTIVE);
  }

  /** Returns the category that the merchant attested; empty when it did not. */
  private String category() {
    return file.evidenceOf(MERCHANT)
        .record(CART_CONFIRMED)
        .map(record -> record.eventBody().path("kind").asString(""))
        .orElse("");
  }

  private Optional<Did> signer(JsonNode document, String timeField) {
    try {
      var at = Instant.parse(document.path(timeField).asString(""));
      return Optional.of(SignedJson.verify(document, key -> file.keys().find(key, at)));
    } catch (Refusal | DateTimeException | JacksonException notSigned) {
      return Optional.empty();
    }
  }

  private Judgement upheldBecause(String why, OffChainRecord record) {
    return file.upheld(
        List.of(new Reason(Code.APPROVAL_NOT_BY_PRINCIPAL, Map.of("why", why), record.recordId())));
  }
}
