package org.actsandbox.protocol.delegation.boundary;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment somebody is about to make under a delegation.
 *
 * @param principal on whose behalf, as far as the checking side knows it by itself
 * @param mode what this kind of payment needs
 * @param method balance | card | sub_account
 * @param fulfilment when what is bought is delivered or begins; null when it has no such moment
 * @param goods what is bought, as the merchant says it; null when it does not
 */
public record Attempt(
    Instant at,
    Did agent,
    Did principal,
    DelegationMode mode,
    Money amount,
    String method,
    Did merchant,
    String category,
    @Nullable Instant fulfilment,
    @Nullable List<Order.Line> goods) {}
