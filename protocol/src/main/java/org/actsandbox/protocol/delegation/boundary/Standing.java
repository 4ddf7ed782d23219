package org.actsandbox.protocol.delegation.boundary;

import java.util.List;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * How a delegation stands at the moment of a payment, by the checking side's own records.
 *
 * @param spent all confirmed payments under it
 * @param payments how many those were
 * @param failures failed payments of the same order under it
 * @param bought how often each of its purchase targets was bought
 * @param firstPrice the first price paid under it, or seen where nothing was paid yet; deviations
 *     are measured from it when the principal named no other; null before it is known
 */
public record Standing(
    DelegationState state,
    Money spent,
    int payments,
    int failures,
    List<Integer> bought,
    @Nullable Money firstPrice) {

  /** Of a delegation under which nothing was bought. */
  public static Standing unused(DelegationState state, Money nothing) {
    return new Standing(state, nothing, 0, 0, List.of(), null);
  }
}
