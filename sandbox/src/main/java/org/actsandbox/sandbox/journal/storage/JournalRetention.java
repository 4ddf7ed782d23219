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
 * Keeps every world's journal bounded: its oldest blocks go when a tenth more than is kept has come
 * together, so that the ids of what goes are looked through seldom.
 */
@Component
class JournalRetention implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JournalRetention.class);

  private static final long LOOK_SECONDS = 60;

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
      while (!stop.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
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

  /** One look at every journal. */
  void trim() {
    var partition = following("");
    while (partition.isPresent()) {
      trim(partition.get());
      partition = following(partition.get());
    }
  }

  /** The number of the oldest entry there is. */
  Optional<Long> oldest(String partition) {
    return edge(partition, "first_seq", "");
  }

  private void trim(String partition) {
    long oldest = oldest(partition).orElse(0L);
    long newest = edge(partition, "last_seq", "desc").orElse(0L);
    if (newest - oldest < kept + kept / 10) {
      return;
    }
    long until = firstOfBlock(partition, newest - kept + 1);
    // Ids first: begun and not finished, it is done again.
    delete("journal_id", partition, until);
    delete("journal_block", partition, until);
    log.info("journal {}: entries {} to {} let go", partition, oldest, until - 1);
  }

  /** The next partition that has a journal, by one look into the index. */
  private Optional<String> following(String partition) {
    return jdbc.sql(
            "select world from journal_block where world > ? order by world, first_seq limit 1")
        .param(partition)
        .query(String.class)
        .optional();
  }

  private Optional<Long> edge(String partition, String column, String direction) {
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

  private void delete(String table, String partition, long until) {
    jdbc.sql("delete from %s where world = ? and first_seq < ?".formatted(table))
        .params(partition, until)
        .update();
  }
}
