package org.actsandbox.sandbox.mutant.merchant;

import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.commerce.OrderStatus;

/** Stock of an order that came to one kind of end stays locked for good. */
final class UnreleasedStock extends AlteredVertical {

  private final OrderStatus end;
  private final MerchantProfile merchant;
  private final VerticalWorld world;

  private UnreleasedStock(
      Vertical honest, MerchantProfile merchant, VerticalWorld world, OrderStatus end) {
    super(honest);
    this.end = end;
    this.merchant = merchant;
    this.world = world;
  }

  static VerticalDefect when(OrderStatus end) {
    return (honest, merchant, world) -> new UnreleasedStock(honest, merchant, world, end);
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
    if (!status.equals(Optional.of(end.name()))) {
      super.release(orderNo);
    }
  }
}
