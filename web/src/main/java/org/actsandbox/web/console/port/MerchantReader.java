package org.actsandbox.web.console.port;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sandbox's own merchants of a world: profiles, catalogs, orders. A merchant, item or
 * order that does not exist is refused with {@code not_found}.
 */
public interface MerchantReader {

  List<MerchantProfile> profiles(World world);

  MerchantProfile profile(World world, String merchantId);

  /**
   * Returns catalog entries.
   *
   * @param query words to find; null for all entries
   * @param category null for all categories
   */
  Page<CatalogEntry> catalog(
      World world,
      String merchantId,
      @Nullable String query,
      @Nullable String category,
      @Nullable String cursor,
      int limit);

  CatalogEntry item(World world, String merchantId, String itemId);

  /** Returns the orders for which the merchant holds goods. */
  Page<Order> holds(World world, String merchantId, @Nullable String cursor, int limit);

  /**
   * Returns a seat map.
   *
   * @param query the offer and the carriage, as the merchant's own endpoint takes them
   */
  SeatMap seatMap(World world, String merchantId, Map<String, String> query);

  /** Returns the newest orders of one merchant. */
  Page<Order> orders(World world, String merchantId, @Nullable String cursor, int limit);

  /** Returns the cursor for the orders older than this one, at any merchant. */
  String cursorAfter(Order order);

  Order order(World world, String merchantId, String orderNo);

  /**
   * Finds the order behind a payment.
   *
   * @param payee DID of the merchant that is paid
   * @return empty for a payee that is no merchant of this world, or an order that it does not know
   */
  Optional<Order> orderOf(World world, String payee, String orderNo);

  /** Returns the agent that confirmed the order. */
  Did buyer(World world, String merchantId, String orderNo);

  /** Returns the values of an item's attribute, which merchants write in English, in Chinese. */
  String attributeInChinese(String values);
}
