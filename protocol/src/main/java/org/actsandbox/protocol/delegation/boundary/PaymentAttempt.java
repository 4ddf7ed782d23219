package org.actsandbox.protocol.delegation.boundary;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment that is about to be made under a delegation.
 *
 * @param principal the principal of the payment, as the checking side itself knows it
 * @param mode the mode that this kind of payment requires
 * @param method balance | card | sub_account
 * @param fulfilment when the purchase is delivered or begins; null if it has no such time
 * @param goods the order lines of the merchant's signed order; null without an order
 */
public record PaymentAttempt(
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
