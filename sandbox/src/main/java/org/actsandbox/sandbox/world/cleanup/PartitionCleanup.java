package org.actsandbox.sandbox.world.cleanup;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Removes the rows of partitions that no world uses any more. Each statement deletes a limited
 * number of rows, so that deleting a world with a million rows takes no longer for the caller than
 * deleting an empty one.
 */
@Component
public class PartitionCleanup {

  private static final Logger log = LoggerFactory.getLogger(PartitionCleanup.class);

  static final int BATCH = 1_000;

  /** Time in which requests that were running may still insert rows; no request runs longer. */
  private static final Duration LATE_ROWS = Duration.ofMinutes(2);

  private static final long PAUSE_MS = 5;
  private static final long IDLE_SECONDS = 60;

  private final JdbcClient jdbc;
  private final Clock machine;
  private final BatchDelete delete;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("emptying").unstarted(this::run);
  private volatile boolean closed;

  PartitionCleanup(JdbcClient jdbc, JdbcTemplate template, Clock machine) {
    this.jdbc = jdbc;
    this.machine = machine;
    this.delete = new BatchDelete(template, jdbc);
  }

  public void start() {
    thread.start();
    wakeUp();
  }

  public void wakeUp() {
    work.release();
  }

  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        work.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS);
        work.drainPermits();
        emptyAll();
      }
    } catch (InterruptedException stopped) {
      log.debug("emptying stopped; it goes on at the next start");
    }
  }

  private void emptyAll() throws InterruptedException {
    try {
      for (var partition : partitions()) {
        empty(partition);
      }
    } catch (DataAccessException failed) {
      // When the server stops, the pool is closed first; a warning then would disturb commands that
      // print nothing but JSON.
      log.atLevel(closed ? Level.DEBUG : Level.WARN)
          .log("emptying goes on later: {}", failed.getMessage());
    }
  }

  private List<String> partitions() {
    return jdbc.sql("select partition_key from emptied_partitions order by noted_at limit 100")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private void empty(String partition) throws InterruptedException {
    for (var table : delete.tables()) {
      while (delete.deleteSome(table, partition, BATCH) == BATCH) {
        Thread.sleep(PAUSE_MS);
      }
    }
    jdbc.sql("delete from emptied_partitions where partition_key = :key and noted_at < :before")
        .param("key", partition)
        .param("before", machine.instant().minus(LATE_ROWS).atOffset(ZoneOffset.UTC))
        .update();
  }
}
