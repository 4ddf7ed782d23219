package org.actsandbox.agent;

import org.jspecify.annotations.Nullable;

/**
 * Holds what the agent knows about its principal. Merchants get {@code shipTo} alone, and only with
 * a cart that is shipped.
 *
 * @param language {@code en} or {@code zh}
 * @param tolerance the tolerance for prices that rise between offer and cart
 */
public record PrincipalProfile(
    String language,
    String homeCity,
    @Nullable String homeStation,
    int guests,
    String shipTo,
    PriceTolerance tolerance) {}
