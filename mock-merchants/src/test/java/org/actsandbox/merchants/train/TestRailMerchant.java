package org.actsandbox.merchants.train;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a rail merchant on a real H2 file, with a clock that stands still until the test moves it.
 */
final class TestRailMerchant implements AutoCloseable {

  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A Wednesday, six in the morning. */
  static final Instant START = Instant.parse("2026-11-24T22:00:00Z");

  static final LocalDate TODAY = LocalDate.parse("2026-11-25");
  static final LocalDate TOMORROW = TODAY.plusDays(1);

  final AtomicReference<Instant> now = new AtomicReference<>(START);
  final JdbcClient jdbc;
  private final HikariDataSource pool;
  private final TransactionTemplate transaction;
  private final InstantSource clock = now::get;

  TestRailMerchant(Path folder) {
    var config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:h2:file:"
            + folder.resolve("rail").toAbsolutePath()
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";WRITE_DELAY=0");
    config.setMaximumPoolSize(16);
    pool = new HikariDataSource(config);
    Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
    jdbc = JdbcClient.create(pool);
    transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
  }

  Vertical open(String merchant) {
    return open(merchant, "w1", 7);
  }

  Vertical open(String merchant, String world, long seed) {
    return TrainVertical.factory().open(profile(merchant), world(world, seed));
  }

  static MerchantProfile profile(String merchant) {
    var name = Text.untranslated(merchant);
    return new MerchantProfile(
        merchant, name, name, MerchantKind.TRAIN, false, Duration.ofMinutes(15));
  }

  VerticalWorld world(String partition, long seed) {
    return new VerticalWorld(partition, seed, clock, ZONE, jdbc);
  }

  void hold(Vertical rail, String orderNo, Offer offer, Map<String, String> fulfilment) {
    var line = new CartRequest.Line(offer.offerId(), offer.quantity());
    transaction.executeWithoutResult(_ -> rail.hold(orderNo, List.of(line), fulfilment));
  }

  void hold(Vertical rail, String orderNo, Offer offer) {
    hold(rail, orderNo, offer, Map.of());
  }

  void release(Vertical rail, String orderNo) {
    transaction.executeWithoutResult(_ -> rail.release(orderNo));
  }

  void inTransaction(Runnable work) {
    transaction.executeWithoutResult(_ -> work.run());
  }

  List<Delivery.Seat> seats(Vertical rail, String orderNo, Offer offer) {
    return ((Delivery.Train) rail.delivery(order(orderNo, offer), Map.of())).seats();
  }

  static Order order(String orderNo, Offer offer) {
    var line =
        new Order.Line(offer.offerId(), offer.itemId(), offer.title(), offer.quantity(), null);
    return new Order(
        orderNo,
        offer.merchantId(),
        offer.merchantDid(),
        "I-1",
        null,
        "Q-1",
        MerchantKind.TRAIN,
        List.of(line),
        offer.lines(),
        offer.total(),
        offer.currency(),
        OrderStatus.PAID,
        START,
        START,
        "fulfilment/" + orderNo,
        "http://localhost/fulfilment/" + orderNo,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
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
    pool.close();
  }
}
