package org.actsandbox.scenarios.record;

/**
 * Purchases of agents from outside. Their messages are signed with keys nobody else has, so each is
 * written as the verb that makes the same one; what was refused because it was bent is left out.
 */
final class OutsideDeals {

  private final Deals deals;
  private final Bindings bindings;
  private final OutsideOrders orders;
  private final OutsidePayments payments;
  private final OutsideDeliveries deliveries;

  OutsideDeals(Draft draft, Grants grants, Purses purses) {
    this.deals = new Deals(draft);
    this.bindings = new Bindings(draft);
    this.orders = new OutsideOrders(deals, grants);
    this.payments = new OutsidePayments(deals, grants, purses, bindings);
    this.deliveries = new OutsideDeliveries(deals, grants);
  }

  /** Whether it was part of such a purchase. */
  boolean read(Exchange exchange) {
    var approval = exchange.part("POST", "/psp/payments/*/approval");
    if (approval.isPresent()) {
      var deal = deals.ofTrade(approval.get());
      if (deal != null && exchange.isByPrincipal()) {
        payments.decided(exchange, deal);
      }
      return deal != null;
    }
    var merchant = exchange.part("POST", "/merchants/*/intents");
    if (merchant.isPresent()) {
      orders.intent(exchange, merchant.get());
      return true;
    }
    if (exchange.part("POST", "/merchants/*/carts").isPresent()) {
      orders.cart(exchange);
      return true;
    }
    if (exchange.isPayment()) {
      payments.pay(exchange);
      return true;
    }
    return bindings.read(exchange)
        || deliveries.service(exchange)
        || deliveries.resource(exchange)
        || payments.queried(exchange);
  }

  /** Whether somebody of that name has shopped here. */
  boolean isBuyer(String agent) {
    return deals.isBuyer(agent);
  }

  /** Gives names to the instruments that this text has in it. */
  void nameWhatIsIn(String text) {
    bindings.nameWhatIsIn(text);
  }
}
