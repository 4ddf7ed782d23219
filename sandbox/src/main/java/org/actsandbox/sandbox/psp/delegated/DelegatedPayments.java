package org.actsandbox.sandbox.psp.delegated;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.a402.TradeEvent;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.sandbox.notification.WebhookAddress;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.PaymentExecution;
import org.actsandbox.sandbox.psp.authority.DelegationStates;
import org.actsandbox.sandbox.psp.authority.PaymentPreferences;
import org.actsandbox.sandbox.psp.authority.PspDelegationStore;
import org.actsandbox.sandbox.psp.authority.SpendingControl;
import org.actsandbox.sandbox.psp.notification.Notifications;
import org.actsandbox.sandbox.psp.payment.BillCheck;
import org.actsandbox.sandbox.psp.payment.FlowIdentifierCheck;
import org.actsandbox.sandbox.psp.payment.InstantPayments;
import org.actsandbox.sandbox.psp.payment.PaymentAdmission;
import org.actsandbox.sandbox.psp.payment.PaymentRequestChecks;
import org.actsandbox.sandbox.psp.payment.TradeTermination;
import org.actsandbox.sandbox.psp.subaccount.PaymentSources;
import org.actsandbox.sandbox.psp.subaccount.PaymentSources.PaymentSource;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.TradeLog;
import org.actsandbox.sandbox.psp.trade.Trades;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes the payments that a delegation permits, without asking the principal again (ACT PSD-5,
 * PSD-7). It checks replay, time window, agent, credential, state, limits, payment source, payee
 * and bill, in this order; then check, debit, count, proof and notification are one transaction.
 */
public final class DelegatedPayments {

  private final PspWorld world;
  private final Trades trades;
  private final TradeTermination termination;
  private final TradeLog log;
  private final Notifications notifications;
  private final PaymentExecution paymentExecution;
  private final PaymentSources paymentSources;
  private final Authority authority;

  /** Bundles the services that store and execute payments. */
  public record Collaborators(
      Trades trades,
      TradeTermination termination,
      TradeLog log,
      Notifications notifications,
      PaymentExecution execution) {}

  /** Bundles the services that know delegations. */
  public record Authority(
      PspDelegationStore store,
      DelegationStates states,
      SpendingControl spending,
      PaymentPreferences preferences) {}

  public DelegatedPayments(
      PspWorld world,
      Collaborators collaborators,
      PaymentSources paymentSources,
      Authority authority) {
    this.world = world;
    this.trades = collaborators.trades();
    this.termination = collaborators.termination();
    this.log = collaborators.log();
    this.notifications = collaborators.notifications();
    this.paymentExecution = collaborators.execution();
    this.paymentSources = paymentSources;
    this.authority = authority;
  }

  /** Returns the standard's component for payments of a mode. */
  public static ActComponent component(DelegationMode mode) {
    return switch (mode) {
      case SPECIFIED -> ActComponent.PSD_PAY_DEL;
      case BOUNDED -> ActComponent.PSD_PAY_AUP;
    };
  }

  /** Represents a request with a verified sender and credential. */
  private record VerifiedRequest(
      DelegatedPaymentRequest request,
      JsonNode raw,
      String digest,
      Did agent,
      Iac iac,
      Optional<DelegationStates.ObservedState> observedState,
      Optional<BilledOrder> billedOrder,
      PaymentSource source,
      Money amount,
      DelegationMode mode,
      Instant at) {}

