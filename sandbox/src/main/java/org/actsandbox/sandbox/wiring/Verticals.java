package org.actsandbox.sandbox.wiring;

import java.util.Map;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.hotel.HotelVertical;
import org.actsandbox.merchants.service.ServiceVertical;
import org.actsandbox.merchants.shop.ShopVertical;
import org.actsandbox.merchants.train.TrainVertical;
import org.actsandbox.protocol.commerce.Kind;

/** Who opens which kind of merchant. */
final class Verticals {

  private Verticals() {}

  static Map<Kind, VerticalFactory> all() {
    return Map.of(
        Kind.TRAIN, TrainVertical.factory(),
        Kind.HOTEL, HotelVertical::open,
        Kind.SHOP, ShopVertical::open,
        Kind.SERVICE, ServiceVertical::open);
  }
}
