package org.actsandbox.sandbox.psp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.delegation.boundary.Boundaries;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.approval.Approvals;
import org.actsandbox.sandbox.psp.approval.Cashier;
import org.actsandbox.sandbox.psp.approval.Decisions;
import org.actsandbox.sandbox.psp.approval.Execution;
import org.actsandbox.sandbox.psp.authority.DelegationBook;
import org.actsandbox.sandbox.psp.authority.DelegationStates;
import org.actsandbox.sandbox.psp.authority.DelegationSums;
import org.actsandbox.sandbox.psp.authority.Preferences;
import org.actsandbox.sandbox.psp.authority.Spending;
import org.actsandbox.sandbox.psp.delegated.DelegatedPayments;
import org.actsandbox.sandbox.psp.dispute.Testimony;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.sandbox.psp.instrument.Instruments;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.Admission;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.payment.PaymentViews;
import org.actsandbox.sandbox.psp.payment.Payments;
import org.actsandbox.sandbox.psp.payment.TradeEnds;
import org.actsandbox.sandbox.psp.payment.TradeLog;
import org.actsandbox.sandbox.psp.payment.Trades;
import org.actsandbox.sandbox.psp.payment.Waiters;
import org.actsandbox.sandbox.psp.proof.Fulfilments;
import org.actsandbox.sandbox.psp.proof.Proofs;
import org.actsandbox.sandbox.psp.refund.Refunds;
import org.actsandbox.sandbox.psp.subaccount.Purses;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts;

/** The payment service of one world: what the endpoints take as argument. */
public final class Psp implements AutoCloseable {

  private final PspWorld world;
  private final Ledger ledger;
  private final Pins pins;
  private final Instruments instruments;
  private final InstrumentBindings bindings;
  private final Waiters waiters;
  private final Notifications notifications;
  private final List<DueWork> dueWork;
  private final PspParts parts;
  private final Admission instantPayments;
  private final Payments payments;
  private final Decisions approvals;
  private final Proofs proofs;
  private final Fulfilments fulfilments;
  private final Refunds refunds;
  private final SubAccounts subAccounts;
  private final DelegationBook delegationBook;
  private final DelegationStates delegationStates;
  private final Preferences preferences;
  private final DelegatedPayments delegatedPayments;
  private final Testimony testimony;

  public Psp(PspWorld world) {
    this(world, PspParts.STANDARD);
  }

  /** Opens it; the first time in a world, principals get their accounts and instruments. */
  public Psp(PspWorld world, PspParts parts) {
    this.world = world;
    this.parts = parts;
    this.waiters = new Waiters(world.strands());
    this.ledger = new Ledger(world);
    this.pins = new Pins(world, parts);
    this.instruments = new Instruments(world, pins, ledger);
    this.bindings = new InstrumentBindings(world, instruments, pins);
    this.notifications = new Notifications(world);
    var trades = new Trades(world);
    var log = new TradeLog(world);
    var ends = new TradeEnds(world, trades, log, notifications, waiters);
    this.payments =
        new Payments(trades, ends, waiters, new PaymentViews(world), new Cashier(world)::content);
    this.proofs = new Proofs(world, trades, log, parts::claims);
    var book = parts.instruments(instruments);
    var books = parts.books(ledger, world);
    var admission =
        new InstantPayments(
            world,
            book,
            parts.rules(PaymentRule.IN_ORDER),
            new InstantPayments.Desk(trades, ends, log));
    this.instantPayments = parts.admission(admission, world);
    this.subAccounts = new SubAccounts(world, pins, ledger, instruments::requireAgent);
    this.delegationBook = new DelegationBook(world);
    this.delegationStates =
        new DelegationStates(world, delegationBook, parts.unissued(Optional.empty()));
    this.preferences = new Preferences(world, pins);
    var spending =
        new Spending(world, delegationBook, delegationStates, parts.boundaries(new Boundaries()));
    var purses = new Purses(book, parts.subAccounts(subAccounts));
    var execution =
        new Execution(
            world, trades, purses, spending, new Execution.Writing(books, proofs, notifications));
    this.delegatedPayments =
        new DelegatedPayments(
            world,
            new DelegatedPayments.Desk(trades, ends, log, notifications, execution),
            purses,
            new DelegatedPayments.Authority(
                delegationBook, delegationStates, spending, preferences));
    var cashier =
        new Approvals(
            world, new Approvals.Desk(trades, pins, ends, log, notifications, waiters), execution);
    this.approvals = parts.decisions(cashier, world);
    this.fulfilments = new Fulfilments(world, trades, log);
    this.refunds = new Refunds(world, trades, books, log, notifications);
    this.testimony = new Testimony(world, trades);
    this.dueWork = Stream.<DueWork>of(ends, notifications).filter(parts::does).toList();
    instruments.open();
  }

