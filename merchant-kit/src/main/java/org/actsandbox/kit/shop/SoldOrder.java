package org.actsandbox.kit.shop;

import java.time.Instant;

/**
 * An order that was paid and is to be delivered.
 *
 * @param orderNo the shop's number of the order
 * @param total decimal text in CNY
 * @param buyerDid the agent that bought
 */
public record SoldOrder(
    String orderNo,
    ShopItem item,
    int quantity,
    String total,
    String buyerDid,
    Instant confirmedAt) {}
