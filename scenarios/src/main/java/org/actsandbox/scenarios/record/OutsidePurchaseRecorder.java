package org.actsandbox.scenarios.record;

import org.actsandbox.protocol.operation.Operation;

/**
 * Writes the purchases of outside agents as steps. Their messages are signed with keys that only
 * the agents have, so each is written as the verb that makes the same message. Messages that were
 * refused because they had been changed are left out.
 */
final class OutsidePurchaseRecorder {

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final BindingRecorder bindingRecorder;
  private final OutsideOrderRecorder orders;
  private final OutsidePaymentRecorder payments;
  private final OutsideDeliveryRecorder deliveries;

  OutsidePurchaseRecorder(
      ScriptDraft scriptDraft,
      AuthorityRecorder authorityRecorder,
      SubAccountRecorder subAccountRecorder) {
    this.outsidePurchaseIndex = new OutsidePurchaseIndex(scriptDraft);
    this.bindingRecorder = new BindingRecorder(scriptDraft);
    this.orders = new OutsideOrderRecorder(outsidePurchaseIndex, authorityRecorder);
    this.payments =
        new OutsidePaymentRecorder(
            outsidePurchaseIndex, authorityRecorder, subAccountRecorder, bindingRecorder);
    this.deliveries = new OutsideDeliveryRecorder(outsidePurchaseIndex, authorityRecorder);
  }

  /** Writes the step of an exchange; returns false if it is no part of such a purchase. */
  boolean read(RecordedExchange recordedExchange) {
    var approval = recordedExchange.id(Operation.APPROVAL);
    if (approval.isPresent()) {
      var purchase = outsidePurchaseIndex.ofTrade(approval.get());
      if (purchase != null && recordedExchange.isByPrincipal()) {
        payments.writeDecision(recordedExchange, purchase);
      }
      return purchase != null;
    }
    if (recordedExchange.is(Operation.INTENT)) {
      orders.intent(recordedExchange, recordedExchange.to());
      return true;
    }
    if (recordedExchange.is(Operation.CART)) {
      orders.cart(recordedExchange);
      return true;
    }
    if (recordedExchange.isPayment()) {
      payments.pay(recordedExchange);
      return true;
    }
    return bindingRecorder.read(recordedExchange)
        || deliveries.readService(recordedExchange)
        || deliveries.readResource(recordedExchange)
        || payments.readQuery(recordedExchange);
  }

  /** Tells whether an outside agent of this name began a purchase. */
  boolean isBuyer(String agent) {
    return outsidePurchaseIndex.isBuyer(agent);
  }

  /** Gives names to the instruments that occur in this text. */
  void nameIdsIn(String text) {
    bindingRecorder.nameIdsIn(text);
  }
}
