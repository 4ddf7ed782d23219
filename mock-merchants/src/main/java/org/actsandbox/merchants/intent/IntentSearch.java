package org.actsandbox.merchants.intent;

import java.util.List;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Turns a checked request into complete offers within its constraints. */
final class IntentSearch {

  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 50;

  private final Outlet outlet;

  IntentSearch(Outlet outlet) {
    this.outlet = outlet;
  }

  List<Offer> offers(IntentRequest request) {
    if (!request.responseForm().equals(IntentRequest.OFFERS)) {
      throw new Refusal(Problem.INTENT_MALFORMED, "this response form is not known")
          .at("response_form")
          .expected(IntentRequest.OFFERS)
          .observed(request.responseForm());
    }
    var limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new Refusal(Problem.INTENT_MALFORMED, "limit is out of range")
          .at("limit")
          .expected("1 to " + MAX_LIMIT)
          .observed(String.valueOf(limit));
    }
    var found =
        outlet.vertical().match(need(request.context()), limit).stream()
            .filter(OfferCheck::isComplete)
            .limit(limit)
            .toList();
    return affordable(found, request.context());
  }

  private Need need(IntentContext context) {
    if (context.explicitNeeds().size() != 1) {
      throw new Refusal(Problem.INTENT_MALFORMED, "a request carries exactly one explicit need")
          .at("context.explicit_needs")
          .observed(context.explicitNeeds().size() + " needs");
    }
    var need = context.explicitNeeds().getFirst();
    if (need.kindOf() != outlet.profile().kind()) {
      throw new Refusal(Problem.NO_MATCH, "this merchant sells something else")
          .at("context.explicit_needs[0].kind")
          .expected(outlet.profile().kind().code())
          .observed(need.kindOf().code())
          .remedy("Ask a merchant of that kind.");
    }
    return need;
  }

  private static List<Offer> affordable(List<Offer> found, IntentContext context) {
    var constraints = context.constraints();
    var limit = constraints == null ? null : constraints.get("max_unit_price");
    if (found.isEmpty()) {
      throw new Refusal(Problem.NO_MATCH, "nothing here fits the need")
          .at("context.explicit_needs[0]")
          .remedy("Loosen the need, or ask another merchant.");
    }
    if (limit == null) {
      return found;
    }
    var max = amount(limit, found.getFirst().currency());
    var fitting = found.stream().filter(offer -> !unitPrice(offer).moreThan(max)).toList();
    if (fitting.isEmpty()) {
      var cheapest =
          found.stream().map(IntentSearch::unitPrice).min(Money::compareTo).orElseThrow();
      throw new Refusal(Problem.NO_MATCH, "everything that fits is dearer than the limit")
          .at("context.constraints.max_unit_price")
          .expected("at least " + cheapest)
          .observed(max.toString())
          .remedy("Raise the limit, or ask another merchant.");
    }
    return fitting;
  }

  private static Money unitPrice(Offer offer) {
    var total = Money.of(offer.total(), offer.currency());
    return new Money(Math.ceilDiv(total.minorUnits(), offer.quantity()), total.currency());
  }

  private static Money amount(String decimal, String currency) {
    try {
      return Money.of(decimal, currency);
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INTENT_MALFORMED, "max_unit_price is not an amount")
          .at("context.constraints.max_unit_price")
          .expected("a decimal string such as 99.00");
    }
  }
}