  /**
   * Pays, or opens the cashier when the principal wants to be asked about every payment.
   *
   * @param caller the agent that the request's key belongs to
   * @throws Refusal for the first check that fails; no money moved then
   */
  public PaymentAdmission.AdmittedPayment take(byte[] body, Did caller, DelegationMode mode) {
    var jsonMessage = JsonMessage.parse(body);
    var request =
        jsonMessage.bind(
            DelegatedPaymentRequest.class,
            (asked, mistakes) ->
                mistakes.check(
                    () ->
                        WebhookAddress.optional(
                            "callback_url", asked.callbackUrl(), world.channels().allowed())));
    var amount = FieldChecks.money("amount", request.amount(), request.currency());
    var digest = jsonMessage.digest();
    var known = trades.findByRequest(caller, request.requestId());
    if (known.isPresent()) {
      return PaymentRequestChecks.replay(known.get(), digest);
    }
    var now = world.now();
    PaymentRequestChecks.requireFresh("timestamp", request.timestamp(), now);
    PaymentRequestChecks.requireAgent(
        request.agentId(), jsonMessage.verifySigner(world.keys()), caller);
    var iac = IacCodec.verify(request.iac(), world.keys());
    requireSame(request, iac);
    requireKnownIssuer(iac);
    var paymentSource = paymentSources.find(request);
    var observedState = observe(iac);
    var billedOrder = BilledOrder.of(jsonMessage.raw(), request);
    return finish(
        new VerifiedRequest(
            request,
            jsonMessage.raw(),
            digest,
            caller,
            iac,
            observedState,
            billedOrder,
            paymentSource,
            amount,
            mode,
            now));
  }

  /** Observes a delegation state that is not stored yet; it is stored together with the payment. */
  private Optional<DelegationStates.ObservedState> observe(Iac iac) {
    return authority.states().observe(iac, authority.store().findVerified(iac));
  }

  private void storeObserved(
      Optional<DelegationStates.ObservedState> observed, Iac iac, Instant at) {
    observed.ifPresent(
        observedState -> {
          if (observedState.confirms()) {
            authority.store().register(iac, at);
          }
          authority.states().store(observedState);
        });
  }

  /**
   * Represents an order that rests on a delegation and came in another form than ACT's, so that its
   * seller signed no bill.
   *
   * @param digest what makes another request with the same number another order
   * @param request the order as JSON
   * @param credential the credential of the delegation as a compact VC-JWT
   * @param mostPayments the number of payments that the agent platform asked for; null for any
   */
  public record PlacedOrder(
      String requestId,
      String tradeNo,
      String digest,
      Trade.Bill bill,
      Money amount,
      String instrumentRef,
      String subject,
      Instant expiresAt,
      String request,
      String credential,
      @Nullable Integer mostPayments) {}

  /**
   * Pays an order of another form within the same delegation, limits and sources as every other.
   *
   * @throws Refusal as {@link #take}; {@code limit_exceeded} beyond the number of payments
   */
  public PaymentAdmission.AdmittedPayment payOrder(PlacedOrder order, Did agent) {
    var known = trades.findByRequest(agent, order.requestId());
    if (known.isPresent()) {
      return PaymentRequestChecks.replay(known.get(), order.digest());
    }
    var iac = IacCodec.verify(order.credential(), world.keys());
    requireKnownIssuer(iac);
    var source = paymentSources.find(order.instrumentRef());
    var observed = observe(iac);
    var at = world.now();
    var trade = trade(order, agent, iac, source, at);
    try {
      var done = world.inTransaction(() -> payLocked(order, trade, iac, observed, source.method()));
      return announced(
          done.orElseThrow(
              () ->
                  trades
                      .findOpen(trade.terms().bill())
                      .map(PaymentRequestChecks::orderTaken)
                      .orElseGet(
                          () ->
                              new Refusal(
                                  Problem.DUPLICATE_REQUEST, "the same payment just began"))));
    } catch (Refusal refused) {
      if (refused.problem() != Problem.UNAVAILABLE) {
        storeAfterRefusal(observed, iac, at, trade, refused);
      }
      throw refused;
    }
  }

