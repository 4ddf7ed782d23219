package org.actsandbox.sandbox.psp.authority;

import java.time.Instant;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.FieldChecks;
import org.jspecify.annotations.Nullable;

/**
 * States what was paid under a delegation, by the payment service's own count.
 *
 * @param state the last known state of the delegation
 */
public record DelegationSums(
    String delegationId,
    String total,
    String spent,
    String left,
    String currency,
    int payments,
    @Nullable String state,
    @Nullable Instant checkedAt) {

  /**
   * @throws Refusal {@code not_found} before the first payment, and for the delegation of another
   *     agent or another principal
   */
  public static DelegationSums of(
      PspDelegationStore store, KeyDirectory keys, String delegationId, Caller caller) {
    var entry =
        store
            .find(FieldChecks.text("delegation_id", delegationId, 64))
            .orElseThrow(() -> unknown(delegationId));
    var iac = entry.iac();
    if (iac == null) {
      throw unknown(delegationId);
    }
    var authority = IacCodec.verify(iac, keys).payload();
    var owner = caller.is(Role.AGENT) ? authority.agentId() : authority.delegatorIdentity();
    if (!caller.did().map(Did::value).orElse("").equals(owner)) {
      throw unknown(delegationId);
    }
    var total = authority.maxTotal();
    var spent = new Money(entry.spent().minorUnits(), total.currency());
    var left = spent.moreThan(total) ? Money.zero(total.currency()) : total.minus(spent);
    var state = entry.state();
    return new DelegationSums(
        delegationId,
        total.decimal(),
        spent.decimal(),
        left.decimal(),
        total.currency().getCurrencyCode(),
        entry.payments(),
        state == null ? null : state.code(),
        entry.checkedAt());
  }

  private static Refusal unknown(String delegationId) {
    return new Refusal(Problem.NOT_FOUND, "nothing was paid under such a delegation")
        .at("delegation_id")
        .observed(delegationId);
  }
}
