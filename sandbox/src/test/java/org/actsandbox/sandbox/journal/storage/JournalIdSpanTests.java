package org.actsandbox.sandbox.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests that an id is stored once for many blocks, and finds all of its entries, each once. */
class JournalIdSpanTests {

  private static final SandboxServer server = SandboxServer.shared();

  private final JdbcClient jdbc = server.bean(JdbcClient.class);
  private World world;

  @BeforeEach
  void makeWorld() {
    world = server.newWorld();
  }

  @Test
  void anIdOfManyBlocksIsStoredOnce() {
    var noted = List.of(note("R-1"), note("R-2"), note("R-1"), note("R-1"));

    assertThat(spans("R-1")).hasSize(1);
    assertThat(found("R-1", 500)).containsExactly(noted.get(0), noted.get(2), noted.get(3));
    assertThat(found("R-2", 500)).containsExactly(noted.get(1));
    assertThat(found("R-3", 500)).isEmpty();
  }

  @Test
  void entriesOfTwoSpansAreReadInOrderOnPagesOfAnyLength() {
    var noted = new ArrayList<Long>();
    for (int i = 0; i < 2 * IdSpan.ENTRIES + 10; i++) {
      if (i % 100 == 0) {
        noted.add(note("R-1"));
      } else {
        world.journal().note(state("S-" + i));
      }
    }
    assertThat(world.journalStore().lastSeq()).isGreaterThan(2L * IdSpan.ENTRIES);

    assertThat(spans("R-1")).hasSizeBetween(2, 3);
    for (int limit : List.of(1, 2, 500)) {
      assertThat(found("R-1", limit)).isEqualTo(noted);
    }
  }

  @Test
  void anIdIsStoredAgainAfterAStart() {
    long before = note("R-1");
    forget();
    long after = note("R-1");

    assertThat(spans("R-1")).containsExactly(before, after);
    assertThat(found("R-1", 1)).containsExactly(before, after);
  }

  /** Reads what an earlier version stored, which kept each id for each block. */
  @Test
  void idsOfSingleBlocksFindEachEntryOnce() {
    var noted = List.of(note("R-1"), note("R-1"), note("R-1"));
    jdbc.sql(
            "insert into journal_id (world, id, first_seq)"
                + " select b.world, 'order_no=R-1', b.first_seq from journal_block b where world = ?"
                + " and b.first_seq not in (select first_seq from journal_id i"
                + " where i.world = b.world and i.id = 'order_no=R-1')")
        .param(world.partition())
        .update();

    assertThat(spans("R-1").size()).isGreaterThan(1);
    assertThat(found("R-1", 1)).isEqualTo(noted);
    assertThat(found("R-1", 500)).isEqualTo(noted);
  }

  /** More ids than one: each entry once and in order, cut at the oldest, up to a number. */
  @Test
  void entriesWithAnyOfManyIdsAreReadOnceEach() {
    var noted = new ArrayList<Long>();
    for (int i = 0; i < 2 * IdSpan.ENTRIES + 10; i++) {
      var orderNo = i % 50 == 0 ? "R-1" : i % 70 == 0 ? "R \"2\" \u667a" : "S-" + i;
      world.journal().note(state(orderNo));
      if (orderNo.startsWith("R")) {
        noted.add(world.journalStore().lastSeq());
      }
    }
    var ids = Set.of("R-1", "R \"2\" \u667a", "R-3");

    assertThat(foundAny(ids, Long.MAX_VALUE, 500)).isEqualTo(noted);
    assertThat(foundAny(Set.of("R-1", "R-3"), Long.MAX_VALUE, 500)).isEqualTo(found("R-1", 500));
    assertThat(foundAny(ids, Long.MAX_VALUE, 3)).isEqualTo(noted.subList(0, 3));
    assertThat(foundAny(ids, noted.get(4), 500)).isEqualTo(noted.subList(0, 5));
    assertThat(foundAny(Set.of("R-3"), Long.MAX_VALUE, 500)).isEmpty();
  }

  @Test
  void anIdThatJsonEscapesIsFound() {
    long seq = note("R \"1\" \u667a");

    assertThat(found("R \"1\" \u667a", 500)).containsExactly(seq);
  }

  @Test
  void aForgottenSpanHasNoIds() {
    var span = new IdSpan();
    assertThat(span.of(7)).isEqualTo(7);
    assertThat(span.unstored(new TreeSet<>(List.of("b", "a")))).containsExactly("a", "b");
    assertThat(span.of(6 + IdSpan.ENTRIES)).isEqualTo(7);
    assertThat(span.unstored(new TreeSet<>(List.of("b", "c")))).containsExactly("c");

    span.forget();

    assertThat(span.of(8 + IdSpan.ENTRIES)).isEqualTo(8 + IdSpan.ENTRIES);
    assertThat(span.unstored(new TreeSet<>(List.of("b")))).containsExactly("b");
    assertThat(span.of(8 + 2 * IdSpan.ENTRIES)).isEqualTo(8 + 2 * IdSpan.ENTRIES);
    assertThat(span.unstored(new TreeSet<>(List.of("b")))).containsExactly("b");
  }

  private void forget() {
    server.bean(JournalWriter.class).channel(world.partition(), 0).idSpan().forget();
  }

  /** Notes an entry, which is the last of its block, and returns its number. */
  private long note(String orderNo) {
    world.journal().note(state(orderNo));
    return world.journalStore().lastSeq();
  }

  private static JournalNote state(String orderNo) {
    return new JournalNote(
        "operator",
        JournalNote.Kind.STATE,
        null,
        "tick",
        Map.of(JournalIds.ORDER_NO, orderNo),
        Map.of());
  }

  /** Returns the numbers of the entries with an order number, read page by page. */
  private List<Long> found(String orderNo, int limit) {
    var found = new ArrayList<Long>();
    long after = 0;
    List<JournalEntry> page;
    do {
      page =
          world
              .journalStore()
              .read(JournalQuery.after(after, limit).with(JournalIds.ORDER_NO, orderNo));
      page.forEach(entry -> found.add(entry.seq()));
      after = page.isEmpty() ? after : page.getLast().seq();
    } while (!page.isEmpty());
    return found;
  }

  private List<Long> foundAny(Set<String> orderNos, long until, int most) {
    return world.journalStore().withAny(Map.of(JournalIds.ORDER_NO, orderNos), until, most).stream()
        .map(JournalEntry::seq)
        .toList();
  }

  private List<Long> spans(String orderNo) {
    return jdbc.sql(
            "select first_seq from journal_id where world = ? and id = ? order by first_seq")
        .params(world.partition(), JournalIdIndex.key(JournalIds.ORDER_NO, orderNo))
        .query((row, _) -> row.getLong(1))
        .list();
  }
}
