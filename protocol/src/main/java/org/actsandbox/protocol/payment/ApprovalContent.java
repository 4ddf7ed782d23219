package org.actsandbox.protocol.payment;

import java.time.Instant;

/**
 * The exact content that the cashier shows and the principal's key signs (PSD-3). Its digest is
 * computed over the RFC 8785 form.
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
