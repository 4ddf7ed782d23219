package org.actsandbox.merchants;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/**
 * Defines what one kind of merchant adds to the engine: its goods, its stock, its prices and its
 * rules. There is one instance per merchant and world. Calls come from many threads; methods that
 * are marked so run inside the engine's database transaction and must change stock in that
 * transaction.
 */
public interface Vertical {

  MerchantKind kind();

  /**
   * Returns a page of the items for sale, all of them or those that fit a query and a category.
   *
   * @param cursor opaque, from the previous page
   * @param limit 1 to 100
   */
  Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit);

  Optional<CatalogEntry> item(String itemId);

  /**
   * Checks the values of a need of this kind that are possible or not on any day, so that a sender
   * gets them with all other mistakes of its message. Fields that are absent are no mistakes.
   */
  default void checkNeed(Need need, MistakeCollector mistakes) {}

  /**
   * Returns offers for a need, best first; each could be booked at the moment it was computed.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code no_match}, {@code constraint_conflict},
   *     {@code intent_malformed} (CID-3)
   */
  List<Offer> match(Need need, int limit);

  /**
   * Returns the offer as it is now. Offer ids describe themselves (train, date, stretch, class,
   * ...), so nothing is stored per search.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, {@code offer_expired},
   *     {@code sold_out}
   */
  Offer offer(String offerId);

  /**
   * Returns facts about one of this vertical's own offers, against which an authority can be
   * checked; they are signed with the order.
   */
  LineFacts facts(Offer offer);

  /**
   * Returns the title of an order's line: that of the offer, with what the cart fixes besides.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code constraint_conflict} for a wish that the
   *     offer cannot have
   */
  default Text lineTitle(Offer offer, Map<String, String> fulfilment) {
    return offer.title();
  }

  /**
   * Returns the fields of {@code fulfilment} that this vertical uses; a cart with any other one,
   * besides {@code note}, is refused.
   */
  default Set<String> fulfilmentFields() {
    return Set.of();
  }

  /**
   * Locks stock for an order in the engine's transaction. An order may be held again after its
   * stock was released, because its payment came late.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code sold_out}, {@code constraint_conflict}
   */
  void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment);

  /**
   * Gives the stock of an order back in the engine's transaction; a second call changes nothing.
   */
  void release(String orderNo);

  /**
   * Returns what the paid resource delivers for the order; it is the same content every time.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code fulfilment_failed} when there is nothing
   *     left to deliver, {@code hold_expired} when the order holds nothing any more; the money then
   *     goes back
   */
  Delivery delivery(Order order, Map<String, String> fulfilment);

  /**
   * Returns what the paid order gets back under this merchant's schedule if it is cancelled at
   * {@code now}.
   */
  Money refundable(Order order, Instant now);

  /**
   * Says whether a delivered order can be given back for money. Delivered information cannot,
   * because the buyer already knows it.
   */
  default boolean takesBackDelivered() {
    return true;
  }

  /** Says whether the merchant may take a deposit for what it sells. */
  default boolean takesDeposits() {
    return false;
  }

  /** Returns when a deposit that was taken for the offer goes back; empty for goods without one. */
  default Optional<Instant> depositReturn(String offerId) {
    return Optional.empty();
  }

  /** Returns the seat map of one carriage on the offer's stretch; empty for kinds without seats. */
  Optional<SeatMap> seatMap(String offerId, @Nullable String carriage);

  /** Changes stock or prices as staff or another buyer would; scenarios and faults use it. */
  void disturb(Disturbance disturbance);
}
