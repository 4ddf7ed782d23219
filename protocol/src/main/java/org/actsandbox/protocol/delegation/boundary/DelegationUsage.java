package org.actsandbox.protocol.delegation.boundary;

import java.util.List;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The state of a delegation and its use so far, from the checking side's own records.
 *
 * @param spent sum of all confirmed payments under the delegation
 * @param payments number of these payments
 * @param failures number of failed payments of the same order under the delegation
 * @param bought how often each of its purchase targets was bought, in the order of the targets
 * @param firstPrice the first price that was paid under the delegation, or seen if nothing was paid
 *     yet; deviations are measured from it if the principal named no reference; null if unknown
 */
public record DelegationUsage(
    DelegationState state,
    Money spent,
    int payments,
    int failures,
    List<Integer> bought,
    @Nullable Money firstPrice) {

  /** Returns the usage of a delegation under which nothing was bought. */
  public static DelegationUsage unused(DelegationState state, Money nothing) {
    return new DelegationUsage(state, nothing, 0, 0, List.of(), null);
  }
}
