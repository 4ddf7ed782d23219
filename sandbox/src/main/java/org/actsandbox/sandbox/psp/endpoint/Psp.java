package org.actsandbox.sandbox.psp.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.participant.ParticipantWorld;
import org.actsandbox.protocol.delegation.boundary.DelegationBoundaryCheck;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
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
import org.actsandbox.sandbox.psp.instrument.InstrumentRules;
import org.actsandbox.sandbox.psp.instrument.Instruments;
import org.actsandbox.sandbox.psp.instrument.PinPolicy;
import org.actsandbox.sandbox.psp.instrument.Pins;
import org.actsandbox.sandbox.psp.ledger.Ledger;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.DecisionWaiters;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.payment.PaymentOpening;
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

/** Is the payment service of one world, which endpoints take as argument. */
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
  private final PaymentOpening paymentOpening;
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
  private final PaymentEvidence paymentEvidence;

  public Psp(PspWorld world) {
    this(world, PspParts.STANDARD);
  }

  /**
   * Opens the payment service; the first time in a world, principals get their accounts and
   * instruments.
   */
  public Psp(PspWorld world, PspParts parts) {
    this.world = world;
    this.parts = parts;
    this.decisionWaiters = new DecisionWaiters(world.backgroundTurns());
    this.ledger = new Ledger(world);
    this.pins = new Pins(world, parts::pinMatch, parts.pinPolicy(PinPolicy.STANDARD));
    this.instruments =
        new Instruments(world, pins, ledger, parts.instrumentRules(InstrumentRules.STANDARD));
    this.bindings = new InstrumentBindings(world, instruments, pins);
    this.notifications = new Notifications(world);
    var trades = new Trades(world);
    var log = new TradeLog(world);
    var termination = new TradeTermination(world, trades, log, notifications, decisionWaiters);
    this.pspPayments =
        new PspPayments(
            trades,
            termination,
            decisionWaiters,
            new PaymentViews(world),
            new Cashier(world)::content);
    this.paymentProofs = new PaymentProofs(world, trades, log, parts::proofClaims);
    var ledgerPort = parts.ledgerPort(ledger, world);
    this.paymentOpening = new PaymentOpening(world, trades, termination, log, notifications);
    var admission =
        new InstantPayments(
            world, instruments, parts.rules(PaymentRule.IN_ORDER), trades, paymentOpening);
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
    var paymentSources = new PaymentSources(instruments, subAccounts, parts::subAccount);
    var paymentExecution =
        new PaymentExecution(
            world,
            trades,
            paymentSources,
            spendingControl,
            new PaymentExecution.Recording(ledgerPort, paymentProofs, notifications));
    this.delegatedPayments =
        new DelegatedPayments(
            world,
            new DelegatedPayments.Collaborators(
                trades, termination, log, notifications, paymentExecution),
            paymentSources,
            new DelegatedPayments.Authority(
                pspDelegationStore, delegationStates, spendingControl, paymentPreferences));
    var cashier =
        new Approvals(
            world,
            new Approvals.Collaborators(
                trades, pins, termination, log, notifications, decisionWaiters),
            paymentExecution);
    this.approvals = parts.cashierService(cashier, world);
    this.fulfilments = new Fulfilments(world, trades, log, notifications);
    this.refunds = new Refunds(world, trades, ledgerPort, log, notifications);
    this.paymentEvidence = new PaymentEvidence(world, trades);
    this.dueWork =
        Stream.of(termination.dueWork(), notifications.deliveries())
            .filter(parts::performs)
            .toList();
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

  /** Freezes all sub-accounts and instruments of an agent whose identity was revoked. */
  public void agentGone(Did agent) {
    subAccounts.freezeAllOf(agent);
    instruments.freezeAllOf(agent);
  }

  public InstrumentBindings bindings() {
    return bindings;
  }

  /** Returns the view of an instrument that its agent may see (PSD-1). */
  public Instrument.InstrumentView shownToAgent(Instrument instrument) {
    return parts.instrumentView(withPrincipal(instrument, instrument.shownToAgent()), instrument);
  }

  public Instrument.InstrumentView shownToPrincipal(Instrument instrument) {
    return withPrincipal(instrument, instrument.shownToPrincipal());
  }

  /** Adds the principal's id where the world has several principals. */
  private Instrument.InstrumentView withPrincipal(
      Instrument instrument, Instrument.InstrumentView shown) {
    return world.principals().hasSeveral() ? shown.of(instrument.principal()) : shown;
  }

  public PaymentAdmission instantPayments() {
    return instantPayments;
  }

  /** Returns what opens payments that were checked in another form than ACT's. */
  public PaymentOpening opening() {
    return paymentOpening;
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
    return paymentEvidence;
  }

  /**
   * Returns what was paid under a delegation, by the payment service's own count.
   *
   * @throws Refusal {@code not_found} before the first payment, and for the delegation of another
   *     agent or another principal
   */
  public DelegationSums delegationSums(String delegationId, Caller caller) {
    return DelegationSums.of(pspDelegationStore, world.keys(), delegationId, caller);
  }

  public Notifications notifications() {
    return notifications;
  }

  /** Returns the work that becomes due: payments that time out and notifications to send again. */
  public List<DueWork> dueWork() {
    return dueWork;
  }

  /** Runs {@code work} as {@link ParticipantWorld#journalled} does. */
  public <T> T journalled(
      Caller caller, ActComponent component, Map<String, String> ids, Supplier<T> work) {
    return world.journalled(caller, component, ids, work);
  }

  /** Wakes all waiting queries; nothing stored is lost. */
  @Override
  public void close() {
    notifications.close();
    decisionWaiters.close();
  }
}
