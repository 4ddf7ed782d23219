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
 * delegation's row stays locked from check to count, so of payments that race for the last of a
 * budget the second sees the first one's sum; and a revocation that was told before the lock
 * counts.
 *
 * <p>Locks are taken in the order payment, delegation, purse, accounts.
 */
public final class SpendingControl {

  private final PspWorld world;
  private final PspDelegationStore book;
  private final DelegationStates states;
  private final BoundaryCheck boundaries;

  public SpendingControl(
      PspWorld world, PspDelegationStore book, DelegationStates states, BoundaryCheck boundaries) {
    this.world = world;
    this.book = book;
    this.states = states;
    this.boundaries = boundaries;
  }

  /** Looks up how the delegation stands, where that may have changed; holds no lock meanwhile. */
  public void refresh(Trade trade) {
    var entry = book.find(delegated(trade).delegationId()).orElseThrow();
    states.refresh(IacCodec.verify(Objects.requireNonNull(entry.iac()), world.keys()), entry);
  }

  /** Checks a payment that was taken before, by the credential it came with. */
  public List<Integer> check(Trade trade, String method, Instant at) {
    var entry = book.lock(delegated(trade).delegationId());
    var iac = IacCodec.verify(Objects.requireNonNull(entry.iac()), world.keys());
    return check(trade, iac.payload(), method, at);
  }

  /**
   * Passes when the payment is inside everything its delegation bounds.
   *
   * @param method balance | card | sub_account
   * @return how often each purchase target is bought once this payment is made
   * @throws Refusal for the first boundary passed
   */
  public List<Integer> check(Trade trade, IacPayload authority, String method, Instant at) {
    var delegated = delegated(trade);
    var entry = book.lock(delegated.delegationId());
    var state = entry.state() == null ? DelegationState.ACTIVE : entry.state();
    // A credential in a foreign currency is refused by name, not by a sum of unlike things.
    var spent = new Money(entry.spent().minorUnits(), authority.maxTotal().currency());
    var failures = book.failures(delegated.delegationId(), Trades.openOrder(trade.asked().bill()));
    var payee = trade.asked().bill().payee();
    boundaries.requireWithin(
        authority,
        new DelegationUsage(
            state, spent, entry.payments(), failures, entry.bought(), entry.firstPrice()),
        new PaymentAttempt(
            at,
            trade.asked().agent(),
            trade.asked().principal(),
            delegated.mode(),
            trade.asked().amount(),
            method,
            payee,
            world.payees().apply(payee).map(Payee::category).orElse("unknown"),
            delegated.fulfilmentAt(),
            delegated.goods()));
    return bought(authority, delegated, entry.bought());
  }

  /**
   * Counts what was checked and booked.
   *
   * @param bought as the check of this payment answered
   */
  public void count(Trade trade, List<Integer> bought) {
    book.count(delegated(trade).delegationId(), trade.asked().amount(), bought);
  }

  private static List<Integer> bought(
      IacPayload authority, Trade.Delegated delegated, List<Integer> before) {
    var targets = authority.bounds().targetsOrNone();
    return delegated.goods() == null || targets.isEmpty()
        ? before
        : TargetMatch.of(targets, delegated.goods(), before).boughtAfter(before);
  }

  /** Remembers that executing it failed, for the retry policy. */
  public void recordFailure(Trade trade) {
    book.countFailure(delegated(trade).delegationId(), Trades.openOrder(trade.asked().bill()));
  }

  private static Trade.Delegated delegated(Trade trade) {
    return Objects.requireNonNull(trade.asked().delegated());
  }
}
