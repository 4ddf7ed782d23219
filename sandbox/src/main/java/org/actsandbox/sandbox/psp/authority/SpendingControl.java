package org.actsandbox.sandbox.psp.authority;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.delegation.boundary.BoundaryCheck;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.delegation.boundary.TargetMatch;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;

/**
 * Checks payments against their delegation and counts them, in the caller's transaction. The
 * delegation's row stays locked from check to count, so that racing payments cannot overspend: the
 * second one sees the first one's sum. A revocation that was reported before the lock counts.
 *
 * <p>Locks are taken in the order payment, delegation, payment source, accounts.
 */
public final class SpendingControl {

  private final PspWorld world;
  private final PspDelegationStore store;
  private final DelegationStates states;
  private final BoundaryCheck boundaries;

  public SpendingControl(
      PspWorld world, PspDelegationStore store, DelegationStates states, BoundaryCheck boundaries) {
    this.world = world;
    this.store = store;
    this.states = states;
    this.boundaries = boundaries;
  }

  /** Refreshes the delegation's state where it may have changed; holds no lock meanwhile. */
  public void refresh(Trade trade) {
    var entry = store.find(delegated(trade).delegationId()).orElseThrow();
    states.refresh(IacCodec.verify(Objects.requireNonNull(entry.iac()), world.keys()), entry);
  }

  /** Checks a payment that waited for approval, by the credential that it came with. */
  public List<Integer> check(Trade trade, String method, Instant at) {
    var entry = store.lock(delegated(trade).delegationId());
    var iac = IacCodec.verify(Objects.requireNonNull(entry.iac()), world.keys());
    return check(trade, iac.payload(), method, at);
  }

  /**
   * Passes when the payment is within all limits of its delegation.
   *
   * @param method balance | card | sub_account
   * @return how often each purchase target is bought once this payment is made
   * @throws Refusal for the first limit that the payment exceeds
   */
  public List<Integer> check(Trade trade, IacPayload authority, String method, Instant at) {
    var delegated = delegated(trade);
    var entry = store.lock(delegated.delegationId());
    var state = entry.state() == null ? DelegationState.ACTIVE : entry.state();
    // A credential in a foreign currency is refused for its currency, not for a sum of unlike
    // amounts.
    var spent = new Money(entry.spent().minorUnits(), authority.maxTotal().currency());
    var failures = store.failures(delegated.delegationId(), Trades.openOrder(trade.terms().bill()));
    var payee = trade.terms().bill().payee();
    boundaries.requireWithin(
        authority,
        new DelegationUsage(
            state, spent, entry.payments(), failures, entry.bought(), entry.firstPrice()),
        new PaymentAttempt(
            at,
            trade.terms().agent(),
            trade.terms().principal(),
            delegated.mode(),
            trade.terms().amount(),
            method,
            payee,
            world.payees().apply(payee).map(Payee::category).orElse("unknown"),
            delegated.fulfilmentAt(),
            delegated.goods()));
    return bought(authority, delegated, entry.bought());
  }

  /**
   * Counts a payment that was checked and booked.
   *
   * @param bought the result of this payment's check
   */
  public void count(Trade trade, List<Integer> bought) {
    store.count(delegated(trade).delegationId(), trade.terms().amount(), bought);
  }

  private static List<Integer> bought(
      IacPayload authority, Trade.Delegated delegated, List<Integer> before) {
    var targets = authority.bounds().targetsOrNone();
    return delegated.goods() == null || targets.isEmpty()
        ? before
        : TargetMatch.of(targets, delegated.goods(), before).boughtAfter(before);
  }

  /** Counts a failed execution, for the retry policy. */
  public void recordFailure(Trade trade) {
    store.countFailure(delegated(trade).delegationId(), Trades.openOrder(trade.terms().bill()));
  }

  private static Trade.Delegated delegated(Trade trade) {
    return Objects.requireNonNull(trade.terms().delegated());
  }
}
