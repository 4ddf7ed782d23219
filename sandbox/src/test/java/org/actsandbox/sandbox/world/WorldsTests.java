package org.actsandbox.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.key.KeySecret;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that worlds are isolated, cheap, and never partly visible. */
class WorldsTests {

  static final SandboxServer server = SandboxServer.shared();

  @Test
  void twoHundredWorldsFit(@TempDir Path data) {
    try (var own = SandboxServer.start(data, "--act.loaded-worlds=16")) {
      var names = new ArrayList<String>();
      for (int i = 0; i < 200; i++) {
        var world = own.newWorld();
        names.add(world.name());
        assertThat(own.get("/w/" + world.name() + "/dids/raileast").status()).isEqualTo(200);
      }
      var keys = new HashSet<String>();
      for (var name : names) {
        keys.add(own.get("/w/" + name + "/dids/raileast").text());
      }
      assertThat(keys).hasSize(200);
    }
  }

  @Test
  void moreWorldsThanAllowedAreRefused(@TempDir Path data) {
    try (var own = SandboxServer.start(data, "--act.max-worlds=3")) {
      own.newWorld();
      own.newWorld();
      assertThatThrownBy(own::newWorld)
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.problem()).isEqualTo(Problem.LIMIT_EXCEEDED));
    }
  }

  @Test
  void nothingOfOneWorldIsSeenInAnother() {
    var one = server.newWorld();
    var other = server.newWorld();

    one.clock().set(WorldClock.Mode.STOPPED, Instant.parse("2027-01-01T00:00:00Z"));
    server.get("/w/" + one.name() + "/dids/raileast");

    assertThat(other.clock().mode()).isEqualTo(WorldClock.Mode.REAL);
    assertThat(other.journalStore().read(JournalQuery.after(0, 100))).isEmpty();
    assertThat(one.journalStore().read(JournalQuery.after(0, 100))).hasSize(2);
    assertThat(one.derivedSeed("stock")).isNotEqualTo(other.derivedSeed("stock"));
    var key = one.roleKey(Role.AGENT, null);
    var refused = server.get("/w/" + other.name() + "/dids", SandboxServer.bearer(key));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("error").path("details").path("code").asString())
        .isEqualTo("key_forbidden");
  }

  @Test
  void theSameSeedMakesTheSameWorld() {
    var first = made("same seed");
    var second = made("same seed");

    assertThat(first.seed()).isEqualTo(second.seed());
    assertThat(first.derivedSeed("stock")).isEqualTo(second.derivedSeed("stock"));
    assertThat(first.ids().next("R")).isEqualTo(second.ids().next("R"));
    assertThat(first.roleKey(Role.AGENT, null)).isNotEqualTo(second.roleKey(Role.AGENT, null));
  }

  @Test
  void keysFollowFromTheSecretAndNotFromTheSeed() {
    var one = made("same seed");
    var other = made("same seed");
    var message = "order".getBytes(StandardCharsets.UTF_8);
    var signature = one.signer(World.PSP).sign(message);
    var key = World.PSP.key(1);

    assertThat(one.directory().find(key).orElseThrow().verifies(message, signature)).isTrue();
    assertThat(other.directory().find(key).orElseThrow().verifies(message, signature)).isFalse();

    var secret = KeySecret.given("a".repeat(43));
    var given = madeWith(secret);
    var signed = given.signer(World.PSP).sign(message);
    assertThat(madeWith(secret).directory().find(key).orElseThrow().verifies(message, signed))
        .isTrue();
    assertThat(one.directory().find(key).orElseThrow().verifies(message, signed)).isFalse();
    assertThat(secret.toString()).doesNotContain(secret.hex());
  }

  private static World madeWith(KeySecret secret) {
    return server
        .worlds()
        .create(new Worlds.NewWorld(null, "seed", secret, WorldSettings.DEFAULT, ClockState.REAL));
  }

  @Test
  void idsAreUniqueAcrossThreadsUnloadingAndReset() throws Exception {
    var world = made("ids");
    var all = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var parts =
          IntStream.range(0, 16)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () ->
                              IntStream.range(0, 500)
                                  .mapToObj(_ -> world.ids().next("T"))
                                  .toList()))
              .toList();
      for (var part : parts) {
        all.addAll(part.get());
      }
    }
    assertThat(all).hasSize(8_000).allMatch(id -> id.matches("T-[0-9A-HJKMNP-TV-Z]{15}"));
    var reset = server.worlds().reset(world.name());
    assertThat(all).doesNotContainAnyElementsOf(List.of(reset.ids().next("T")));
    assertThatThrownBy(() -> world.ids().next("T-")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aResetRestoresTheClockOfTheWorldsStart() {
    var wednesday = Instant.parse("2026-11-25T01:00:00Z");
    var later = wednesday.plus(Duration.ofDays(3));

    var stopped = madeAt(WorldClock.Mode.STOPPED, wednesday);
    stopped.clock().advanceTo(later);
    stopped = server.worlds().reset(stopped.name());
    assertThat(stopped.clock().mode()).isEqualTo(WorldClock.Mode.STOPPED);
    assertThat(stopped.clock().instant()).isEqualTo(wednesday);

    var shifted = madeAt(WorldClock.Mode.OFFSET, wednesday);
    shifted.clock().advanceTo(later);
    shifted = server.worlds().reset(shifted.name());
    assertThat(shifted.clock().mode()).isEqualTo(WorldClock.Mode.OFFSET);
    assertThat(shifted.clock().instant()).isBetween(wednesday, wednesday.plusSeconds(3_600));

    var plain = server.newWorld();
    plain.clock().set(WorldClock.Mode.STOPPED, later);
    plain = server.worlds().reset(plain.name());
    assertThat(plain.clock().mode()).isEqualTo(WorldClock.Mode.REAL);
  }

  private World madeAt(WorldClock.Mode mode, Instant now) {
    return server
        .worlds()
        .create(
            new Worlds.NewWorld(
                null,
                null,
                WorldSettings.DEFAULT,
                ClockState.of(mode, now, Clock.systemUTC().instant())));
  }

  @Test
  void idsGoOnAfterARestart(@TempDir Path data) {
    var before = new HashSet<String>();
    try (var own = SandboxServer.start(data)) {
      IntStream.range(0, 2_000).forEach(_ -> before.add(own.world("demo").ids().next("T")));
      own.world("demo").clock().set(WorldClock.Mode.STOPPED, Instant.parse("2027-01-01T00:00:00Z"));
    }
    try (var again = SandboxServer.start(data)) {
      var after = new HashSet<String>();
      IntStream.range(0, 2_000).forEach(_ -> after.add(again.world("demo").ids().next("T")));
      assertThat(after).hasSize(2_000).doesNotContainAnyElementsOf(before);
      assertThat(again.world("demo").clock().instant())
          .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }
  }

  @Test
  void deletingDuringTrafficAnswersEveryRequestWithAWholeWorldOrNone() throws Exception {
    var world = server.newWorld();
    var path = "/w/" + world.name() + "/dids/raileast";
    var statuses = new ArrayList<Integer>();
    var deleted = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients =
          IntStream.range(0, 8)
              .mapToObj(
                  _ ->
                      threads.submit(
                          () -> {
                            var seen = new ArrayList<Integer>();
                            // Stops three answers after the deletion, so that both states are
                            // observed.
                            int after = 0;
                            while (after < 3) {
                              after += deleted.get();
                              seen.add(server.get(path).status());
                            }
                            return seen;
                          }))
              .toList();
      server.worlds().delete(world.name());
      deleted.set(1);
      for (var client : clients) {
        statuses.addAll(client.get());
      }
    }
    assertThat(statuses).isNotEmpty().isSubsetOf(200, 404, 503);
    assertThat(server.get(path).status()).isEqualTo(404);
  }

  @Test
  void aBigWorldIsEmptiedInTheBackground() throws Exception {
    var world = server.newWorld();
    var jdbc = server.bean(JdbcClient.class);
    jdbc.sql(
            "insert into journal_id (world, id, first_seq)"
                + " select :world, 'order_no=R', x from system_range(1, 30000)")
        .param("world", world.partition())
        .update();

    server.worlds().delete(world.name());

    var deadline = Instant.now().plusSeconds(30);
    while (rows(jdbc, world.partition()) > 0 && Instant.now().isBefore(deadline)) {
      Thread.onSpinWait();
    }
    assertThat(rows(jdbc, world.partition())).isZero();
  }

  private static long rows(JdbcClient jdbc, String partition) {
    return jdbc.sql("select count(*) from journal_id where world = :world")
        .param("world", partition)
        .query(Long.class)
        .single();
  }

  private static World made(String seed) {
    return server.worlds().create(new Worlds.NewWorld(null, seed, WorldSettings.DEFAULT));
  }
}
