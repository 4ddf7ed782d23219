package org.actsandbox.sandbox.wiring;

import java.util.Map;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.hotel.HotelVertical;
import org.actsandbox.merchants.service.ServiceVertical;
import org.actsandbox.merchants.shop.ShopVertical;
import org.actsandbox.merchants.train.TrainVertical;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Lists the factories of the merchant kinds. */
final class VerticalFactories {

  private VerticalFactories() {}

  static Map<MerchantKind, VerticalFactory> all() {
    return Map.of(
        MerchantKind.TRAIN, TrainVertical.factory(),
        MerchantKind.HOTEL, HotelVertical::open,
        MerchantKind.SHOP, ShopVertical::open,
        MerchantKind.SERVICE, ServiceVertical::open);
  }
}
