package org.actsandbox.merchants.psp;

import java.util.function.BooleanSupplier;

/** Is told before an order's row or its delivery is changed, because orders are kept in memory. */
public interface OrderRows {

  /**
   * Changes the order's row or its delivery.
   *
   * @param change the statement; returns whether it changed the row
   */
  boolean changing(String orderNo, BooleanSupplier change);
}