  public Ledger ledger() {
    return ledger;
  }

  public Pins pins() {
    return pins;
  }

  public Instruments instruments() {
    return instruments;
  }

  /** An agent's identity is no more: what could pay in its name pays nothing from now on. */
  public void agentGone(Did agent) {
    subAccounts.freezeAllOf(agent);
    instruments.freezeAllOf(agent);
  }

  public InstrumentBindings bindings() {
    return bindings;
  }

  /** As its agent may see it (PSD-1). */
  public Instrument.Shown shownToAgent(Instrument instrument) {
    return parts.shown(named(instrument, instrument.shownToAgent()), instrument);
  }

  public Instrument.Shown shownToPrincipal(Instrument instrument) {
    return named(instrument, instrument.shownToPrincipal());
  }

  /** Where there are several it is said whose it is. */
  private Instrument.Shown named(Instrument instrument, Instrument.Shown shown) {
    return world.principals().areSeveral() ? shown.of(instrument.principal()) : shown;
  }

  public Admission instantPayments() {
    return instantPayments;
  }

  public Payments payments() {
    return payments;
  }

  public Waiters waiters() {
    return waiters;
  }

  public Decisions approvals() {
    return approvals;
  }

  public Proofs proofs() {
    return proofs;
  }

  public Fulfilments fulfilments() {
    return fulfilments;
  }

  public Refunds refunds() {
    return refunds;
  }

  public SubAccounts subAccounts() {
    return subAccounts;
  }

  public DelegationStates delegationStates() {
    return delegationStates;
  }

  public DelegationBook delegationBook() {
    return delegationBook;
  }

  public Preferences preferences() {
    return preferences;
  }

  public DelegatedPayments delegatedPayments() {
    return delegatedPayments;
  }

  public Testimony testimony() {
    return testimony;
  }

  /**
   * What was paid under a delegation, by the payment service's own count.
   *
   * @throws Refusal {@code not_found} before the first payment, and for another agent's or another
   *     principal's
   */
  public DelegationSums sums(String delegationId, Caller caller) {
    return DelegationSums.of(delegationBook, world.keys(), delegationId, caller);
  }

  public Notifications notifications() {
    return notifications;
  }

  /** Payments that run out of time and notifications to send again. */
  public List<DueWork> dueWork() {
    return dueWork;
  }

  /**
   * Runs {@code work} and journals it when it is refused: also an attempt that moves no money is
   * part of the story.
   *
   * @param ids what ties the entry to others
   */
  public <T> T journalled(
      Caller caller, ActComponent component, Map<String, String> ids, Supplier<T> work) {
    try {
      return work.get();
    } catch (Refusal refusal) {
      world.note(
          JournalNote.Kind.REFUSAL,
          component,
          "refused",
          ids,
          Map.of(
              "code", refusal.problem().code(),
              "detail", refusal.detail(),
              "role", caller.role().code(),
              "caller", caller.did().map(Object::toString).orElse("")));
      throw refusal;
    }
  }

  /** Lets go of whoever waits; nothing stored is lost. */
  @Override
  public void close() {
    notifications.close();
    waiters.close();
  }
}
