package org.actsandbox.sandbox.psp.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.Approvals;
import org.actsandbox.sandbox.psp.approval.Cashier;
import org.actsandbox.sandbox.psp.approval.CashierService;
import org.actsandbox.sandbox.psp.approval.PaymentExecution;
import org.actsandbox.sandbox.psp.authority.DelegationStates;
import org.actsandbox.sandbox.psp.authority.DelegationSums;
import org.actsandbox.sandbox.psp.authority.PaymentPreferences;
import org.actsandbox.sandbox.psp.authority.PspDelegationStore;
import org.actsandbox.sandbox.psp.authority.SpendingControl;
import org.actsandbox.sandbox.psp.delegated.DelegatedPayments;
import org.actsandbox.sandbox.psp.dispute.PaymentEvidence;
import org.actsandbox.sandbox.psp.instrument.Instrument;
import org.actsandbox.sandbox.psp.instrument.InstrumentBindings;
import org.actsandbox.sandbox.psp.instrument.Instruments;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.DecisionWaiters;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.payment.PaymentRule;
import org.actsandbox.sandbox.psp.payment.PaymentViews;
import org.actsandbox.sandbox.psp.payment.PspPayments;
import org.actsandbox.sandbox.psp.payment.TradeTermination;
import org.actsandbox.sandbox.psp.proof.Fulfilments;
import org.actsandbox.sandbox.psp.proof.PaymentProofs;
import org.actsandbox.sandbox.psp.refund.Refunds;
import org.actsandbox.sandbox.psp.subaccount.PaymentSources;
import org.actsandbox.sandbox.psp.subaccount.SubAccounts;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;

/** The payment service of one world: what the endpoints take as argument. */
public final class Psp implements AutoCloseable {

  private final PspWorld world;
  private final Ledger ledger;
  private final Pins pins;
  private final Instruments instruments;
  private final InstrumentBindings bindings;
  private final DecisionWaiters decisionWaiters;
  private final Notifications notifications;
  private final List<DueWork> dueWork;
  private final PspParts parts;
  private final PaymentAdmission instantPayments;
  private final PspPayments pspPayments;
  private final CashierService approvals;
  private final PaymentProofs paymentProofs;
  private final Fulfilments fulfilments;
  private final Refunds refunds;
  private final SubAccounts subAccounts;
  private final PspDelegationStore pspDelegationStore;
  private final DelegationStates delegationStates;
  private final PaymentPreferences paymentPreferences;
  private final DelegatedPayments delegatedPayments;
  private final PaymentEvidence testimony;

  public Psp(PspWorld world) {
    this(world, PspParts.STANDARD);
  }

  /** Opens it; the first time in a world, principals get their accounts and instruments. */
  public Psp(PspWorld world, PspParts parts) {
    this.world = world;
    this.parts = parts;
    this.decisionWaiters = new DecisionWaiters(world.strands());
    this.ledger = new Ledger(world);
    this.pins = new Pins(world, parts::pinMatch, parts.pinPolicy(PinPolicy.STANDARD));
    this.instruments = new Instruments(world, pins, ledger);
    this.bindings = new InstrumentBindings(world, instruments, pins);
    this.notifications = new Notifications(world);
    var trades = new Trades(world);
    var log = new TradeLog(world);
    var ends = new TradeTermination(world, trades, log, notifications, decisionWaiters);
    this.pspPayments =
        new PspPayments(
            trades, ends, decisionWaiters, new PaymentViews(world), new Cashier(world)::content);
    this.paymentProofs = new PaymentProofs(world, trades, log, parts::proofClaims);
    var book = parts.instrumentLookup(instruments);
    var books = parts.ledgerPort(ledger, world);
    var admission =
        new InstantPayments(
            world,
            book,
            parts.rules(PaymentRule.IN_ORDER),
            new InstantPayments.Desk(trades, ends, log));
    this.instantPayments = parts.admission(admission, world);
    this.subAccounts = new SubAccounts(world, pins, ledger, instruments::requireAgent);
    this.pspDelegationStore = new PspDelegationStore(world);
    this.delegationStates =
        new DelegationStates(world, pspDelegationStore, parts.unissued(Optional.empty()));
    this.paymentPreferences = new PaymentPreferences(world, pins);
    var spendingControl =
        new SpendingControl(
            world,
            pspDelegationStore,
            delegationStates,
            parts.boundaries(new DelegationBoundaryCheck()));
    var paymentSources = new PaymentSources(book, parts.subAccountLookup(subAccounts));
    var paymentExecution =
        new PaymentExecution(
            world,
            trades,
            paymentSources,
            spendingControl,
            new PaymentExecution.Writing(books, paymentProofs, notifications));
    this.delegatedPayments =
        new DelegatedPayments(
            world,
            new DelegatedPayments.Desk(trades, ends, log, notifications, paymentExecution),
            paymentSources,
            new DelegatedPayments.Authority(
                pspDelegationStore, delegationStates, spendingControl, paymentPreferences));
    var cashier =
        new Approvals(
            world,
            new Approvals.Desk(trades, pins, ends, log, notifications, decisionWaiters),
            paymentExecution);
    this.approvals = parts.cashierService(cashier, world);
    this.fulfilments = new Fulfilments(world, trades, log);
    this.refunds = new Refunds(world, trades, books, log, notifications);
    this.testimony = new PaymentEvidence(world, trades);
    this.dueWork = Stream.<DueWork>of(ends, notifications).filter(parts::performs).toList();
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
  public Instrument.InstrumentView shownToAgent(Instrument instrument) {
    return parts.instrumentView(named(instrument, instrument.shownToAgent()), instrument);
  }

  public Instrument.InstrumentView shownToPrincipal(Instrument instrument) {
    return named(instrument, instrument.shownToPrincipal());
  }

  /** Where there are several it is said whose it is. */
  private Instrument.InstrumentView named(Instrument instrument, Instrument.InstrumentView shown) {
    return world.principals().hasSeveral() ? shown.of(instrument.principal()) : shown;
  }

  public PaymentAdmission instantPayments() {
    return instantPayments;
  }

  public PspPayments payments() {
    return pspPayments;
  }

  public DecisionWaiters waiters() {
    return decisionWaiters;
  }

  public CashierService approvals() {
    return approvals;
  }

  public PaymentProofs proofs() {
    return paymentProofs;
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

  public PspDelegationStore delegationBook() {
    return pspDelegationStore;
  }

  public PaymentPreferences preferences() {
    return paymentPreferences;
  }

  public DelegatedPayments delegatedPayments() {
    return delegatedPayments;
  }

  public PaymentEvidence paymentEvidence() {
    return testimony;
  }

  /**
   * What was paid under a delegation, by the payment service's own count.
   *
   * @throws Refusal {@code not_found} before the first payment, and for another agent's or another
   *     principal's
   */
  public DelegationSums delegationSums(String delegationId, Caller caller) {
    return DelegationSums.of(pspDelegationStore, world.keys(), delegationId, caller);
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
    decisionWaiters.close();
  }
}
