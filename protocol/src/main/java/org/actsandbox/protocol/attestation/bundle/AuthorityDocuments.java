package org.actsandbox.protocol.attestation.bundle;

import static org.actsandbox.protocol.attestation.bundle.BundleBuilder.*;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireAttested;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireEqual;
import static org.actsandbox.protocol.attestation.bundle.DocumentRequirements.requireTime;

import java.util.Optional;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.refusal.Refusal;

/** Verifies the credential that a purchase was paid under, and the principal's approval of it. */
final class AuthorityDocuments {

  private final PurchaseDocuments documents;
  private final BundlePurchase purchase;

  AuthorityDocuments(PurchaseDocuments documents, BundlePurchase purchase) {
    this.documents = documents;
    this.purchase = purchase;
  }

  /** Checks the credential, which must be one that the delegation service attests it issued. */
  Optional<VerificationKey> credential() throws InvalidBundleException {
    var issued = issued();
    requireAttested(CREDENTIAL, issued, "iac_digest", documents.digest(CREDENTIAL));
    var signing = documents.signing(issued.businessTime(), issued.businessTime());
    try {
      var iac = IacCodec.verify(documents.utf8(CREDENTIAL), signing);
      var payload = iac.payload();
      requireEqual(
          CREDENTIAL, "issued", issued.businessTime().toString(), iac.issuedAt().toString());
      requireEqual(CREDENTIAL, "delegation_id", purchase.delegationId(), payload.delegationId());
      if (payload.intentId() != null) {
        requireEqual(CREDENTIAL, "intent_id", purchase.intentId(), payload.intentId());
      }
      for (var trade : purchase.trades()) {
        requireEqual(CREDENTIAL, "issuer", trade.principal().value(), iac.issuer().value());
        requireEqual(CREDENTIAL, "agent_id", trade.agent().value(), payload.agentId());
      }
      requireEqual(
          CREDENTIAL,
          "controlProofRef",
          documents.json(AUTHORITY).path("digest").asString(""),
          String.valueOf(iac.controlProofRef()));
    } catch (Refusal notSigned) {
      throw new InvalidBundleException("paper_not_signed", CREDENTIAL + ": " + notSigned.detail());
    }
    return Optional.of(signing.used());
  }

  Optional<VerificationKey> authority() throws InvalidBundleException {
    var authority = documents.json(AUTHORITY);
    var issued = issued();
    requireAttested(AUTHORITY, issued, "approval_digest", documents.digest(AUTHORITY));
    requireEqual(AUTHORITY, "decision", "APPROVE", authority.path("decision"));
    documents.requireSamePurchase(AUTHORITY, authority);
    var at = requireTime(AUTHORITY, authority, "approved_at", issued.businessTime());
    var principal = purchase.trades().getFirst().principal();
    return Optional.of(documents.requireSigned(AUTHORITY, authority, principal, at, at));
  }

  /**
   * Returns the record of the issued delegation. Without this record any credential of the
   * principal would be accepted.
   */
  private OffChainRecord issued() throws InvalidBundleException {
    var issued = purchase.issued();
    if (issued == null) {
      throw new InvalidBundleException(
          "delegation_not_attested",
          "no record attests that the delegation %s was issued".formatted(purchase.delegationId()));
    }
    var first = issued.participants().getFirst();
    for (var trade : purchase.trades()) {
      if (!trade.principal().equals(first.onBehalfOf())) {
        throw new InvalidBundleException(
            "paper_contradicts", "the delegation was issued for " + first.onBehalfOf());
      }
    }
    return issued;
  }
}
