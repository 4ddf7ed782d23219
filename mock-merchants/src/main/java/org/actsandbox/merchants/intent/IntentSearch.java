package org.actsandbox.merchants.intent;

import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.deposit.DepositPolicies;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.node.ObjectNode;

/** Searches for the offers that answer a checked request, complete and within its constraints. */
final class IntentSearch {

  static final int DEFAULT_LIMIT = 20;

  private final MerchantContext merchantContext;

  IntentSearch(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /**
   * Represents the result of a search.
   *
   * @param offers best first, at least one
   * @param notConsidered the paths of the implicit needs and preferences that the offers do not
   *     follow
   */
  record Found(List<Offer> offers, List<String> notConsidered) {}

  /**
   * Returns the offers for a request.
   *
   * @param context the context of the request as JSON
   */
  Found offers(IntentRequest request, ObjectNode context) {
    var limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    var explicitNeed = need(request.context());
    var constraintFilter = ConstraintFilter.of(request.context().constraints(), merchantContext);
    return PreferenceRanking.of(context, explicitNeed.getClass())
        .bestOffers(need -> within(need, limit, constraintFilter));
  }

  private List<Offer> within(Need need, int limit, ConstraintFilter constraintFilter) {
    // The offers that the constraints keep may be ranked behind those that they remove.
    int searchLimit = constraintFilter.keepsAll() ? limit : IntentRequest.MAX_LIMIT;
    var found =
        new DepositPolicies(merchantContext)
            .addTo(
                merchantContext.vertical().match(need, searchLimit).stream()
                    .filter(OfferCompleteness::isComplete)
                    .toList());
    if (found.isEmpty()) {
      throw new Refusal(Problem.NO_MATCH, "nothing here fits the need")
          .at("context.explicit_needs[0]")
          .remedy("Loosen the need, or ask another merchant.");
    }
    return constraintFilter.keep(found).stream().limit(limit).toList();
  }

  private Need need(IntentContext context) {
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
