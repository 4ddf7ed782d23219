package org.actsandbox.sandbox.credit.institution;

import java.time.Instant;
import java.util.Objects;
import org.actsandbox.protocol.credit.AssociationConfirmation;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.credit.ConfirmationMethod;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.credit.SubjectKey;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519Pem;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Held;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Pending;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows the principal what an association would make and takes the decision about it (ACT CRD-5):
 * the PIN releases the principal's key, either for the credential itself or for the evidence of an
 * attested confirmation.
 */
public final class AssociationConfirmations {

  private final CreditWorld world;
  private final CreditInstitution institution;
  private final AssociationIssuer issuer;

  public AssociationConfirmations(CreditInstitution institution, AssociationIssuer issuer) {
    this.world = institution.world();
    this.institution = institution;
    this.issuer = issuer;
  }

  /** Represents the page where the principal decides. */
  public record Shown(Pending pending, int pinAttemptsLeft, @Nullable Long pinLockedMinutes) {}

  /**
   * Represents the evidence of an attested confirmation, signed by the principal.
   *
   * @param digest the digest of the draft that was shown
   */
  private record Evidence(
      String applicationId,
      String digest,
      String method,
      Instant confirmedAt,
      @Nullable String signerId,
      @Nullable String signatureType,
      @Nullable String signatureContent) {}

  public Shown show(String applicationId, Caller caller) {
    var pending = issuer.pending(applicationId, caller.require(Role.PRINCIPAL));
    var pin = world.pins().get().state(own(caller));
    return new Shown(pending, pin.attemptsLeft(), pin.lockedMinutes());
  }

  /**
   * Takes the decision; a repeated approval gets the same credential.
   *
   * @return the credential; null after a refusal of the principal
   * @throws Refusal {@code approval_mismatch}, {@code pin_wrong}, {@code pin_locked}, {@code
   *     association_state}
   */
  public @Nullable Held decide(String applicationId, ApprovalRequest request, Caller caller) {
    caller.require(Role.PRINCIPAL);
    return switch (request.decision()) {
      case "APPROVE" -> approve(applicationId, request, caller);
      case "DECLINE" -> {
        issuer.withdraw(applicationId, caller);
        yield null;
      }
      default -> throw FieldChecks.invalid("decision", "APPROVE or DECLINE", request.decision());
    };
  }

  private Held approve(String applicationId, ApprovalRequest request, Caller caller) {
    var issued = issuer.heldOf(applicationId, caller);
    if (issued.isPresent()) {
      return issued.get();
    }
    var pending = issuer.pending(applicationId, caller);
    if (pending.state() != AssociationState.PENDING) {
      throw new Refusal(Problem.ASSOCIATION_STATE, "the application has ended")
          .at("applicationId")
          .observed(pending.state().name())
          .remedy("Send a new application.");
    }
    var draft = (ObjectNode) Objects.requireNonNull(pending.draft());
    var digest = Objects.requireNonNull(pending.digest());
    if (!world.rules().isShown(digest, String.valueOf(request.digest()))) {
      throw new Refusal(Problem.APPROVAL_MISMATCH, "this is not what the page shows")
          .at("digest")
          .expected(digest)
          .observed(String.valueOf(request.digest()))
          .remedy("Load the page again and decide on what it shows.");
    }
    var check =
        world.pins().get().require(own(caller), request.pin(), "associate " + applicationId);
    var confirmation =
        pending.application().confirmationMethod() == ConfirmationMethod.DIRECT_SIGNATURE
            ? direct(draft, check)
            : attested(applicationId, digest, check);
    issuer.confirm(applicationId, confirmation, caller);
    return issuer
        .heldOf(applicationId, caller)
        .orElseThrow(() -> new IllegalStateException(applicationId + " was confirmed just now"));
  }

  private AssociationConfirmation direct(ObjectNode draft, PinCheckResult check) {
    var signer = world.principals().signer(check.principal()).release(check);
    var key =
        world
            .keys()
            .find(signer.signerId())
            .orElseThrow(() -> new IllegalStateException(signer.signerId() + " has no key"));
    return new AssociationConfirmation(
        ConfirmationMethod.DIRECT_SIGNATURE,
        null,
        new SubjectKey(signer.signerId(), "pem-spki", Ed25519Pem.write(key)),
        CreditProjection.SUBJECT.signature(draft, signer),
        CreditProjection.ALGORITHM);
  }

  private AssociationConfirmation attested(
      String applicationId, String digest, PinCheckResult check) {
    var evidence = new Evidence(applicationId, digest, "payment_pin", check.at(), null, null, null);
    var signed =
        SignedJson.sign(
            (ObjectNode) Json.tree(evidence),
            world.principals().signer(check.principal()).release(check));
    return new AssociationConfirmation(
        ConfirmationMethod.ATTESTED_CONFIRMATION,
        institution.attest(applicationId, digest, Json.write(signed)),
        null,
        null,
        null);
  }

  /**
   * Suspends, resumes or revokes on the principal's order; only resuming takes the PIN, because it
   * widens what others may learn.
   */
  public Held move(
      String credentialId,
      AssociationState to,
      @Nullable String reason,
      @Nullable String pin,
      Caller caller) {
    caller.require(Role.PRINCIPAL);
    issuer.held(credentialId, caller);
    if (to == AssociationState.ACTIVE && issuer.isSuspended(credentialId)) {
      world.pins().get().require(own(caller), pin, "resume " + credentialId);
    }
    return issuer.move(credentialId, to, reason, caller);
  }

  static Did own(Caller caller) {
    return caller.did().orElseThrow(() -> new IllegalStateException("a principal has an id"));
  }
}
