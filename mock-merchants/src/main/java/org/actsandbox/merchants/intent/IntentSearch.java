package org.actsandbox.merchants.intent;

import java.util.List;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.node.ObjectNode;

/** Turns a checked request into complete offers within its constraints. */
final class IntentSearch {

  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 50;

  private final Outlet outlet;

  IntentSearch(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * @param offers best first, at least one
   * @param notConsidered paths of the implicit needs and preferences they do not follow
   */
  record Found(List<Offer> offers, List<String> notConsidered) {}

  /**
   * @param context of the request as JSON
   */
  Found offers(IntentRequest request, ObjectNode context) {
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
    var need = need(request.context());
    var bounds = Bounds.of(request.context().constraints(), outlet);
    return Hints.of(context, need.getClass()).tried(wish -> within(wish, limit, bounds));
  }

  private List<Offer> within(Need need, int limit, Bounds bounds) {
    // What the bounds leave may stand behind what they leave out.
    int looked = bounds.keepsAll() ? limit : MAX_LIMIT;
    var found =
        outlet.vertical().match(need, looked).stream().filter(OfferCheck::isComplete).toList();
    if (found.isEmpty()) {
      throw new Refusal(Problem.NO_MATCH, "nothing here fits the need")
          .at("context.explicit_needs[0]")
          .remedy("Loosen the need, or ask another merchant.");
    }
    return bounds.keep(found).stream().limit(limit).toList();
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
}
