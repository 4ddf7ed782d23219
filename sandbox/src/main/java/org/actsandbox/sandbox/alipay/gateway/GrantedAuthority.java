package org.actsandbox.sandbox.alipay.gateway;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews.DelegationView;
import org.actsandbox.sandbox.psp.authority.PspDelegationStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in Alipay's words what has become of an authority that was asked for (AIP-52, AIP-197).
 *
 * @param delegation null until the principal confirmed
 * @param status a state of Alipay's list, or {@code SUSPENDED}, which only ACT has
 * @param remaining what can still be paid
 * @param remainingTimes how often; null without a limit
 */
record GrantedAuthority(
    AlipayAgreement agreement,
    @Nullable DelegationView delegation,
    String status,
    @Nullable Money total,
    @Nullable Money remaining,
    @Nullable Integer remainingTimes) {

  static final String SIGNING = "SIGNING";
  static final String INVALID = "INVALID";
  static final String NORMAL = "NORMAL";

  static GrantedAuthority of(GatewayCall call, AlipayAgreement agreement) {
    var agent = new Caller(Role.AGENT, call.app().owner());
    var intent = call.delegations().intent(agreement.agreementNo(), agent);
    var delegationId = intent.delegationId();
    if (delegationId == null) {
      var status =
          switch (intent.status()) {
            case OPEN, WAITING -> SIGNING;
            default -> INVALID;
          };
      return new GrantedAuthority(agreement, null, status, null, null, agreement.timesLimit());
    }
    var delegation = call.delegations().delegation(delegationId, agent);
    var paid = call.psp().delegationBook().find(delegationId);
    var total = delegation.payload().maxTotal();
    var spent = paid.map(PspDelegationStore.Entry::spent).orElse(Money.zero(total.currency()));
    var left = spent.moreThan(total) ? Money.zero(total.currency()) : total.minus(spent);
    var limit = agreement.timesLimit();
    int made = paid.map(PspDelegationStore.Entry::payments).orElse(0);
    var times = limit == null ? null : Integer.valueOf(Math.max(0, limit - made));
    return new GrantedAuthority(
        agreement, delegation, status(delegation, left, times, call), total, left, times);
  }

  /** Returns whether the delegation service has the intent. */
  static boolean isKnown(GatewayCall call, AlipayAgreement agreement) {
    try {
      call.delegations()
          .intent(agreement.agreementNo(), new Caller(Role.AGENT, call.app().owner()));
      return true;
    } catch (Refusal missing) {
      if (missing.problem() != Problem.NOT_FOUND) {
        throw missing;
      }
      return false;
    }
  }

  private static String status(
      DelegationView delegation, Money left, @Nullable Integer times, GatewayCall call) {
    boolean usedUp = left.isZero() || (times != null && times == 0);
    return switch (delegation.state()) {
      case ACTIVE, PENDING -> usedUp ? "FINISHED" : NORMAL;
      case SUSPENDED -> "SUSPENDED";
      case EXPIRED -> "EXPIRED";
      case REVOKED ->
          delegation.changedBy().equals(call.app().owner().value()) ? "CANCELLED" : "TERMINATE";
    };
  }

  boolean isUsable() {
    return delegation != null
        && status.equals(NORMAL)
        && delegation.state() == DelegationDisplayState.ACTIVE;
  }

  Optional<String> delegationId() {
    return Optional.ofNullable(delegation).map(DelegationView::delegationId);
  }

  /** Returns the numbers that the agent platform stores. */
  ObjectNode numbers() {
    var numbers =
        Json.object()
            .put("agreement_no", agreement.agreementNo())
            .put("external_agreement_no", agreement.externalAgreementNo())
            .put("external_delegation_id", agreement.externalDelegationId())
            .put("status", status);
    delegationId().ifPresent(id -> numbers.put("delegation_id", id));
    return numbers;
  }

  /** Returns everything, all of it as text (AIP-52). */
  ObjectNode fields() {
    var fields = numbers();
    if (!agreement.tag().isEmpty()) {
      fields.put("delegation_tag", agreement.tag());
    }
    if (delegation != null && total != null && remaining != null) {
      fields
          .put("validity_start_time", time(delegation.payload().validityStartTime()))
          .put("validity_end_time", time(delegation.payload().validityEndTime()))
          .put("max_total_amount", total.decimal())
          .put("remaining_amount", remaining.decimal());
    }
    if (agreement.timesLimit() != null) {
      fields
          .put("times_limit", String.valueOf(agreement.timesLimit()))
          .put("remaining_times", String.valueOf(remainingTimes));
    }
    return fields;
  }

  private static String time(Instant at) {
    return AlipayNotices.time(at);
  }
}
