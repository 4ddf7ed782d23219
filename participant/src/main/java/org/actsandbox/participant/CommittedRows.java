package org.actsandbox.participant;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps rows of one world that were read, so that the steps of one purchase do not read the same
 * row again and again. Only committed rows are kept, and a kept row is the newest: while a
 * transaction that changes a row is open, the row is read from the database, and what was read
 * before its end is not kept. One process owns a world, so no other writes the row.
 *
 * <p>A key has one slot, which it shares with others; a writer marks the slot, so that a mark never
 * gets lost for lack of room.
 *
 * @param <V> an immutable value
 */
public final class CommittedRows<V> {

  private final List<Slot<V>> slots;

  /**
   * @param size the number of rows that are kept at most, a power of two
   */
  public CommittedRows(int size) {
    if (Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size is a power of two, was " + size);
    }
    this.slots = Stream.generate(Slot<V>::new).limit(size).toList();
  }

  /** Holds one row and the marks of its writers; its fields are guarded by the slot itself. */
  private static final class Slot<V> {

    private @Nullable String key;
    private @Nullable V value;

    /** Number of transactions under way that change a row of this slot. */
    private int writers;

    /** Counts the ends of such transactions. */
    private long changes;
  }

  /** Returns the row from memory, or else by {@code read}, which looks into the database. */
  public Optional<V> find(String key, Supplier<Optional<V>> read) {
    var slot = slot(key);
    long before;
    synchronized (slot) {
      if (key.equals(slot.key) && slot.value != null) {
        return Optional.of(slot.value);
      }
      before = slot.changes;
    }
    var found = read.get();
    synchronized (slot) {
      if (found.isPresent() && slot.writers == 0 && slot.changes == before) {
        slot.key = key;
        slot.value = found.get();
      }
    }
    return found;
  }

  /**
   * Writes the row, and keeps it when the change is committed, unless another writer of its slot
   * was under way in the meantime: then only the database knows the newest row. Without a
   * transaction the change ends with {@code change}.
   *
   * @param after the row as a reader finds it after the change
   * @param change returns whether the row is changed to {@code after}
   */
  public boolean change(String key, V after, BooleanSupplier change) {
    return change(new Writing<>(slot(key), key, _ -> after), change);
  }

  /**
   * Writes the row, and keeps what {@code after} makes of the row that was kept before, on the same
   * conditions; a row that was not kept is read by the next reader.
   *
   * @param change returns whether the row is changed to what {@code after} returns
   */
  public boolean changeKept(String key, UnaryOperator<V> after, BooleanSupplier change) {
    return change(
        new Writing<>(slot(key), key, kept -> kept == null ? null : after.apply(kept)), change);
  }

  /** Writes the row in a way that only the database knows, so that the next reader reads it. */
  public boolean changeUnseen(String key, BooleanSupplier change) {
    return change(new Writing<>(slot(key), key, _ -> null), change);
  }

  private boolean change(Writing<V> writing, BooleanSupplier change) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      boolean done = false;
      try {
        done = change.getAsBoolean();
        return done;
      } finally {
        writing.end(done);
      }
    }
    var done = new AtomicBoolean();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCompletion(int status) {
            writing.end(status == STATUS_COMMITTED && done.get());
          }
        });
    done.set(change.getAsBoolean());
    return done.get();
  }

  /** Represents a change under way, from before its statement until after its commit. */
  private static final class Writing<V> {

    private final Slot<V> slot;
    private final String key;
    private final @Nullable V after;
    private final long before;

    /**
     * @param after makes the row of the one that was kept; null for a row that is not kept
     */
    Writing(Slot<V> slot, String key, Function<@Nullable V, @Nullable V> after) {
      this.slot = slot;
      this.key = key;
      synchronized (slot) {
        this.after = after.apply(key.equals(slot.key) ? slot.value : null);
        slot.writers++;
        slot.key = null;
        slot.value = null;
        before = slot.changes;
      }
    }

    void end(boolean done) {
      synchronized (slot) {
        slot.writers--;
        if (done && after != null && slot.writers == 0 && slot.changes == before) {
          slot.key = key;
          slot.value = after;
        }
        slot.changes++;
      }
    }
  }

  private Slot<V> slot(String key) {
    int hash = key.hashCode();
    return slots.get((hash ^ (hash >>> 16)) & (slots.size() - 1));
  }
}
