package org.actsandbox.sandbox.journal.storage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The one thread that writes journals: it takes whatever waits, stores it in one transaction and
 * tells the followers. What is noted is stored within milliseconds; on a clean stop, all of it.
 */
@Component
public class JournalWriter implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

  private static final int BATCH = 512;
  private static final long IDLE_MS = 200;
  private static final long RETRY_MS = 200;
  private static final long READ_YOUR_WRITES_MS = 10_000;

  private final WriteQueue queue = new WriteQueue(System::nanoTime);
  private final JournalTable table;
  private final Map<String, JournalChannel> channels = new ConcurrentHashMap<>();
  private volatile boolean stopping;
  private volatile Thread thread = Thread.currentThread();
  private volatile boolean running;

  JournalWriter(@Qualifier("backgroundConnections") DataSource connections) {
    this.table = new JournalTable(connections);
  }

  /**
   * The partition's line to this writer.
   *
   * @param from the number the partition's journal starts after, if nothing is stored yet
   */
  JournalChannel channel(String partition, long from) {
    return channels.computeIfAbsent(
        partition, key -> new JournalChannel(key, Math.max(from, table.lastSeq(key))));
  }

  /** Ends the followers; entries that still come are stored. */
  void release(JournalChannel channel) {
    channel.complete();
    channels.remove(channel.partition(), channel);
  }

  boolean offer(JournalChannel channel, PendingEntry pendingEntry) {
    return queue.offer(new WriteQueue.Item(channel, pendingEntry));
  }

  void put(JournalChannel channel, PendingEntry pendingEntry) {
    queue.put(new WriteQueue.Item(channel, pendingEntry));
  }

  /** Returns the number of entries that are noted and not yet stored. */
  public int waiting() {
    return queue.waiting();
  }

  /** Returns for how long, in seconds, an entry has been waiting to be stored. */
  public double lagSeconds() {
    return queue.lagNanos() / 1e9;
  }

  /** A reader sees what was noted before it asked. */
  void awaitWritten() {
    try {
      queue.awaitWritten(READ_YOUR_WRITES_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    stopping = false;
    running = true;
    thread = Thread.ofPlatform().name("journal-writer").daemon(false).start(this::run);
  }

  @Override
  public void stop() {
    stopping = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before everything else at start, after everything else at stop. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 100;
  }

  private void run() {
    while (true) {
      try {
        var batch = queue.take(BATCH, IDLE_MS);
        if (!batch.isEmpty()) {
          write(batch);
        } else if (stopping) {
          table.close();
          return;
        }
      } catch (InterruptedException interrupted) {
        log.warn("journal writer interrupted, going on");
      }
    }
  }

  private void write(List<WriteQueue.Item> batch) throws InterruptedException {
    try {
      while (!stored(batch)) {
        Thread.sleep(RETRY_MS);
      }
    } finally {
      queue.done(batch);
    }
  }

  /** False when the database did not take it and the same batch should be tried again. */
  private boolean stored(List<WriteQueue.Item> batch) {
    try {
      table.insert(blocks(batch));
    } catch (JournalTable.NotStored failed) {
      batch.forEach(item -> item.channel().renumber());
      return settled(batch, failed);
    }
    batch.stream().map(WriteQueue.Item::channel).distinct().forEach(JournalChannel::stored);
    return true;
  }

  private static List<JournalBlock> blocks(List<WriteQueue.Item> batch) {
    var presses = new LinkedHashMap<JournalChannel, JournalBlock.Builder>();
    for (var item : batch) {
      var channel = item.channel();
      presses
          .computeIfAbsent(channel, key -> new JournalBlock.Builder(key.partition()))
          .add(EntryEncoder.encode(item.pending(), channel.nextNumber()));
    }
    return presses.values().stream().flatMap(builder -> builder.blocks().stream()).toList();
  }

  private boolean settled(List<WriteQueue.Item> batch, JournalTable.NotStored failed) {
    if (failed.blamesData()) {
      return storedApart(batch);
    }
    if (stopping) {
      log.error("{} journal entries are lost: {}", batch.size(), failed.getMessage());
      return true;
    }
    log.warn("journal not stored, trying again: {}", failed.getMessage());
    return false;
  }

  /** Halves the batch until the entry that cannot be stored is alone, and replaces that one. */
  private boolean storedApart(List<WriteQueue.Item> batch) {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      return stored(batch.subList(0, half)) && stored(batch.subList(half, batch.size()));
    }
    var item = batch.getFirst();
    if (item.pending() instanceof UnwritableEntry) {
      log.error("a journal entry cannot be stored in any form");
      return true;
    }
    return stored(
        List.of(new WriteQueue.Item(item.channel(), new UnwritableEntry(item.pending()))));
  }
}
