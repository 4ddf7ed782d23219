package org.actsandbox.merchants;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of merchant adds to the engine: its goods, its stock, its prices and its rules. One
 * instance per merchant and world. Calls come from many threads; those marked so run inside the
 * engine's database transaction and must do their stock changes on it.
 */
public interface Vertical {

  Kind kind();

  /**
   * @param cursor opaque, from the previous page
   * @param limit 1 to 100
   */
  Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit);

  Optional<CatalogEntry> item(String itemId);

  /**
   * Candidates, best first, each bookable when it was computed.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code no_match}, {@code constraint_conflict},
   *     {@code intent_malformed} (CID-3)
   */
  List<Offer> match(Need need, int limit);

  /**
   * The offer as it stands now. Offer ids describe themselves (train, date, stretch, class, ...),
   * so nothing is stored per search.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}, {@code offer_expired},
   *     {@code sold_out}
   */
  Offer offer(String offerId);

  /**
   * What one of its own offers is, in facts that an authority can be held against; they are signed
   * with the order.
   */
  LineFacts facts(Offer offer);

  /**
   * Locks stock for an order, in the engine's transaction. An order whose stock was released may be
   * held again: its payment came late.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code sold_out}, {@code constraint_conflict}
   */
  void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment);

  /** Gives the stock of an order back, in the engine's transaction; twice is once. */
  void release(String orderNo);

  /**
   * What the paid resource hands out for the order; the same content every time.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code fulfilment_failed} when there is nothing
   *     to hand out any more: then the money goes back
   */
  Delivery delivery(Order order, Map<String, String> fulfilment);

  /** What cancelling the paid order at {@code now} gives back under this merchant's schedule. */
  Money refundable(Order order, Instant now);

  /** Whether what was delivered can still be given back for money; what is known cannot. */
  default boolean takesBackDelivered() {
    return true;
  }

  /** One carriage on the offer's stretch; empty for kinds without seats. */
  Optional<SeatMap> seatMap(String offerId, @Nullable String carriage);

  /** What staff or another buyer does to stock and prices; scenarios and faults use it. */
  void disturb(Disturbance disturbance);
}
