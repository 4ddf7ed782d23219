package org.actsandbox.sandbox.mutant.merchant;

import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.commerce.OrderStatus;

/** A defect of a merchant: the stock of an order that ended in one status stays locked. */
final class UnreleasedStock extends AlteredVertical {

  private final OrderStatus finalStatus;
  private final MerchantProfile merchant;
  private final VerticalWorld world;

  private UnreleasedStock(
      Vertical honest, MerchantProfile merchant, VerticalWorld world, OrderStatus finalStatus) {
    super(honest);
    this.finalStatus = finalStatus;
    this.merchant = merchant;
    this.world = world;
  }

  static VerticalDefect when(OrderStatus finalStatus) {
    return (honest, merchant, world) -> new UnreleasedStock(honest, merchant, world, finalStatus);
  }

  @Override
  public void release(String orderNo) {
    var status =
        world
            .jdbc()
            .sql(
                "select status from merchant_order where world = ? and merchant = ? and order_no = ?")
            .params(world.partition(), merchant.id(), orderNo)
            .query(String.class)
            .optional();
    if (!status.equals(Optional.of(finalStatus.name()))) {
      super.release(orderNo);
    }
  }
}
