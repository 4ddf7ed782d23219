package org.actsandbox.sandbox.psp;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a payment on paper, each as it was signed.
 *
 * @param bill the payee's, as the agent passed it on
 * @param approval the principal's, or what the payment service relied on under a delegation
 * @param shown what the principal saw when approving; null for a payment that asked no approval
 */
public record PaymentDocuments(
    String bill, String approval, @Nullable String shown, String proof) {}
