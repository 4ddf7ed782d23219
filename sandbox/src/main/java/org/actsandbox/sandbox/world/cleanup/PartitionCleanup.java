package org.actsandbox.sandbox.world.cleanup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

  /** Partitions that this process has emptied, and that are noted because rows may still come. */
  private final Set<String> emptied = new HashSet<>();

  private final Thread thread = Thread.ofVirtual().name("emptying").unstarted(this::run);
  private volatile boolean closed;

  /**
   * Represents a partition without a world.
   *
   * @param at when its world was deleted or reset
   */
  private record Noted(String partition, Instant at) {}

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

  /**
   * Empties each partition when it was noted, and once more when no rows can come any more; between
   * these it is left alone, however many worlds are deleted meanwhile.
   */
  void emptyAll() throws InterruptedException {
    try {
      var noted = noted();
      // Another node may have emptied one for good.
      emptied.retainAll(noted.stream().map(Noted::partition).collect(Collectors.toSet()));
      var complete = machine.instant().minus(LATE_ROWS);
      for (var each : noted) {
        if (each.at().isBefore(complete)) {
          empty(each.partition());
          forget(each.partition());
        } else if (!emptied.contains(each.partition())) {
          empty(each.partition());
          emptied.add(each.partition());
        }
      }
    } catch (DataAccessException failed) {
      // When the server stops, the pool is closed first; a warning then would disturb commands that
      // print nothing but JSON.
      log.atLevel(closed ? Level.DEBUG : Level.WARN)
          .log("emptying goes on later: {}", failed.getMessage());
    }
  }

  private List<Noted> noted() {
    return jdbc.sql("select partition_key, noted_at from emptied_partitions order by noted_at")
        .query(
            (row, _) ->
                new Noted(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
        .list();
  }

  private void empty(String partition) throws InterruptedException {
    for (var table : delete.tables()) {
      while (delete.deleteSome(table, partition, BATCH) == BATCH) {
        Thread.sleep(PAUSE_MS);
      }
    }
  }

  private void forget(String partition) {
    jdbc.sql("delete from emptied_partitions where partition_key = :key")
        .param("key", partition)
        .update();
  }
}
