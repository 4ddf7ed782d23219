package org.actsandbox.merchants.service;

import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalContract;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.order.ServiceOrders;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;

/** Tests that the seller agents keep what every merchant owes. */
class ServiceVerticalTests extends VerticalContract {

  @Override
  protected VerticalFactory factory() {
    return ServiceVertical::open;
  }

  @Override
  protected MerchantProfile merchant() {
    return MerchantRoster.MARKETLENS;
  }

  @Override
  protected Offer offer(Vertical seller) {
    return seller.offer(seller.catalog(null, null, null, 1).items().getFirst().id());
  }

  @Override
  protected Need foreignNeed() {
    return new Need.Shop("umbrella", null, null, List.of(), 1, null, null);
  }

  @Override
  protected Map<String, String> fulfilment() {
    return Map.of(ServiceOrders.INPUT, "{\"symbol\": \"copper\", \"days\": 30}");
  }

  @Override
  protected List<String> strangeOfferIds() {
    return List.of("", "nothing", "x or 1=1 --");
  }

  @Override
  protected int catalogSize() {
    return 1;
  }
}
