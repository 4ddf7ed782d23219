package org.actsandbox.sandbox.psp;

import org.jspecify.annotations.Nullable;

/**
 * Holds the signed documents that remain of a payment, byte for byte as they were signed.
 *
 * @param bill the payee's bill, as the agent passed it on
 * @param approval the principal's approval, or the evidence that the payment service relied on
 *     under a delegation
 * @param shown the content that the principal saw when approving; null for a payment without an
 *     approval
 */
public record PaymentDocuments(
    String bill, String approval, @Nullable String shown, String proof) {}
