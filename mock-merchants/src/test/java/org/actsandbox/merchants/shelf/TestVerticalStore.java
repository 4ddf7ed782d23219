package org.actsandbox.merchants.shelf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BiFunction;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** Runs a vertical on a real H2 file, with a clock that stands still until the test moves it. */
public final class TestVerticalStore implements AutoCloseable {

  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A Wednesday morning in Shanghai. */
  public static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

  private static final long SEED = 42;

  private static final String NAME = "store";

  /**
   * Holds the file of an empty store. It is migrated once, because that takes longer than a test.
   */
  private static final byte[] MIGRATED = migrated();

  private final JdbcConnectionPool pool;
  private final TransactionTemplate transactions;
  private final BiFunction<MerchantProfile, VerticalWorld, ? extends Vertical> opener;
  private Instant now = NOW;

  public TestVerticalStore(
      Path folder, BiFunction<MerchantProfile, VerticalWorld, ? extends Vertical> opener) {
    var file = folder.resolve(NAME + ".mv.db");
    try {
      // A store that is opened again keeps what it has.
      if (Files.notExists(file)) {
        Files.createDirectories(folder);
        Files.write(file, MIGRATED);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    this.pool = pool(folder);
    pool.setMaxConnections(16);
    pool.setLoginTimeout(30);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    this.opener = opener;
  }

  private static byte[] migrated() {
    try {
      var folder = Files.createTempDirectory("act-store");
      try {
        var pool = pool(folder);
        Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        // The file is whole when its last connection is closed.
        pool.dispose();
        return Files.readAllBytes(folder.resolve(NAME + ".mv.db"));
      } finally {
        FileSystemUtils.deleteRecursively(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static JdbcConnectionPool pool(Path folder) {
    return JdbcConnectionPool.create(
        "jdbc:h2:file:"
            + folder.resolve(NAME)
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000",
        "sa",
        "");
  }

  public Vertical open(MerchantProfile merchant) {
    return open(merchant, "demo", SEED);
  }

  public Vertical open(MerchantProfile merchant, String world, long seed) {
    return opener.apply(merchant, world(world, seed));
  }

  public VerticalWorld world(String partition, long seed) {
    InstantSource clock = () -> now;
    return new VerticalWorld(partition, seed, clock, ZONE, JdbcClient.create(pool));
  }

  public void at(Instant instant) {
    now = instant;
  }

  public void hold(Vertical vertical, String orderNo, Offer... offers) {
    var lines =
        List.of(offers).stream()
            .map(offer -> new CartRequest.Line(offer.offerId(), offer.quantity()))
            .toList();
    transactions.executeWithoutResult(
        _ -> vertical.hold(orderNo, lines, Map.of("ship_to", "home")));
  }

  public void release(Vertical vertical, String orderNo) {
    inTransaction(() -> vertical.release(orderNo));
  }

  public void inTransaction(Runnable work) {
    transactions.executeWithoutResult(_ -> work.run());
  }

  /**
   * Lets all buyers hold the offer at the same moment and returns how many succeed; the others must
   * be refused as sold out.
   */
  public int race(Vertical vertical, Offer offer, int buyers)
      throws InterruptedException, ExecutionException {
    var start = new CountDownLatch(1);
    List<Future<Boolean>> answers = new ArrayList<>();
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      for (int buyer = 0; buyer < buyers; buyer++) {
        var orderNo = "O" + buyer;
        Callable<Boolean> attempt =
            () -> {
              start.await();
              return gets(vertical, orderNo, offer);
            };
        answers.add(threads.submit(attempt));
      }
      start.countDown();
    }
    int winners = 0;
    for (Future<Boolean> answer : answers) {
      winners += answer.get() ? 1 : 0;
    }
    return winners;
  }

  /**
   * Lets a second order hold the offer while the first holds it and is not committed, and returns
   * whether the second succeeds.
   */
  public boolean secondHoldsBesideFirst(Vertical vertical, Offer offer)
      throws InterruptedException, ExecutionException {
    var second = new FutureTask<>(() -> gets(vertical, "second", offer));
    transactions.executeWithoutResult(
        _ -> {
          hold(vertical, "first", offer);
          Thread.ofPlatform().daemon().start(second);
          while (!second.isDone() && !anOrderMakesItsRow()) {
            Thread.onSpinWait();
          }
        });
    return second.get();
  }

  private boolean anOrderMakesItsRow() {
    return JdbcClient.create(pool)
        .sql(
            """
            select count(*) > 0 from information_schema.sessions
            where executing_statement like '%on conflict do nothing%'
              and session_id <> session_id()
            """)
        .query(Boolean.class)
        .single();
  }

  private boolean gets(Vertical vertical, String orderNo, Offer offer) {
    try {
      hold(vertical, orderNo, offer);
      return true;
    } catch (Refusal refusal) {
      if (refusal.problem() == Problem.SOLD_OUT) {
        return false;
      }
      throw refusal;
    }
  }

  /** Returns a paid order of some offers, confirmed now. */
  public Order order(Offer... offers) {
    return order("X-1", List.of(offers));
  }

  public Order order(String orderNo, List<Offer> offers) {
    var first = offers.getFirst();
    long fen = 0;
    List<Offer.PriceLine> price = new ArrayList<>();
    List<Order.Line> lines = new ArrayList<>();
    for (Offer offer : offers) {
      fen += Money.yuan(offer.total()).minorUnits();
      price.addAll(offer.lines());
      lines.add(
          new Order.Line(offer.offerId(), offer.itemId(), offer.title(), offer.quantity(), null));
    }
    return new Order(
        orderNo,
        first.merchantId(),
        first.merchantDid(),
        "I-1",
        null,
        "Q-1",
        first.kind(),
        lines,
        price,
        Money.fen(fen).decimal(),
        "CNY",
        OrderStatus.PAID,
        now,
        now.plusSeconds(900),
        "fulfilment/" + orderNo,
        "http://localhost/fulfilment/" + orderNo,
        null);
  }

  @Override
  public void close() {
    pool.dispose();
  }
}
