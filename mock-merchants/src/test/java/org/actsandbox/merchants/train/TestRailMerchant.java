package org.actsandbox.merchants.train;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.TestVerticalStore;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs a rail merchant in a {@link TestVerticalStore}, from six in the morning on. */
final class TestRailMerchant implements AutoCloseable {

  /** A Wednesday, six in the morning. */
  static final Instant START = Instant.parse("2026-11-24T22:00:00Z");

  static final LocalDate TODAY = LocalDate.parse("2026-11-25");
  static final LocalDate TOMORROW = TODAY.plusDays(1);

  private final TestVerticalStore store;

  TestRailMerchant(Path folder) {
    store = new TestVerticalStore(folder, TrainVertical.factory()::open);
    store.at(START);
  }

  void at(Instant now) {
    store.at(now);
  }

  JdbcClient jdbc() {
    return world("w1", 7).jdbc();
  }

  Vertical open(String merchant) {
    return open(merchant, "w1", 7);
  }

  Vertical open(String merchant, String world, long seed) {
    return store.open(profile(merchant), world, seed);
  }

  static MerchantProfile profile(String merchant) {
    var name = Text.untranslated(merchant);
    return new MerchantProfile(
        merchant, name, name, MerchantKind.TRAIN, false, Duration.ofMinutes(15));
  }

  VerticalWorld world(String partition, long seed) {
    return store.world(partition, seed);
  }

  void hold(Vertical rail, String orderNo, Offer offer, Map<String, String> fulfilment) {
    var line = new CartRequest.Line(offer.offerId(), offer.quantity());
    inTransaction(() -> rail.hold(orderNo, List.of(line), fulfilment));
  }

  void hold(Vertical rail, String orderNo, Offer offer) {
    hold(rail, orderNo, offer, Map.of());
  }

  void release(Vertical rail, String orderNo) {
    store.release(rail, orderNo);
  }

  void inTransaction(Runnable work) {
    store.inTransaction(work);
  }

  List<Delivery.Seat> seats(Vertical rail, String orderNo, Offer offer) {
    return ((Delivery.Train) rail.delivery(order(orderNo, offer), Map.of())).seats();
  }

  Order order(String orderNo, Offer offer) {
    return store.order(orderNo, List.of(offer));
  }

  static Need.Train need(String from, String to, LocalDate date) {
    return new Need.Train(from, to, date, null, null, null, null, null, null, null, 1, null);
  }

  static Need.Train need(
      String from,
      String to,
      @Nullable String seatClass,
      @Nullable String position,
      int passengers,
      @Nullable String sort) {
    return new Need.Train(
        from, to, TOMORROW, null, null, null, null, seatClass, position, null, passengers, sort);
  }

  static Need.Train early(@Nullable LocalTime after, @Nullable LocalTime before) {
    return new Need.Train(
        "Hangzhou", "Shanghai", TOMORROW, after, before, null, null, null, "window", null, 1, null);
  }

  @Override
  public void close() {
    store.close();
  }
}
