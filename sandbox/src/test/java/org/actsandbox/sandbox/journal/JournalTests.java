package org.actsandbox.sandbox.journal;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.storage.Journals;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Tests the journal: ordered, gapless, complete, and followed live without gap or duplicate. */
class JournalTests {

  static final SandboxServer server = SandboxServer.shared();

  World world;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
  }

  void note(String event) {
    note("did:act:raileast", event, "R-" + event);
  }

  private void note(String actor, String event, String orderNo) {
    world
        .journal()
        .note(
            new JournalNote(
                actor,
                JournalNote.Kind.STATE,
                ActComponent.CID_CART_CFM,
                event,
                Map.of("order_no", orderNo, "own_id", "X"),
                Map.of("n", 1)));
  }

  @Test
  void manyWritersLeaveOneGaplessOrder() throws Exception {
    write(16, 300);

    var all = readAll();

    assertThat(all).hasSize(4_800);
    assertThat(all.stream().map(JournalEntry::seq)).isEqualTo(numbers(1, 4_800));
    for (int writer = 0; writer < 16; writer++) {
      var prefix = writer + "-";
      var own = all.stream().map(JournalEntry::event).filter(e -> e.startsWith(prefix)).toList();
      assertThat(own).isEqualTo(IntStream.range(0, 300).mapToObj(i -> prefix + i).toList());
    }
  }

  @Test
  void followersSeeEverythingOnceWhereverTheyStartAndHoweverSlowTheyAre() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var followers = new ArrayList<Future<List<Long>>>();
      for (int i = 0; i < 8; i++) {
        long from = i * 200L;
        int slowness = i % 2;
        followers.add(
            threads.submit(
                () ->
                    world
                        .journalStore()
                        .follow(from)
                        .delayElements(Duration.ofNanos(slowness == 0 ? 1 : 50_000))
                        .map(JournalEntry::seq)
                        .take(3_200 - from)
                        .collectList()
                        .block(Duration.ofSeconds(60))));
      }
      write(8, 400);
      for (int i = 0; i < 8; i++) {
        assertThat(followers.get(i).get()).isEqualTo(numbers(i * 200L + 1, 3_200));
      }
    }
  }

  @Test
  void theStreamResumesAfterTheLastEventId() throws Exception {
    note("one");
    note("two");
    note("three");

    assertThat(streamed("2", 1)).containsExactly("3");
    var resumed = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var live = threads.submit(() -> streamed("3", 2));
      note("four");
      note("five");
      resumed.addAll(live.get());
    }
    assertThat(resumed).containsExactly("4", "5");
  }

  @Test
  void aResetEndsTheStreamAndNumbersGoOn() {
    note("one");
    var seen = world.journalStore().follow(0).map(JournalEntry::event).collectList().toFuture();
    server.worlds().reset(world.name());

    assertThat(seen).succeedsWithin(Duration.ofSeconds(10));
    var reset = server.world(world.name());
    reset
        .journal()
        .note(new JournalNote("x", JournalNote.Kind.STATE, null, "new", Map.of(), Map.of()));
    assertThat(reset.journalStore().read(JournalQuery.after(0, 10)).getFirst().seq())
        .isGreaterThan(1);
  }

  @Test
  void streamsAreLimited() {
    var open = new ArrayList<Disposable>();
    try {
      for (int i = 0; i < Journals.MAX_STREAMS; i++) {
        open.add(world.journalStore().follow(0).subscribe());
      }
      assertThatThrownBy(() -> world.journalStore().follow(0).blockFirst(Duration.ofSeconds(5)))
          .isInstanceOf(Refusal.class);
    } finally {
      open.forEach(Disposable::dispose);
    }
    note("after");
    assertThat(
            world
                .journalStore()
                .follow(0)
                .map(JournalEntry::event)
                .blockFirst(Duration.ofSeconds(5)))
        .isEqualTo("after");
  }

  @Test
  void readsAreByIdKindEventAndPage() {
    IntStream.range(0, 30).forEach(i -> note("event-" + i % 3));

    var store = world.journalStore();
    assertThat(store.read(JournalQuery.after(0, 10).with("order_no", "R-event-1")))
        .hasSize(10)
        .allSatisfy(entry -> assertThat(entry.event()).isEqualTo("event-1"));
    assertThat(store.read(JournalQuery.after(28, 10))).hasSize(2);
    assertThat(store.find(7).orElseThrow().data().path("own_id").asString()).isEqualTo("X");
    assertThatThrownBy(() -> store.read(JournalQuery.after(0, 501))).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> store.read(JournalQuery.after(0, 1).with("n", "1")))
        .isInstanceOf(Refusal.class);
    var key = bearer(server.operator(world));
    var page =
        server
            .get("/api/worlds/%s/journal?event=event-2&limit=3".formatted(world.name()), key)
            .json();
    assertThat(page.path("items").size()).isEqualTo(3);
    assertThat(page.path("next_after").asLong()).isEqualTo(9);
  }

  @Test
  void aPageWithoutAMatchSaysHowFarItLooked() throws Exception {
    write(4, 500);
    note("rare");

    var store = world.journalStore();
    var rare = new JournalQuery(0, 10, null, null, "rare", null, Map.of());
    assertThat(store.page(rare).items()).hasSize(1);
    var none = new JournalQuery(0, 10, JournalNote.Kind.CLOCK, null, null, null, Map.of());
    assertThat(store.page(none)).isEqualTo(new JournalStore.Page(List.of(), store.lastSeq()));
    var key = bearer(server.operator(world));
    var path = "/api/worlds/%s/journal?kind=CLOCK&after=100".formatted(world.name());
    assertThat(server.get(path, key).json().path("next_after").asLong()).isEqualTo(2_001);
    assertThat(store.page(JournalQuery.after(5_000, 10)))
        .isEqualTo(new JournalStore.Page(List.of(), 5_000));
  }

  @Test
  void aPrincipalsPageHasEntriesThatNameItAndRelatedOnes() throws Exception {
    world =
        server
            .worlds()
            .create(
                new Worlds.NewWorld(
                    null,
                    null,
                    WorldSettings.DEFAULT.withFurtherPrincipals(List.of(SandboxServer.LIN))));
    note("lins");
    write(2, 60);
    note("did:act:lin", "decided", "R-lins");
    note("did:act:mo", "decided", "R-0-1");
    var path = "/api/worlds/%s/journal?limit=%d&principal=did:act:%s";
    var key = bearer(server.operator(world));

    var lins = server.get(path.formatted(world.name(), 100, "lin"), key).json();
    assertThat(lins.path("items"))
        .extracting(entry -> entry.path("ids").path("order_no").asString())
        .containsExactly("R-lins", "R-lins");
    assertThat(lins.path("next_after").asLong()).isEqualTo(123);
    var first = server.get(path.formatted(world.name(), 1, "lin"), key).json();
    assertThat(first.path("next_after").asLong()).isEqualTo(1);
    var ofUnknownPrincipal = server.get(path.formatted(world.name(), 100, "nobody"), key);
    assertThat(ofUnknownPrincipal.status()).isEqualTo(400);
    assertThat(ofUnknownPrincipal.json().path("expected").asString())
        .isEqualTo("did:act:principal, did:act:lin");
    var export = "/api/worlds/%s/journal/export?format=json&principal=did:act:nobody";
    assertThat(server.get(export.formatted(world.name()), key).status()).isEqualTo(400);
    assertThat(server.get(path.formatted(world.name(), 0, "lin"), key).status()).isEqualTo(400);
  }

  @Test
  void everyPageOfAnyLengthContinuesTheLast() throws Exception {
    write(4, 200);
    var store = world.journalStore();

    for (int limit : new int[] {1, 7, 100, 500}) {
      var read = new ArrayList<Long>();
      for (var page = store.page(JournalQuery.after(0, limit));
          !page.items().isEmpty();
          page = store.page(JournalQuery.after(page.lookedUpTo(), limit))) {
        assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
        page.items().forEach(entry -> read.add(entry.seq()));
      }
      assertThat(read).isEqualTo(numbers(1, 800));
    }
    assertThat(numbers(1, 800)).allMatch(seq -> store.find(seq).orElseThrow().seq() == seq);
    assertThat(store.find(801)).isEmpty();
  }

  @Test
  void anEntryThatNoColumnHoldsIsReplacedAndTheRestIsStored() {
    note("before");
    note("nul\0character");
    note("x".repeat(500));
    world
        .journal()
        .note(
            new JournalNote(
                "x",
                JournalNote.Kind.STATE,
                null,
                "big",
                Map.of(),
                Map.of("t", "y".repeat(1_100_000))));
    world
        .journal()
        .note(
            new JournalNote(
                "x", JournalNote.Kind.STATE, null, "odd", Map.of(), Map.of("t", new Object() {})));
    note("after");

    assertThat(readAll()).hasSize(6);
    assertThat(readAll().get(3).data().path("remark").asString()).contains("left out");
    assertThat(readAll().getLast().event()).isEqualTo("after");
  }

  private void write(int writers, int each) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        all.add(
            threads.submit(() -> IntStream.range(0, each).forEach(i -> note(number + "-" + i))));
      }
      for (var one : all) {
        one.get();
      }
    }
  }

  private List<JournalEntry> readAll() {
    var all = new ArrayList<JournalEntry>();
    while (true) {
      long after = all.isEmpty() ? 0 : all.getLast().seq();
      var page = world.journalStore().read(JournalQuery.after(after, 500));
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
    }
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** Returns the ids of the next events, as a client reads them from the wire. */
  private List<String> streamed(String lastEventId, int count) throws Exception {
    try (var socket = new Socket("localhost", server.origin().getPort())) {
      socket.setSoTimeout(15_000);
      var request =
          "GET /api/worlds/%s/journal/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nLast-Event-ID: %s\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(world.name(), lastEventId, server.operator(world));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      var ids = new ArrayList<String>();
      while (ids.size() < count) {
        var line = lines.readLine();
        if (line != null && line.startsWith("id:")) {
          ids.add(line.substring(3).trim());
        }
      }
      return ids;
    }
  }
}