  private Optional<Done> payLocked(
      PlacedOrder order,
      Trade trade,
      Iac iac,
      Optional<DelegationStates.ObservedState> observed,
      String method) {
    var at = trade.createdAt();
    storeObserved(observed, iac, at);
    var bought = authority.spending().check(trade, iac.payload(), method, at);
    var most = order.mostPayments();
    int made = authority.store().lock(iac.payload().delegationId()).payments();
    if (most != null && made >= most) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "the delegation was used often enough")
          .at("times_limit")
          .expected("at most " + most + " payments")
          .observed(String.valueOf(made));
    }
    paymentSources.requireUsable(trade.terms(), at);
    paymentSources.requireCovers(trade.terms());
    if (authority.preferences().get(trade.terms().principal()).askEveryPayment()) {
      return trades.add(trade, order.request())
          ? Optional.of(new Done(trade, Optional.empty()))
          : Optional.empty();
    }
    return paymentExecution
        .payDelegated(
            trade, order.request(), new PaymentExecution.Checked(iac.digest(), bought), at)
        .map(executed -> new Done(executed.paid(), Optional.of(executed.notificationId())));
  }

  private static Trade trade(
      PlacedOrder order, Did agent, Iac iac, PaymentSource source, Instant at) {
    return new Trade(
        order.tradeNo(),
        order.digest(),
        new Trade.PaymentTerms(
            order.requestId(),
            agent,
            iac.issuer(),
            iac.payload().intentId(),
            order.bill(),
            order.amount(),
            source.ref(),
            source.account(),
            source.label(),
            order.subject(),
            new Trade.Delegated(iac.payload().delegationId(), DelegationMode.BOUNDED, null, null)),
        at,
        order.expiresAt(),
        Trade.Progress.waiting(order.amount()));
  }

  private PaymentAdmission.AdmittedPayment finish(VerifiedRequest verified) {
    var trade = trade(verified);
    var done = pay(verified, trade);
    if (done.isEmpty()) {
      var same = trades.findByRequest(verified.agent(), verified.request().requestId());
      if (same.isPresent()) {
        return PaymentRequestChecks.replay(same.get(), verified.digest());
      }
      var open = trades.findOpen(trade.terms().bill());
      // An overdue payment, which cannot be approved any more, does not block a new one.
      if (open.isPresent() && !termination.endIfOverdue(open.get().tradeNo())) {
        throw PaymentRequestChecks.orderTaken(open.get());
      }
      done = pay(verified, trade);
    }
    return announced(
        done.orElseThrow(
            () ->
                new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
                    .at("merchant_order_no")));
  }

  /**
   * Represents a stored payment, made or waiting for approval.
   *
   * @param notificationId the notification to send; empty while the principal is asked
   */
  private record Done(Trade trade, Optional<String> notificationId) {}

  /** Returns empty when the request id or the order is taken. */
  private Optional<Done> pay(VerifiedRequest verified, Trade trade) {
    try {
      return world.inTransaction(() -> payLocked(verified, trade));
    } catch (Refusal refused) {
      // A lost race for a lock says nothing about the payment, and its repetition looks again.
      if (refused.problem() != Problem.UNAVAILABLE) {
        storeAfterRefusal(verified.observedState(), verified.iac(), verified.at(), trade, refused);
      }
      throw refused;
    }
  }

  /**
   * Stores the observed state also after a refusal, so that the status service is not asked twice.
   */
  private void storeAfterRefusal(
      Optional<DelegationStates.ObservedState> observed,
      Iac iac,
      Instant at,
      Trade trade,
      Refusal refused) {
    world.inTransaction(
        () -> {
          storeObserved(observed, iac, at);
          if (refused.problem() == Problem.INSUFFICIENT_BALANCE) {
            authority.spending().recordFailure(trade);
          }
          return true;
        });
  }

  private Optional<Done> payLocked(VerifiedRequest verified, Trade trade) {
    var request = verified.request();
    storeObserved(verified.observedState(), verified.iac(), verified.at());
    var bought =
        authority
            .spending()
            .check(trade, verified.iac().payload(), verified.source().method(), verified.at());
    paymentSources.requireAuthorized(
        request, verified.raw().path("sub_account_authorization"), verified.agent(), verified.at());
    paymentSources.requireUsable(trade.terms(), verified.at());
    paymentSources.requireCovers(trade.terms());
    PaymentRequestChecks.requirePayee(world, request.payee());
    BillCheck.check(new Billed(verified, world.keys(), world.did()));
    var payload = verified.iac().payload();
    FlowIdentifierCheck.require(request.bill(), payload.intentId(), payload.delegationId());
    verified.billedOrder().ifPresent(billedOrder -> billedOrder.requireBilled(verified.request()));
    var raw = Json.write(verified.raw());
    notifications
        .deliveries()
        .addCallback(trade.tradeNo(), trade.terms().agent(), request.callbackUrl());
    if (authority.preferences().get(trade.terms().principal()).askEveryPayment()) {
      return trades.add(trade, raw)
          ? Optional.of(new Done(trade, Optional.empty()))
          : Optional.empty();
    }
    return paymentExecution
        .payDelegated(
            trade,
            raw,
            new PaymentExecution.Checked(verified.iac().digest(), bought),
            verified.at())
        .map(executed -> new Done(executed.paid(), Optional.of(executed.notificationId())));
  }

  private PaymentAdmission.AdmittedPayment announced(Done done) {
    var trade = done.trade();
    var component = component(Objects.requireNonNull(trade.terms().delegated()).mode());
    if (done.notificationId().isPresent()) {
      log.moved(
          component,
          TransactionState.CREATE,
          trade,
          TradeEvent.PAYMENT_NEEDED_ISSUED,
          TradeEvent.PAYMENT_VALIDATED);
      notifications.sendAfterCommit(done.notificationId().get(), trade);
    } else {
      world.agenda().wakeAt(trade.expiresAt());
      log.moved(component, TransactionState.CREATE, trade, TradeEvent.PAYMENT_NEEDED_ISSUED);
    }
    return new PaymentAdmission.AdmittedPayment(trade, true);
  }

  private static void requireSame(DelegatedPaymentRequest request, Iac iac) {
    if (!iac.payload().delegationId().equals(request.delegationId())) {
      throw new Refusal(Problem.IAC_INVALID, "the credential is another delegation's")
          .at("delegation_id")
          .expected(iac.payload().delegationId())
          .observed(request.delegationId());
    }
    // A platform agent acts for many principals: the one it names must be the one that authorized
    // it.
    if (!iac.payload().delegatorIdentity().equals(request.principalId())) {
      throw new Refusal(Problem.IAC_PRINCIPAL_MISMATCH, "the delegation is another principal's")
          .at("principal_id")
          .expected(iac.payload().delegatorIdentity())
          .observed(request.principalId())
          .remedy("Use the delegation that was given for this.");
    }
  }

  /**
   * Refuses credentials from other issuers before anything is stored: otherwise an attacker could
   * sign a credential of its own with the id of one that the principal gave.
   */
  private void requireKnownIssuer(Iac iac) {
    if (!world.principals().has(iac.issuer())) {
      throw new Refusal(
              Problem.IAC_PRINCIPAL_MISMATCH,
              "the delegation is not from a principal with an account here")
          .at("iac.issuer")
          .expected("a principal of this world")
          .observed(iac.issuer().value())
          .remedy("Use the delegation that was given for this.");
    }
  }

  private record Billed(VerifiedRequest verified, KeyDirectory keys, Did psp)
      implements BillCheck.BilledRequest {

    @Override
    public JsonNode rawBill() {
      return verified.raw().path("bill");
    }

    @Override
    public JsonNode rawMethod() {
      return verified.raw().path("bill_method");
    }

    @Override
    public BillCheck.Claim claim() {
      var request = verified.request();
      return new BillCheck.Claim(
          request.bill(),
          request.payee(),
          request.merchantOrderNo(),
          request.currency(),
          request.agentId());
    }

    @Override
    public Money amount() {
      return verified.amount();
    }

    @Override
    public Instant now() {
      return verified.at();
    }
  }

  private Trade trade(VerifiedRequest verified) {
    var request = verified.request();
    var bill = request.bill();
    var latest = verified.at().plus(InstantPayments.CASHIER_OPEN);
    return new Trade(
        world.ids().next("T"),
        verified.digest(),
        new Trade.PaymentTerms(
            request.requestId(),
            verified.agent(),
            verified.iac().issuer(),
            FlowIdentifierCheck.intent(bill, verified.iac().payload().intentId()),
            new Trade.Bill(
                FieldChecks.did("payee", request.payee()),
                request.merchantOrderNo(),
                bill.resourceId(),
                bill.requestMethod(),
                bill.requestFingerprint(),
                bill.idempotencyKey()),
            verified.amount(),
            verified.source().ref(),
            verified.source().account(),
            verified.source().label(),
            request.description(),
            new Trade.Delegated(
                request.delegationId(),
                verified.mode(),
                request.fulfilmentAt(),
                verified.billedOrder().map(BilledOrder::lines).orElse(null))),
        verified.at(),
        bill.payBefore().isBefore(latest) ? bill.payBefore() : latest,
        Trade.Progress.waiting(verified.amount()));
  }
}
