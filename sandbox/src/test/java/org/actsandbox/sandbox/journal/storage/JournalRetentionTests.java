package org.actsandbox.sandbox.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tests that a world's journal is bounded, and that readers from before its beginning can continue.
 */
class JournalRetentionTests {

  private static final int KEPT = 100;
  private static final int ROUND = 10;

  /** So many blocks or ids that their removal at once would be more than a megabyte. */
  private static final int MANY = 40_000;

  @TempDir Path data;

  @Test
  void theOldestEntriesGoAndReadersContinueAtTheBeginning() {
    try (var server = SandboxServer.start(data, "--act.journal-entries=" + KEPT)) {
      var world = server.newWorld();
      var small = server.newWorld();
      write(small, ROUND);
      write(world, KEPT);
      server.bean(JournalRetention.class).trim();
      assertThat(numbers(world)).isEqualTo(LongStream.rangeClosed(1, KEPT).boxed().toList());

      write(world, 400);
      server.bean(JournalRetention.class).trim();

      var left = numbers(world);
      assertThat(left).hasSizeBetween(KEPT, KEPT + ROUND).last().isEqualTo(500L);
      long first = left.getFirst();
      assertThat(left).isEqualTo(LongStream.rangeClosed(first, 500).boxed().toList());
      var journal = world.journalStore();
      assertThat(journal.find(1)).isEmpty();
      assertThat(journal.find(first)).isPresent();
      assertThat(byOrder(world, 1)).isEmpty();
      assertThat(byOrder(world, 491)).hasSize(1);
      assertThat(
              journal
                  .follow(0)
                  .map(JournalEntry::seq)
                  .take(3)
                  .collectList()
                  .block(Duration.ofMinutes(1)))
          .containsExactly(first, first + 1, first + 2);
      assertThat(numbers(small)).hasSize(ROUND);
      write(world, 1);
      assertThat(journal.lastSeq()).isEqualTo(501);
    }
  }

  @Test
  void idsGoWhenNoKeptEntryNeedsThem() {
    try (var server = SandboxServer.start(data, "--act.journal-entries=" + KEPT)) {
      var world = server.newWorld();
      int written = (2 * IdSpan.ENTRIES + 2 * KEPT) / ROUND * ROUND;
      write(world, written);

      server.bean(JournalRetention.class).trim();

      var jdbc = server.bean(JdbcClient.class);
      long oldest = server.bean(JournalRetention.class).oldest(world.partition()).orElseThrow();
      assertThat(
              jdbc.sql("select min(first_seq) from journal_id where world = ?")
                  .param(world.partition())
                  .query(Long.class)
                  .single())
          .isBetween(oldest - IdSpan.ENTRIES + 1, oldest);
      assertThat(byOrder(world, written - ROUND + 1L)).hasSize(1);
    }
  }

  /** Checks a journal after a reset, which continues the numbers of the one before. */
  @Test
  void aJournalThatBeginsFarFromZeroIsReadFromItsBeginning() {
    String name;
    try (var server = SandboxServer.start(data)) {
      name = server.newWorld().name();
    }
    try (var server = SandboxServer.start(data)) {
      server
          .bean(JdbcClient.class)
          .sql("update worlds set journal_from = 200000 where name = ?")
          .param(name)
          .update();
      var world = server.world(name);
      write(world, ROUND);
      assertThat(numbers(world)).first().isEqualTo(200_001L);
      assertThat(
              world
                  .journalStore()
                  .follow(0)
                  .map(JournalEntry::seq)
                  .take(1)
                  .collectList()
                  .block(Duration.ofMinutes(1)))
          .containsExactly(200_001L);
    }
  }

  /** All other commits wait while one of more than a megabyte of changes is made. */
  @Test
  void aLongJournalGoesInSmallTransactions() {
    try (var server = SandboxServer.start(data, "--act.journal-entries=" + KEPT)) {
      var partition = server.newWorld().partition();
      var jdbc = server.bean(JdbcClient.class);
      fill(jdbc, partition);
      var redo = server.bean(RedoLog.class);
      long before = redo.changesAlone();

      server.bean(JournalRetention.class).trim();

      assertThat(redo.changesAlone()).isEqualTo(before);
      assertThat(numbers(jdbc, "journal_block", partition)).isEqualTo(firstAndCount(KEPT));
      assertThat(numbers(jdbc, "journal_id", partition))
          .isEqualTo(firstAndCount(KEPT + IdSpan.ENTRIES - 1));
    }
  }

  private static void fill(JdbcClient jdbc, String partition) {
    jdbc.sql(
            "insert into journal_block (world, first_seq, last_seq, kinds, entries)"
                + " select ?, x, x, 'STATE', x'00' from system_range(1, ?)")
        .params(partition, MANY)
        .update();
    jdbc.sql(
            "insert into journal_id (world, id, first_seq)"
                + " select ?, 'order_no=R-' || x, x from system_range(1, ?)")
        .params(partition, MANY)
        .update();
  }

  private static String numbers(JdbcClient jdbc, String table, String partition) {
    return jdbc.sql(
            "select min(first_seq) || ' ' || count(*) from %s where world = ?".formatted(table))
        .param(partition)
        .query(String.class)
        .single();
  }

  private static String firstAndCount(int left) {
    return (MANY - left + 1) + " " + left;
  }

  /** Writes in rounds, because entries that are written at once are one block. */
  private static void write(World world, int count) {
    for (int i = 0; i < count; i++) {
      var no =
          i % ROUND == 0
              ? Map.of(JournalIds.ORDER_NO, "R-" + (world.journalStore().lastSeq() + 1))
              : Map.<String, String>of();
      world
          .journal()
          .note(new JournalNote("operator", JournalNote.Kind.STATE, null, "tick", no, Map.of()));
    }
    assertThat(world.journalStore().lastSeq()).isPositive();
  }

  private static List<Long> numbers(World world) {
    return world.journalStore().read(JournalQuery.after(0, 500)).stream()
        .map(JournalEntry::seq)
        .toList();
  }

  private static List<JournalEntry> byOrder(World world, long seq) {
    return world
        .journalStore()
        .read(JournalQuery.after(0, 500).with(JournalIds.ORDER_NO, "R-" + seq));
  }
}
