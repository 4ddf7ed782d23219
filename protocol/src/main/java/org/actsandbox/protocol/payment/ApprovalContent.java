package org.actsandbox.protocol.payment;

import java.time.Instant;

/**
 * Exactly what the cashier shows and the principal's key signs (PSD-3). The digest is over its RFC
 * 8785 form.
 */
public record ApprovalContent(
    String tradeNo,
    String payee,
    String payeeName,
    String amount,
    String currency,
    String merchantOrderNo,
    String resourceId,
    String instrument,
    String agentId,
    Instant expiresAt) {}
