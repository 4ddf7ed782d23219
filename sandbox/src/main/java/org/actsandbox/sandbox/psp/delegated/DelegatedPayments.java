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
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.JsonMessage;
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
import tools.jackson.databind.JsonNode;

/**
 * Pays what a delegation permits, without asking again (ACT PSD-5, PSD-7): replay, window, agent,
 * credential, state, bounds, purse, payee, bill, in this order; then check, debit, count, proof and
 * notification in one transaction.
 */
public final class DelegatedPayments {

  private final PspWorld world;
  private final Trades trades;
  private final TradeTermination ends;
  private final TradeLog log;
  private final Notifications notifications;
  private final PaymentExecution paymentExecution;
  private final PaymentSources paymentSources;
  private final Authority authority;

  /** How payments are kept and executed. */
  public record Desk(
      Trades trades,
      TradeTermination ends,
      TradeLog log,
      Notifications notifications,
      PaymentExecution execution) {}

  /** What is known of delegations. */
  public record Authority(
      PspDelegationStore book,
      DelegationStates states,
      SpendingControl spending,
      PaymentPreferences preferences) {}

  public DelegatedPayments(
      PspWorld world, Desk desk, PaymentSources paymentSources, Authority authority) {
    this.world = world;
    this.trades = desk.trades();
    this.ends = desk.ends();
    this.log = desk.log();
    this.notifications = desk.notifications();
    this.paymentExecution = desk.execution();
    this.paymentSources = paymentSources;
    this.authority = authority;
  }

  /** The standard's component for payments of a mode. */
  public static ActComponent component(DelegationMode mode) {
    return switch (mode) {
      case SPECIFIED -> ActComponent.PSD_PAY_DEL;
      case BOUNDED -> ActComponent.PSD_PAY_AUP;
    };
  }

  /** A request whose sender and credential are verified. */
  private record Order(
      DelegatedPaymentRequest request,
      JsonNode raw,
      String digest,
      Did agent,
      Iac iac,
      Optional<DelegationStates.ObservedState> seen,
      Optional<BilledOrder> goods,
      PaymentSource purse,
      Money amount,
      DelegationMode mode,
      Instant at) {}

  /**
   * Pays, or opens the cashier when the principal wishes to be asked every time.
   *
   * @param caller whose key was shown
   * @throws Refusal for the first check that fails; no money moved then
   */
  public PaymentAdmission.AdmittedPayment take(byte[] body, Did caller, DelegationMode mode) {
    var jsonMessage = JsonMessage.parse(body);
    var request = jsonMessage.bind(DelegatedPaymentRequest.class);
    var amount = bounded(request);
    var digest = jsonMessage.digest();
    var known = trades.findByRequest(caller, request.requestId());
    if (known.isPresent()) {
      return PaymentRequestChecks.replay(known.get(), digest);
    }
    var now = world.now();
    InstantPayments.requireFresh("timestamp", request.timestamp(), now);
    PaymentRequestChecks.requireAgent(
        request.agentId(), jsonMessage.verifySigner(world.keys()), caller);
    var iac = IacCodec.verify(request.iac(), world.keys());
    requireSame(request, iac);
    requireOurs(iac);
    var paymentSource = paymentSources.find(request);
    var observedState = look(iac);
    var goods = BilledOrder.of(jsonMessage.raw(), request);
    return finish(
        new Order(
            request,
            jsonMessage.raw(),
            digest,
            caller,
            iac,
            observedState,
            goods,
            paymentSource,
            amount,
            mode,
            now));
  }

  /** What the book does not say yet; written with the payment, in one commit. */
  private Optional<DelegationStates.ObservedState> look(Iac iac) {
    return authority.states().observe(iac, authority.book().findVerified(iac));
  }

  private void writeSeen(Order order) {
    order
        .seen()
        .ifPresent(
            observedState -> {
              if (observedState.confirms()) {
                authority.book().register(order.iac(), order.at());
              }
              authority.states().store(observedState);
            });
  }

  private PaymentAdmission.AdmittedPayment finish(Order order) {
    var trade = trade(order);
    var done = pay(order, trade);
    if (done.isEmpty()) {
      var same = trades.findByRequest(order.agent(), order.request().requestId());
      if (same.isPresent()) {
        return PaymentRequestChecks.replay(same.get(), order.digest());
      }
      var open = trades.findOpen(trade.asked().bill());
      // One that nobody could approve any more does not stand in the way.
      if (open.isPresent() && !ends.endIfOverdue(open.get().tradeNo())) {
        throw PaymentRequestChecks.orderTaken(open.get());
      }
      done = pay(order, trade);
    }
    return announced(
        done.orElseThrow(
            () ->
                new Refusal(Problem.DUPLICATE_REQUEST, "another payment of the order just began")
                    .at("merchant_order_no")));
  }

  /**
   * @param notificationId absent while the principal is asked
   */
  private record Done(Trade trade, Optional<String> notificationId) {}

  /** Empty when the request id or the order is taken. */
  private Optional<Done> pay(Order order, Trade trade) {
    try {
      return world.inTransaction(() -> payLocked(order, trade));
    } catch (Refusal refused) {
      keepSeen(order, trade, refused);
      throw refused;
    }
  }

