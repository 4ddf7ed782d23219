package org.actsandbox.merchants.intent;

import java.util.List;
import org.actsandbox.merchants.MerchantContext;
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

  private final MerchantContext merchantContext;

  IntentSearch(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
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
    var constraintFilter = ConstraintFilter.of(request.context().constraints(), merchantContext);
    return PreferenceRanking.of(context, need.getClass())
        .tried(wish -> within(wish, limit, constraintFilter));
  }

  private List<Offer> within(Need need, int limit, ConstraintFilter constraintFilter) {
    // What the bounds leave may stand behind what they leave out.
    int looked = constraintFilter.keepsAll() ? limit : MAX_LIMIT;
    var found =
        merchantContext.vertical().match(need, looked).stream()
            .filter(OfferCompleteness::isComplete)
            .toList();
    if (found.isEmpty()) {
      throw new Refusal(Problem.NO_MATCH, "nothing here fits the need")
          .at("context.explicit_needs[0]")
          .remedy("Loosen the need, or ask another merchant.");
    }
    return constraintFilter.keep(found).stream().limit(limit).toList();
  }

  private Need need(IntentContext context) {
    if (context.explicitNeeds().size() != 1) {
      throw new Refusal(Problem.INTENT_MALFORMED, "a request carries exactly one explicit need")
          .at("context.explicit_needs")
          .observed(context.explicitNeeds().size() + " needs");
    }
    var need = context.explicitNeeds().getFirst();
    if (need.kindOf() != merchantContext.profile().kind()) {
      throw new Refusal(Problem.NO_MATCH, "this merchant sells something else")
          .at("context.explicit_needs[0].kind")
          .expected(merchantContext.profile().kind().code())
          .observed(need.kindOf().code())
          .remedy("Ask a merchant of that kind.");
    }
    return need;
  }
}
