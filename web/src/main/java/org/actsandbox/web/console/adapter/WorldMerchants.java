package org.actsandbox.web.console.adapter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.merchants.order.OrderQueries;
import org.actsandbox.merchants.shop.AttributeLabels;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.external.order.ExternalOrderStates;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.MerchantReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads from the merchants of the world. */
@Component
class WorldMerchants implements MerchantReader {

  @Override
  public List<MerchantProfile> profiles(World world) {
    return world.participant(Merchants.class).all().stream().map(Merchant::profile).toList();
  }

  @Override
  public MerchantProfile profile(World world, String merchantId) {
    return merchant(world, merchantId).profile();
  }

  @Override
  public Page<CatalogEntry> catalog(
      World world,
      String merchantId,
      @Nullable String query,
      @Nullable String category,
      @Nullable String cursor,
      int limit) {
    return merchant(world, merchantId).storefront().catalog(query, category, cursor, limit);
  }

  @Override
  public CatalogEntry item(World world, String merchantId, String itemId) {
    return merchant(world, merchantId).storefront().item(itemId);
  }

  @Override
  public Page<Order> holds(World world, String merchantId, @Nullable String cursor, int limit) {
    return merchant(world, merchantId).orders().holds(cursor, limit);
  }

  @Override
  public SeatMap seatMap(World world, String merchantId, Map<String, String> query) {
    return merchant(world, merchantId).seatMaps().find(query);
  }

  @Override
  public Page<Order> orders(World world, String merchantId, @Nullable String cursor, int limit) {
    return merchant(world, merchantId).orders().newest(OrderFilter.ALL, cursor, limit);
  }

  @Override
  public String cursorAfter(Order order) {
    return OrderQueries.cursorAfter(order);
  }

  @Override
  public Order order(World world, String merchantId, String orderNo) {
    return merchant(world, merchantId).orders().get(orderNo);
  }

  @Override
  public Optional<Order> orderOf(World world, String payee, String orderNo) {
    return world.participant(Merchants.class).all().stream()
        .filter(merchant -> merchant.profile().did().value().equals(payee))
        .findFirst()
        .flatMap(
            merchant -> {
              try {
                return Optional.of(merchant.orders().get(orderNo));
              } catch (Refusal unknown) {
                return Optional.empty();
              }
            })
        .or(() -> new ExternalOrderStates(world).find(new Did(payee), orderNo));
  }

  @Override
  public Did buyer(World world, String merchantId, String orderNo) {
    return merchant(world, merchantId).orders().buyer(orderNo);
  }

  private static Merchant merchant(World world, String merchantId) {
    return world.participant(Merchants.class).get(merchantId);
  }

  @Override
  public String attributeInChinese(String values) {
    return AttributeLabels.inChinese(values);
  }
}
