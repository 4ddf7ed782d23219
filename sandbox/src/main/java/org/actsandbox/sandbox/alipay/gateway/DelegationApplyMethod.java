package org.actsandbox.sandbox.alipay.gateway;

import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.payment.ApprovalRequest;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import org.actsandbox.sandbox.delegation.DelegationIntent.Status;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.user.agreement.delegation.apply}: the wallet asks the principal for an
 * authority of the agent platform, which is ACT's intent and, once confirmed with the PIN, ACT's
 * credential (AIP-50, AIP-203).
 */
final class DelegationApplyMethod implements GatewayMethod {

  @Override
  public Door door() {
    return Door.WALLET;
  }

  @Override
  public OwnerKind caller() {
    return OwnerKind.AGENT;
  }

  @Override
  public ObjectNode answer(GatewayCall call) {
    var draft = AuthorityDraft.read(call.content());
    var known = call.agreements().findExternal(call.app().appId(), draft.externalAgreementNo());
    var agreement = known.orElseGet(() -> applied(call, draft));
    if (!agreement.digest().equals(draft.digest())) {
      throw new GatewayRefusal(
          SubCode.INVALID_PARAMETER, "external_agreement_no stands for another delegation");
    }
    requireIntent(call, agreement, draft);
    if (call.settings().approvesAutomatically()) {
      confirm(call, agreement);
    }
    var authority = GrantedAuthority.of(call, agreement);
    if (authority.status().equals(GrantedAuthority.INVALID)) {
      throw new GatewayRefusal(SubCode.INVALID_PARAMETER, "the principal did not agree");
    }
    return authority.numbers();
  }

  /** Returns the page on which the principal reads what is asked for and enters the PIN. */
  @Override
  public Optional<String> confirmationPage(GatewayCall call, ObjectNode answer) {
    return answer.path("status").asString("").equals(GrantedAuthority.SIGNING)
        ? Optional.of("cashier/delegations/" + answer.path("agreement_no").asString(""))
        : Optional.empty();
  }

  private static AlipayAgreement applied(GatewayCall call, AuthorityDraft draft) {
    var words = "agreement " + call.app().appId() + " " + draft.externalAgreementNo();
    var agreement =
        new AlipayAgreement(
            "alipay-" + call.trades().proof(words).substring(0, 24),
            call.app().appId(),
            draft.externalAgreementNo(),
            draft.externalDelegationId(),
            draft.tag(),
            draft.timesLimit(),
            draft.digest());
    if (!call.agreements().add(agreement)) {
      // Another request has stored the same application since it was looked up.
      return call.agreements()
          .findExternal(call.app().appId(), draft.externalAgreementNo())
          .orElse(agreement);
    }
    return agreement;
  }

  /** Sends the intent, also for a row after which the server stopped. */
  private static void requireIntent(
      GatewayCall call, AlipayAgreement agreement, AuthorityDraft draft) {
    var owner = call.app().owner();
    if (GrantedAuthority.isKnown(call, agreement)) {
      return;
    }
    try {
      call.delegations()
          .takeDraft(draft.isr(agreement.agreementNo(), owner.value()), owner, call.buyer());
    } catch (Refusal refused) {
      call.agreements().remove(agreement);
      throw new GatewayRefusal(SubCode.INVALID_PARAMETER, refused.detail());
    }
  }

  /** Confirms in the principal's place, with the PIN that the world began with. */
  private static void confirm(GatewayCall call, AlipayAgreement agreement) {
    var principal = new Caller(Role.PRINCIPAL, call.buyer());
    try {
      var shown = call.delegations().confirmation(agreement.agreementNo(), principal);
      if (shown.status() == Status.WAITING) {
        call.delegations()
            .decide(
                agreement.agreementNo(),
                new ApprovalRequest("APPROVE", shown.digest(), World.OPENING_PIN),
                principal);
      }
    } catch (Refusal refusal) {
      call.world()
          .journal()
          .note(
              new JournalNote(
                  World.DELEGATIONS.value(),
                  JournalNote.Kind.DECISION,
                  JournalEvent.ALIPAY_REMARK,
                  Map.of(JournalIds.INTENT_ID, agreement.agreementNo()),
                  Map.of("remark", "not confirmed automatically: " + refusal.detail())));
    }
  }
}
