package org.actsandbox.sandbox.psp;

import java.time.Instant;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Says of a new payment what a list of purchases shows of it.
 *
 * @param orderNo the payee's own number of the order, or of the bill
 * @param expiresAt until when it can be approved
 */
public record OpenedPayment(
    Did payee,
    Did agent,
    String orderNo,
    String resourceId,
    String requestId,
    @Nullable String intentId,
    @Nullable String delegationId,
    Money amount,
    Instant createdAt,
    Instant expiresAt) {}
