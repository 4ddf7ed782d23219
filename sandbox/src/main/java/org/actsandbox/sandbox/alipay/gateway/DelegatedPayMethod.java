package org.actsandbox.sandbox.alipay.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AlipayApp;
import org.actsandbox.sandbox.alipay.app.AlipayApp.OwnerKind;
import org.actsandbox.sandbox.psp.delegated.DelegatedPayments.PlacedOrder;
import org.actsandbox.sandbox.psp.trade.Trade;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code alipay.trade.agent.delegation.pay}: the agent platform pays a placed order under
 * an authority, with ACT's own checks of state, limits and source (AIP-56, AIP-57, AIP-203).
 */
final class DelegatedPayMethod implements GatewayMethod {

  @Override
  public OwnerKind caller() {
    return OwnerKind.AGENT;
  }

  @Override
  public ObjectNode answer(GatewayCall call) {
    var prepayId = call.text("prepay_id", SubCode.ACQ_INVALID_PARAMETER);
    if (prepayId == null) {
      throw new GatewayRefusal(SubCode.ACQ_INVALID_PARAMETER, "prepay_id is missing");
    }
    var authority = authority(call);
    var now = call.world().clock().instant();
    var prepay =
        call.agreements()
            .findPrepay(prepayId)
            .orElseThrow(() -> new GatewayRefusal(SubCode.ACQ_ORDER_NOT_EXIST));
    var known = call.psp().payments().find(prepay.tradeNo());
    if (known.isEmpty() && !now.isBefore(prepay.expiresAt())) {
      throw new GatewayRefusal(SubCode.ACQ_ORDER_NOT_EXIST, "the order is too old");
    }
    if (known.isPresent() && !isSame(known.get(), call, authority)) {
      throw new GatewayRefusal(SubCode.ACQ_TRADE_HAS_SUCCESS);
    }
    if (known.isPresent() && TradeLookup.status(known.get()).equals("TRADE_CLOSED")) {
      throw new GatewayRefusal(SubCode.ACQ_TRADE_HAS_CLOSE);
    }
    if (known.isEmpty() && !authority.isUsable()) {
      throw new GatewayRefusal(
          authority.status().equals("FINISHED")
              ? SubCode.ACQ_BEYOND_PAY_RESTRICTION
              : SubCode.ACQ_AGREEMENT_STATUS_NOT_NORMAL,
          authority.status());
    }
    var trade = known.isPresent() ? known.get() : paid(call, prepay, authority, now);
    if (trade.isWaiting()) {
      call.remark(trade, "the principal wants to be asked about every payment, and is asked now");
    }
    return Json.object().put("trade_no", prepay.tradeNo());
  }

  /** Returns whether the payment is the one that this call asks for, which is a repetition then. */
  private static boolean isSame(Trade trade, GatewayCall call, GrantedAuthority authority) {
    var delegated = trade.terms().delegated();
    return delegated != null
        && trade.terms().agent().equals(call.app().owner())
        && authority.delegationId().filter(delegated.delegationId()::equals).isPresent();
  }

  private static GrantedAuthority authority(GatewayCall call) {
    try {
      return DelegationQueryMethod.require(call, null, null);
    } catch (GatewayRefusal refused) {
      throw new GatewayRefusal(
          switch (refused.subCode()) {
            case USER_AGREEMENT_NOT_EXIST -> SubCode.ACQ_AGREEMENT_NOT_EXIST;
            case DELEGATION_NOT_EXIST -> SubCode.ACQ_AGREEMENT_INVALID;
            default -> SubCode.ACQ_INVALID_PARAMETER;
          },
          refused.subMsg());
    }
  }

  private static Trade paid(
      GatewayCall call, AlipayPrepay prepay, GrantedAuthority authority, Instant now) {
    var delegationId = authority.delegationId().orElseThrow();
    var seller =
        call.apps()
            .apply(prepay.appId())
            .map(AlipayApp::owner)
            .orElseThrow(() -> new GatewayRefusal(SubCode.ACQ_ORDER_NOT_EXIST));
    var credential = call.delegations().signedDocuments(delegationId).orElseThrow().credential();
    var principal = call.delegations().principalOf(delegationId);
    var instrument =
        call.payments()
            .instrument(principal, call.app().owner(), prepay.amount(), now)
            .orElseThrow(() -> new GatewayRefusal(SubCode.ACQ_BUYER_BALANCE_NOT_ENOUGH));
    var asked =
        Json.object()
            .put("profile", "alipay")
            .put("method", call.request().value("method").orElse(""))
            .put("prepay_id", prepay.prepayId())
            .put("agreement_no", authority.agreement().agreementNo())
            .put("delegation_id", delegationId);
    asked.set(
        "bill",
        TradeOrderFields.content(
            prepay.appId(),
            OrderPrepayMethod.PRODUCT_CODE,
            prepay.orderNo(),
            prepay.amount(),
            prepay.subject()));
    var request = Json.write(asked);
    try {
      return call.psp()
          .delegatedPayments()
          .payOrder(
              new PlacedOrder(
                  "alipay-" + prepay.tradeNo(),
                  prepay.tradeNo(),
                  RequestFingerprint.digest(request.getBytes(StandardCharsets.UTF_8)),
                  new Trade.Bill(
                      seller,
                      prepay.orderNo(),
                      "alipay-trade/" + prepay.orderNo(),
                      "ANY",
                      prepay.digest(),
                      null),
                  prepay.amount(),
                  instrument.ref(),
                  prepay.subject(),
                  prepay.expiresAt(),
                  request,
                  credential,
                  authority.agreement().timesLimit()),
              call.app().owner())
          .trade();
    } catch (Refusal refused) {
      throw new GatewayRefusal(subCode(refused.problem()), refused.detail());
    }
  }

  private static SubCode subCode(Problem problem) {
    return switch (problem) {
      case CUMULATIVE_LIMIT_EXCEEDED, SINGLE_LIMIT_EXCEEDED, LIMIT_EXCEEDED ->
          SubCode.ACQ_BEYOND_PAY_RESTRICTION;
      case INSUFFICIENT_BALANCE -> SubCode.ACQ_BUYER_BALANCE_NOT_ENOUGH;
      case IAC_SUSPENDED, IAC_REVOKED, IAC_EXPIRED, IAC_NOT_YET_VALID, IAC_NOT_ISSUED ->
          SubCode.ACQ_AGREEMENT_STATUS_NOT_NORMAL;
      case DUPLICATE_REQUEST, PAYMENT_CLOSED -> SubCode.ACQ_TRADE_HAS_SUCCESS;
      case UNAVAILABLE, DELEGATION_STATE_UNKNOWN -> SubCode.ACQ_SYSTEM_ERROR;
      default -> SubCode.ACQ_PAYMENT_FAIL;
    };
  }
}
