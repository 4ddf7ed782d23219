package org.actsandbox.sandbox.journal.storage;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.actsandbox.sandbox.journal.CopyBuffers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes all journals on one thread: it takes the pending entries, stores them in one transaction
 * and notifies the followers. An entry is stored within milliseconds; a clean stop stores all of
 * them.
 */
@Component
public class JournalWriter implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

  private static final int BATCH = 512;
  private static final long IDLE_MS = 200;
  private static final long RETRY_MS = 200;
  private static final long READ_YOUR_WRITES_MS = 10_000;

  /** Limit in bytes of the buffer that is kept from entry to entry. */
  private static final int KEPT_LINE = 32 * 1024;

  private final WriteQueue queue = new WriteQueue(System::nanoTime);
  private final JournalTable table;
  private final Map<String, JournalChannel> channels = new ConcurrentHashMap<>();

  /**
   * Tells whether the last attempt of the batch may have been committed, because the connection
   * ended before the database answered. Accessed by the writer's thread only.
   */
  private boolean outcomeUnknown;

  /** The text of one entry after the other; accessed by the writer's thread only. */
  private ByteArrayOutputStream line = new ByteArrayOutputStream(KEPT_LINE);

  /** The bodies of one entry after the other; used by the writer's thread only. */
  private final CopyBuffers copies = new CopyBuffers();

  /** Used by the writer's thread. */
  private final JournalBlock.Buffers buffers = new JournalBlock.Buffers();

  private volatile boolean stopping;
  private volatile Thread thread = Thread.currentThread();
  private volatile boolean running;

  JournalWriter(@Qualifier("backgroundConnections") DataSource connections) {
    this.table = new JournalTable(connections);
  }

  /**
   * Returns the partition's channel to this writer.
   *
   * @param from number after which the partition's journal starts, if nothing is stored yet
   */
  JournalChannel channel(String partition, long from) {
    return channels.computeIfAbsent(
        partition, key -> new JournalChannel(key, Math.max(from, table.lastSeq(key))));
  }

  /** Ends the followers; entries that still arrive are stored. */
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

  /** Returns the age of the oldest entry that is not stored, in seconds. */
  public double lagSeconds() {
    return queue.lagNanos() / 1e9;
  }

  /** Waits until the entries that were noted before this call are stored, at most ten seconds. */
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

  /** Starts before everything else and stops after everything else. */
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
      while (!store(batch)) {
        Thread.sleep(RETRY_MS);
      }
    } finally {
      outcomeUnknown = false;
      queue.done(batch);
    }
  }

  /**
   * Stores the batch; false when the database did not take it and the same batch has to be tried
   * again.
   */
  private boolean store(List<WriteQueue.Item> batch) {
    try {
      table.insert(blocks(batch));
    } catch (JournalTable.NotStored failed) {
      batch.forEach(item -> item.channel().renumber());
      return handleFailure(batch, failed);
    }
    batch.stream().map(WriteQueue.Item::channel).distinct().forEach(JournalChannel::markStored);
    return true;
  }

  /** Makes the blocks of one world after those of another, so that all share the buffers. */
  private List<JournalBlock> blocks(List<WriteQueue.Item> batch) {
    var worlds = new LinkedHashMap<JournalChannel, List<WriteQueue.Item>>();
    batch.forEach(item -> worlds.computeIfAbsent(item.channel(), _ -> new ArrayList<>()).add(item));
    var blocks = new ArrayList<JournalBlock>();
    worlds.forEach(
        (channel, items) -> {
          var builder = new JournalBlock.Builder(channel.partition(), channel.idSpan(), buffers);
          for (var item : items) {
            builder.add(JournalRow.of(item.pending(), channel.nextNumber(), line, copies));
            if (line.size() > KEPT_LINE) {
              line = new ByteArrayOutputStream(KEPT_LINE);
            }
          }
          blocks.addAll(builder.blocks());
        });
    return blocks;
  }

  private boolean handleFailure(List<WriteQueue.Item> batch, JournalTable.NotStored failed) {
    if (failed.isCausedByData()) {
      return storeHalves(batch, failed);
    }
    if (failed.isCausedByNumber() && continuesAfterStored(batch)) {
      return true;
    }
    outcomeUnknown = !failed.isCausedByNumber();
    if (stopping) {
      log.error("{} journal entries are lost: {}", batch.size(), failed.getMessage());
      return true;
    }
    log.warn("journal not stored, trying again: {}", failed.getMessage());
    return false;
  }

  /**
   * Continues each channel after its newest stored number; true if the batch turns out to be stored
   * itself, by an attempt whose answer was lost.
   */
  private boolean continuesAfterStored(List<WriteQueue.Item> batch) {
    var entries =
        batch.stream()
            .collect(Collectors.groupingBy(WriteQueue.Item::channel, Collectors.counting()));
    try {
      boolean stored = outcomeUnknown;
      for (var each : entries.entrySet()) {
        var channel = each.getKey();
        long newest = table.lastSeq(channel.partition());
        stored &= newest == channel.lastStored() + each.getValue();
        channel.continueAfter(newest);
      }
      return stored;
    } catch (DataAccessException away) {
      log.warn("the newest journal numbers are not readable", away);
      return false;
    }
  }

  /** Halves the batch until the entry that cannot be stored is alone, and replaces that entry. */
  private boolean storeHalves(List<WriteQueue.Item> batch, JournalTable.NotStored failed) {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      return store(batch.subList(0, half)) && store(batch.subList(half, batch.size()));
    }
    var item = batch.getFirst();
    if (failed.isCausedByMove()) {
      log.info(
          "an entry of the journal of {} came after the world had gone to another node",
          item.channel().partition());
      return true;
    }
    if (item.pending() instanceof PendingEntry.Unwritable) {
      log.error(
          "an entry of the journal of {} cannot be stored in any form: {}",
          item.channel().partition(),
          failed.getMessage());
      return true;
    }
    return store(
        List.of(new WriteQueue.Item(item.channel(), new PendingEntry.Unwritable(item.pending()))));
  }
}
