package org.actsandbox.sandbox.mutant.merchant;

import java.util.Map;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;

/** A defect of a merchant: a shop delivers another variant than was ordered. */
final class WrongVariant extends AlteredVertical {

  WrongVariant(Vertical honest) {
    super(honest);
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    return super.delivery(order, fulfilment) instanceof Delivery.Shop shop
        ? new Delivery.Shop(
            shop.items().stream().map(WrongVariant::replaced).toList(),
            shop.shipTo(),
            shop.promisedBy(),
            shop.parcelNo())
        : super.delivery(order, fulfilment);
  }

  private static Delivery.Item replaced(Delivery.Item item) {
    return new Delivery.Item(item.product(), new Text("another variant", "另一款式"), item.quantity());
  }
}
