package org.actsandbox.merchants.deposit;

import static org.actsandbox.participant.TimeColumns.utc;

import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.participant.DueTable;
import org.actsandbox.protocol.commerce.Deposit;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the deposits of one merchant's orders; each of them goes back once. */
public final class DepositStore {

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;

  public DepositStore(MerchantContext merchantContext) {
    this.jdbc = merchantContext.world().jdbc();
    this.world = merchantContext.partition();
    this.merchant = merchantContext.id();
  }

  /** Returns the deposits that wait for the end of their stay. */
  public DueTable due() {
    return new DueTable(
        jdbc,
        new DueTable.Columns(
            "merchant_deposit", List.of("world", "merchant"), "return_due", "order_no", "deposit"),
        world,
        merchant);
  }

  /** Adds the deposit of an order, in the transaction of the order. */
  public void add(Order order, Deposit deposit) {
    var amount = deposit.taken(order.currency());
    jdbc.sql(
            """
            insert into merchant_deposit
              (world, merchant, order_no, amount_minor, currency, return_due)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            world,
            merchant,
            order.orderNo(),
            amount.minorUnits(),
            order.currency(),
            utc(deposit.returnedAt()))
        .update();
  }

  /** Returns what the merchant still holds of an order's deposit. */
  public Money held(Order order) {
    var none = Money.of("0.00", order.currency());
    if (order.deposit() == null) {
      return none;
    }
    return jdbc.sql(
            """
            select amount_minor from merchant_deposit
            where world = ? and merchant = ? and order_no = ? and not returned
            """)
        .params(world, merchant, order.orderNo())
        .query((row, _) -> new Money(row.getLong(1), none.currency()))
        .optional()
        .orElse(none);
  }

  /** Marks the deposit as given back; false if it was before, or if there is none. */
  public boolean close(String orderNo) {
    return jdbc.sql(
                """
                update merchant_deposit set returned = true, return_due = null
                where world = ? and merchant = ? and order_no = ? and not returned
                """)
            .params(world, merchant, orderNo)
            .update()
        == 1;
  }
}
