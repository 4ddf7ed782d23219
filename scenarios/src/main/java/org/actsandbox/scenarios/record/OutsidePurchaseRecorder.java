package org.actsandbox.scenarios.record;

/**
 * Purchases of agents from outside. Their messages are signed with keys nobody else has, so each is
 * written as the verb that makes the same one; what was refused because it was bent is left out.
 */
final class OutsidePurchaseRecorder {

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final BindingRecorder bindingRecorder;
  private final OutsideOrderRecorder orders;
  private final OutsidePaymentRecorder payments;
  private final OutsideDeliveryRecorder deliveries;

  OutsidePurchaseRecorder(
      ScriptDraft scriptDraft, GrantRecorder grantRecorder, SubAccountRecorder subAccountRecorder) {
    this.outsidePurchaseIndex = new OutsidePurchaseIndex(scriptDraft);
    this.bindingRecorder = new BindingRecorder(scriptDraft);
    this.orders = new OutsideOrderRecorder(outsidePurchaseIndex, grantRecorder);
    this.payments =
        new OutsidePaymentRecorder(
            outsidePurchaseIndex, grantRecorder, subAccountRecorder, bindingRecorder);
    this.deliveries = new OutsideDeliveryRecorder(outsidePurchaseIndex, grantRecorder);
  }

  /** Whether it was part of such a purchase. */
  boolean read(RecordedExchange recordedExchange) {
    var approval = recordedExchange.pathVariable("POST", "/psp/payments/*/approval");
    if (approval.isPresent()) {
      var deal = outsidePurchaseIndex.ofTrade(approval.get());
      if (deal != null && recordedExchange.isByPrincipal()) {
        payments.decided(recordedExchange, deal);
      }
      return deal != null;
    }
    var merchant = recordedExchange.pathVariable("POST", "/merchants/*/intents");
    if (merchant.isPresent()) {
      orders.intent(recordedExchange, merchant.get());
      return true;
    }
    if (recordedExchange.pathVariable("POST", "/merchants/*/carts").isPresent()) {
      orders.cart(recordedExchange);
      return true;
    }
    if (recordedExchange.isPayment()) {
      payments.pay(recordedExchange);
      return true;
    }
    return bindingRecorder.read(recordedExchange)
        || deliveries.service(recordedExchange)
        || deliveries.resource(recordedExchange)
        || payments.queried(recordedExchange);
  }

  /** Whether somebody of that name has shopped here. */
  boolean isBuyer(String agent) {
    return outsidePurchaseIndex.isBuyer(agent);
  }

  /** Gives names to the instruments that this text has in it. */
  void nameIdsIn(String text) {
    bindingRecorder.nameIdsIn(text);
  }
}
