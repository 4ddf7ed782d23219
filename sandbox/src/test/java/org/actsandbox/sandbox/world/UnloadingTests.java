package org.actsandbox.sandbox.world;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.psp.PaymentRequests;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that an idle world is unloaded, and that its due work happens all the same. */
class UnloadingTests {

  private static final Instant START = Instant.parse("2026-12-01T01:00:00Z");
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);

  @Test
  void dueWorkLoadsAnUnloadedWorldAndHappens() {
    var server = SandboxServer.shared();
    var world = stopped(server);
    var partition = world.partition();
    var tradeNo = newPayment(server, world, "1");
    world.clock().set(WorldClock.Mode.OFFSET, START.plus(PaymentRequests.PAYABLE).minusSeconds(3));

    unload(server, world.name());

    until(() -> status(server, partition, tradeNo).equals("TIMED_OUT"));
    assertThat(server.bean(WorldCache.class).isLoaded(world.name())).isTrue();
    assertThat(end(server.world(world.name()), tradeNo).at())
        .isAfterOrEqualTo(START.plus(PaymentRequests.PAYABLE));
  }

  /** Checks that a world with a stopped clock is not loaded for overdue work. */
  @Test
  void aStoppedWorldStaysUnloadedAndKeepsItsDueWork() {
    var server = SandboxServer.shared();
    var world = stopped(server);
    var partition = world.partition();
    var tradeNo = newPayment(server, world, "1");
    var other = newPayment(server, world, "2");
    unload(server, world.name());

    var again = server.world(world.name());
    assertThat(again.clock().waiting(10))
        .extracting(WorldClock.Pending::subject)
        .contains(tradeNo, other);
    again.clock().advanceTo(START.plus(PaymentRequests.PAYABLE));

    assertThat(status(server, partition, tradeNo)).isEqualTo("TIMED_OUT");
    assertThat(status(server, partition, other)).isEqualTo("TIMED_OUT");
  }

  @Test
  void workThatFellDueWhileTheServerWasDownHappensInOrder(@TempDir Path data) {
    String name;
    String partition;
    String first;
    String second;
    try (var server = SandboxServer.start(data)) {
      var world = stopped(server);
      name = world.name();
      partition = world.partition();
      first = newPayment(server, world, "1");
      world.clock().advanceTo(START.plusSeconds(1));
      second = newPayment(server, world, "2");
      world
          .clock()
          .set(WorldClock.Mode.OFFSET, START.plus(PaymentRequests.PAYABLE).minusSeconds(2));
    }
    try (var server = SandboxServer.start(data)) {
      until(
          () ->
              status(server, partition, first).equals("TIMED_OUT")
                  && status(server, partition, second).equals("TIMED_OUT"));
      var world = server.world(name);
      var one = end(world, first);
      var other = end(world, second);
      assertThat(one.seq()).isLessThan(other.seq());
      assertThat(one.at()).isAfterOrEqualTo(START.plus(PaymentRequests.PAYABLE));
    }
  }

  private static World stopped(SandboxServer server) {
    var world = server.newWorld();
    world.clock().set(WorldClock.Mode.STOPPED, START);
    return world;
  }

  /** Makes a payment that times out when its bill expires. */
  private static String newPayment(SandboxServer server, World world, String id) {
    var base = "/w/" + world.name() + "/psp";
    var agent = bearer(world.roleKey(Role.AGENT, null));
    var instrument =
        server.get(base + "/instruments", agent).json().at("/items/0/instrument_ref").stringValue();
    var taken =
        server.post(
            base + "/payments",
            PaymentRequests.signed(world, instrument, "Q-" + id, "R-" + id, "10.00"),
            agent);
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    return taken.json().path("trade_no").stringValue();
  }

  /** Unloads the world as for lack of room, as soon as no request is inside. */
  private static void unload(SandboxServer server, String name) {
    var cache = server.bean(WorldCache.class);
    until(() -> cache.find(name).filter(cache::unloadIfIdle).isPresent());
  }

  /** Reads the table directly, because asking for the world would load it. */
  private static String status(SandboxServer server, String partition, String tradeNo) {
    return server
        .bean(JdbcClient.class)
        .sql("select status from psp_payment where world = ? and trade_no = ?")
        .params(partition, tradeNo)
        .query(String.class)
        .single();
  }

  /** Waits for the entry of the timeout, which is written after the fact, and returns it. */
  private static JournalEntry end(World world, String tradeNo) {
    until(() -> ends(world, tradeNo).findFirst().isPresent());
    return ends(world, tradeNo).findFirst().orElseThrow();
  }

  private static Stream<JournalEntry> ends(World world, String tradeNo) {
    return world.journalStore().read(JournalQuery.after(0, 100).with("trade_no", tradeNo)).stream()
        .filter(entry -> entry.data().path("event").asString("").equals("PAYMENT_TERMINATED"));
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
      LockSupport.parkNanos(INTERVAL);
    }
  }
}
