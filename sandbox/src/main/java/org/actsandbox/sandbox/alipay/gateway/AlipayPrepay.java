package org.actsandbox.sandbox.alipay.gateway;

import java.time.Instant;
import org.actsandbox.protocol.money.Money;

/** Represents an order that waits for an agent platform to pay it (AIP-54). */
record AlipayPrepay(
    String prepayId,
    String tradeNo,
    String appId,
    String orderNo,
    Money amount,
    String subject,
    String digest,
    Instant expiresAt) {}
