package org.actsandbox.sandbox.journal.storage;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.actsandbox.sandbox.SandboxSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Limits every world's journal. It removes the oldest blocks when a tenth more entries than the
 * limit have accumulated, so that their ids are seldom searched. Each statement removes few rows:
 * all other commits wait for a large transaction.
 */
@Component
class JournalRetention implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JournalRetention.class);

  private static final long INTERVAL_SECONDS = 60;

  /** Numbers of entries whose blocks one statement removes. */
  private static final int ENTRIES = 1_000;

  /** Number of ids at which one statement looks. */
  private static final int IDS = 1_000;

  private final JdbcClient jdbc;
  private final long kept;
  private final Semaphore stop = new Semaphore(0);
  private volatile boolean running;

  JournalRetention(JdbcClient jdbc, SandboxSettings sandboxSettings) {
    this.jdbc = jdbc;
    this.kept = sandboxSettings.journalEntries();
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("journal-retention").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    stop.release();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    try {
      while (!stop.tryAcquire(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        trimQuietly();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void trimQuietly() {
    try {
      trim();
    } catch (DataAccessException failed) {
      log.warn("old journal entries are let go later: {}", failed.getMessage());
    }
  }

  /** Trims every journal that is too long, once. */
  void trim() {
    var partition = following("");
    while (partition.isPresent()) {
      trim(partition.get());
      partition = following(partition.get());
    }
  }

  /** Returns the number of the oldest stored entry. */
  Optional<Long> oldest(String partition) {
    return endNumber(partition, "first_seq", "");
  }

  private void trim(String partition) {
    long oldest = oldest(partition).orElse(0L);
    long newest = endNumber(partition, "last_seq", "desc").orElse(0L);
    if (newest - oldest < kept + kept / 10) {
      return;
    }
    long until = firstOfBlock(partition, newest - kept + 1);
    // Ids are deleted first: if the work is interrupted, the next run repeats it.
    // A span that ends after the first kept number is still needed.
    deleteIds(partition, until - IdSpan.ENTRIES + 1);
    deleteBlocks(partition, oldest, until);
    log.info("journal {}: entries {} to {} let go", partition, oldest, until - 1);
  }

  /** Returns the next partition that has a journal, with one access to the index. */
  private Optional<String> following(String partition) {
    return jdbc.sql(
            "select world from journal_block where world > ? order by world, first_seq limit 1")
        .param(partition)
        .query(String.class)
        .optional();
  }

  private Optional<Long> endNumber(String partition, String column, String direction) {
    return jdbc.sql(
            "select %1$s from journal_block where world = ? order by world %2$s, first_seq %2$s limit 1"
                .formatted(column, direction))
        .param(partition)
        .query(Long.class)
        .optional();
  }

  private long firstOfBlock(String partition, long seq) {
    return jdbc.sql(
            "select first_seq from journal_block where world = ? and first_seq <= ?"
                + " order by world desc, first_seq desc limit 1")
        .params(partition, seq)
        .query(Long.class)
        .single();
  }

  private void deleteBlocks(String partition, long oldest, long until) {
    for (long from = oldest; from < until; from += ENTRIES) {
      jdbc.sql("delete from journal_block where world = ? and first_seq >= ? and first_seq < ?")
          .params(partition, from, Math.min(until, from + ENTRIES))
          .update();
    }
  }

  /** Goes through all ids of the journal, because no index has them by number. */
  private void deleteIds(String partition, long until) {
    var after = "";
    for (var end = idAfter(partition, after); end.isPresent(); end = idAfter(partition, after)) {
      jdbc.sql("delete from journal_id where world = ? and id > ? and id <= ? and first_seq < ?")
          .params(partition, after, end.get(), until)
          .update();
      after = end.get();
    }
    jdbc.sql("delete from journal_id where world = ? and id > ? and first_seq < ?")
        .params(partition, after, until)
        .update();
  }

  /** Returns the last of the next ids that one statement looks at; empty if there are fewer. */
  private Optional<String> idAfter(String partition, String id) {
    return jdbc.sql(
            "select id from journal_id where world = ? and id > ?"
                + " order by world, id, first_seq limit 1 offset ?")
        .params(partition, id, IDS - 1)
        .query(String.class)
        .optional();
  }
}
