package org.actsandbox.sandbox.journal.storage;

import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Scheduler;

/** Opens the journals of worlds and holds the services that they share. */
@Component
public class Journals {

  public static final int MAX_STREAMS = 200;

  private final JournalWriter writer;
  private final JournalBlockReader rows;
  private final JournalRetention retention;
  private final Clock machine;
  private final JournalMetrics metrics;
  private final Scheduler waiting;
  private final AtomicInteger streams = new AtomicInteger();

  Journals(
      JournalWriter writer,
      JournalBlockReader rows,
      JournalRetention retention,
      Clock machine,
      JournalMetrics metrics,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.writer = writer;
    this.rows = rows;
    this.retention = retention;
    this.machine = machine;
    this.metrics = metrics;
    this.waiting = waiting;
  }

  /**
   * Opens the journal of a world.
   *
   * @param from number after which the partition's journal starts
   * @param clock the world's clock
   * @param secretMasker masks entries before they are written
   */
  public WorldJournal open(
      String partition, long from, InstantSource clock, SecretMasker secretMasker) {
    return new WorldJournal(writer.channel(partition, from), this, clock, secretMasker);
  }

  JournalWriter writer() {
    return writer;
  }

  JournalBlockReader rows() {
    return rows;
  }

  JournalRetention retention() {
    return retention;
  }

  JournalMetrics metrics() {
    return metrics;
  }

  Clock machine() {
    return machine;
  }

  Scheduler waiting() {
    return waiting;
  }

  AtomicInteger streams() {
    return streams;
  }
}