  /** Refused or not: the status service is not asked again for the same. */
  private void keepSeen(Order order, Trade trade, Refusal refused) {
    world.inTransaction(
        () -> {
          writeSeen(order);
          if (refused.problem() == Problem.INSUFFICIENT_BALANCE) {
            authority.spending().recordFailure(trade);
          }
          return true;
        });
  }

  private Optional<Done> payLocked(Order order, Trade trade) {
    var request = order.request();
    writeSeen(order);
    var bought =
        authority
            .spending()
            .check(trade, order.iac().payload(), order.purse().method(), order.at());
    paymentSources.requireAuthorized(
        request, order.raw().path("sub_account_authorization"), order.agent(), order.at());
    paymentSources.requireUsable(trade.asked(), order.at());
    paymentSources.requireCovers(trade.asked());
    PaymentRequestChecks.requirePayee(world, request.payee());
    BillCheck.check(new Billed(order, world.keys(), world.did()));
    var payload = order.iac().payload();
    FlowIdentifierCheck.require(request.bill(), payload.intentId(), payload.delegationId());
    order.goods().ifPresent(goods -> goods.requireBilled(order.request()));
    var raw = Json.write(order.raw());
    if (authority.preferences().get(trade.asked().principal()).askEveryPayment()) {
      return trades.add(trade, raw)
          ? Optional.of(new Done(trade, Optional.empty()))
          : Optional.empty();
    }
    return paymentExecution
        .payDelegated(
            trade, raw, new PaymentExecution.Checked(order.iac().digest(), bought), order.at())
        .map(executed -> new Done(executed.paid(), Optional.of(executed.notificationId())));
  }

  private PaymentAdmission.AdmittedPayment announced(Done done) {
    var trade = done.trade();
    var component = component(Objects.requireNonNull(trade.asked().delegated()).mode());
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

  private static Money bounded(DelegatedPaymentRequest request) {
    FieldChecks.text("request_id", request.requestId(), 64);
    FieldChecks.text("delegation_id", request.delegationId(), 64);
    FieldChecks.text("merchant_order_no", request.merchantOrderNo(), 64);
    FieldChecks.did("agent_id", request.agentId());
    FieldChecks.did("payee", request.payee());
    if (request.description() != null) {
      FieldChecks.text("description", request.description(), 256);
    }
    if (request.fulfilmentAt() != null) {
      FieldChecks.moment("fulfilment_at", request.fulfilmentAt());
    }
    PaymentRequestChecks.requireBounded(request.bill());
    return FieldChecks.money("amount", request.amount(), request.currency());
  }

  private static void requireSame(DelegatedPaymentRequest request, Iac iac) {
    if (!iac.payload().delegationId().equals(request.delegationId())) {
      throw new Refusal(Problem.IAC_INVALID, "the credential is another delegation's")
          .at("delegation_id")
          .expected(iac.payload().delegationId())
          .observed(request.delegationId());
    }
    // A platform agent acts for many: whom it says it acts for must be whom it was authorized by.
    if (!iac.payload().delegatorIdentity().equals(request.principalId())) {
      throw new Refusal(Problem.IAC_PRINCIPAL_MISMATCH, "the delegation is another principal's")
          .at("principal_id")
          .expected(iac.payload().delegatorIdentity())
          .observed(request.principalId())
          .remedy("Use the delegation that was given for this.");
    }
  }

  /**
   * Before anything is remembered: whoever signs a credential of its own could otherwise take the
   * id of one that the principal gave.
   */
  private void requireOurs(Iac iac) {
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

  private record Billed(Order order, KeyDirectory keys, Did psp)
      implements BillCheck.BilledRequest {

    @Override
    public JsonNode rawBill() {
      return order.raw().path("bill");
    }

    @Override
    public JsonNode rawMethod() {
      return order.raw().path("bill_method");
    }

    @Override
    public BillCheck.Claim claim() {
      var request = order.request();
      return new BillCheck.Claim(
          request.bill(),
          request.payee(),
          request.merchantOrderNo(),
          request.currency(),
          request.agentId());
    }

    @Override
    public Money amount() {
      return order.amount();
    }

    @Override
    public Instant now() {
      return order.at();
    }
  }

  private Trade trade(Order order) {
    var request = order.request();
    var bill = request.bill();
    var latest = order.at().plus(InstantPayments.CASHIER_OPEN);
    return new Trade(
        world.ids().next("T"),
        order.digest(),
        new Trade.PaymentTerms(
            request.requestId(),
            order.agent(),
            order.iac().issuer(),
            FlowIdentifierCheck.intent(bill, order.iac().payload().intentId()),
            new Trade.Bill(
                FieldChecks.did("payee", request.payee()),
                request.merchantOrderNo(),
                bill.resourceId(),
                bill.requestMethod(),
                bill.requestFingerprint(),
                bill.idempotencyKey()),
            order.amount(),
            order.purse().ref(),
            order.purse().account(),
            order.purse().label(),
            request.description(),
            new Trade.Delegated(
                request.delegationId(),
                order.mode(),
                request.fulfilmentAt(),
                order.goods().map(BilledOrder::lines).orElse(null))),
        order.at(),
        bill.payBefore().isBefore(latest) ? bill.payBefore() : latest,
        new Trade.Progress(
            PaymentStatus.WAITING_FOR_APPROVAL,
            TransactionState.CREATE.move(TradeEvent.PAYMENT_NEEDED_ISSUED),
            null,
            null,
            null,
            Money.zero(order.amount().currency()),
            null));
  }
}
