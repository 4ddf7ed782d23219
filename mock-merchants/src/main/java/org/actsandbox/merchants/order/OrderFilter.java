package org.actsandbox.merchants.order;

import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.Did;
import org.jspecify.annotations.Nullable;

/**
 * Says which orders a list has.
 *
 * @param agent the agent that confirmed them; null for the orders of all agents
 * @param status null for any status
 */
public record OrderFilter(@Nullable Did agent, @Nullable OrderStatus status) {

  public static final OrderFilter ALL = new OrderFilter(null, null);
}
