package org.h2.mvstore.tx;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.h2.engine.Database;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.db.Store;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.MetaType;
import org.h2.value.VersionedValue;

/**
 * H2's transactions, which show a log what each of them changes before it is committed.
 *
 * <p>Each commit with a change passes here: of a session with and without automatic commits, and of
 * H2's own sessions. The undo log of a transaction then has the keys that it changed, in the table
 * and in each index, without what was rolled back, and the locks of these keys are still held. The
 * class lies in H2's package because H2 lets no other see this.
 */
public final class LoggedTransactionStore extends TransactionStore {

  /** H2's transactions of an open database; H2 has no other way to exchange them. */
  private static final Field TRANSACTIONS = transactions();

  /** H2's map of the definitions of all tables. */
  private static final String DEFINITIONS = "name.table.0";

  /** Time before a transaction waits for another, or looks again whether it has ended. */
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** More than the rows that a transaction inserts one after the other and finds already there. */
  private static final int ATTEMPTS_WITHOUT_PAUSE = 8;

  private static final byte PRESENT = 1;
  private static final byte ABSENT = 0;

  /** Is asked to carry out each commit that changes something. */
  public interface Log {

    /**
     * Carries out a commit.
     *
     * @param images writes the changes of the transaction
     * @param commit makes them visible, and is run once
     */
    void commit(Images images, Runnable commit);
  }

  /** Writes what a transaction changes. */
  @FunctionalInterface
  public interface Images {

    /**
     * Writes each changed key with its new value.
     *
     * @param limit the last position in the buffer
     * @return false if it does not fit, or the definitions of tables are changed
     */
    boolean write(WriteBuffer into, int limit);
  }

  private final Log log;

  /** Number of the map with the definitions, as H2 keeps it. */
  private final int definitions;

  private final AtomicReferenceArray<TakenBack> takenBack = new AtomicReferenceArray<>(1_024);

  private LoggedTransactionStore(MVStore store, Database database, Log log) {
    super(
        store,
        new MetaType<>(database, store.backgroundExceptionHandler),
        new ValueDataType(database, null),
        database.getLockTimeout());
    this.log = log;
    this.definitions = DataUtils.parseHexInt(store.getMetaMap().get(DEFINITIONS));
  }

  /**
   * Lets all later transactions of the database pass the log.
   *
   * @throws IllegalStateException if a transaction is open
   */
  public static void install(Database database, Log log) {
    var store = database.getStore();
    if (!store.getTransactionStore().getOpenTransactions().isEmpty()) {
      throw new IllegalStateException("the database is in use already");
    }
    var logged = new LoggedTransactionStore(store.getMvStore(), database, log);
    logged.init(database.getLobSession());
    try {
      TRANSACTIONS.set(store, logged);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException("the field was made accessible", impossible);
    }
  }

  private static Field transactions() {
    try {
      var field = Store.class.getDeclaredField("transactionStore");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException otherVersion) {
      throw new IllegalStateException("another version of H2 than 2.4.240", otherVersion);
    }
  }

  /**
   * Lets other threads go on. H2 asks for this number before a transaction waits for another, and
   * at no other time. It does not wait for one that has taken a part of itself back, but asks again
   * at once, without end; virtual threads that all do so would leave no processor to the thread
   * that they wait for. In the pause each also sees whom the other waits for, so H2 ends one of two
   * that wait for each other.
   */
  @Override
  int getMaxTransactionId() {
    pause();
    return super.getMaxTransactionId();
  }

  private static void pause() {
    // A thread that is interrupted would not park.
    boolean interrupted = Thread.interrupted();
    LockSupport.parkNanos(PAUSE_NANOS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  void commit(Transaction transaction, boolean recovery) {
    keepingVersion(
        () ->
            log.commit(
                (into, limit) -> write(transaction, into, limit),
                () -> super.commit(transaction, recovery)));
  }

  /**
   * Takes a part of the transaction back, and lets other threads go on if that happens again and
   * again. H2 does so after it has found a key that another transaction has inserted and not
   * committed, and repeats the attempt at once until that one ends or the limit for locks is over:
   * see {@link #getMaxTransactionId()}.
   */
  @Override
  void rollbackTo(Transaction transaction, long from, long to) {
    keepingVersion(() -> super.rollbackTo(transaction, from, to));
    if (times(transaction, from, to) > ATTEMPTS_WITHOUT_PAUSE) {
      pause();
    }
  }

  /** Counts how often a transaction has taken the same part of itself back without a change. */
  private int times(Transaction transaction, long from, long to) {
    // Ids are used again, and the lowest free one is taken, so that few transactions share a place.
    int place = transaction.transactionId % takenBack.length();
    var last = takenBack.get(place);
    int times =
        last != null && last.isOf(transaction) && last.from == from && last.to == to
            ? last.times + 1
            : 1;
    takenBack.set(place, new TakenBack(transaction.sequenceNum, from, to, times));
    return times;
  }

  /**
   * Represents a part that a transaction has taken back.
   *
   * @param transaction the number of the transaction, which no other has
   * @param from position in its undo log before
   * @param to position in its undo log after
   * @param times number of times in a row
   */
  private record TakenBack(long transaction, long from, long to, int times) {

    boolean isOf(Transaction other) {
      return transaction == other.sequenceNum;
    }
  }

  /**
   * Keeps what the file has of this version until {@code work} is done. H2 does that for the
   * statements of a transaction, but not for its end: a page that another thread writes anew and
   * lets go, as the compaction does, could be gone when this one reads it.
   */
  private void keepingVersion(Runnable work) {
    var version = store.registerVersionUsage();
    try {
      work.run();
    } finally {
      store.deregisterVersionUsage(version);
    }
  }

  /** Returns the log that the transactions pass. */
  public Log log() {
    return log;
  }

  /**
   * Writes the value of each key that H2 is about to commit: as in H2's commit, an entry of the
   * undo log counts if the key still has the value of just this entry.
   */
  private boolean write(Transaction transaction, WriteBuffer into, int limit) {
    Cursor<Long, Record<?, ?>> undo = undoLogs[transaction.transactionId].cursor(null);
    while (undo.hasNext()) {
      long operation = undo.next();
      var entry = undo.getValue();
      if (entry.mapId == definitions) {
        return false;
      }
      MVMap<Object, VersionedValue<Object>> map = openMap(entry.mapId);
      if (map == null || map.isClosed() || map.isVolatile()) {
        continue;
      }
      var now = map.get(entry.key);
      // A row that was only locked still has the committed value.
      if (now != null
          && now.getOperationId() == operation
          && now.getCurrentValue() != now.getCommittedValue()) {
        write(map, entry.key, now.getCurrentValue(), into);
        if (into.position() > limit) {
          return false;
        }
      }
    }
    return true;
  }

  private static void write(
      MVMap<Object, VersionedValue<Object>> map, Object key, Object value, WriteBuffer into) {
    into.putVarInt(map.getId());
    into.put(value == null ? ABSENT : PRESENT);
    map.getKeyType().write(into, key);
    if (value != null) {
      map.getValueType().write(into, VersionedValueCommitted.getInstance(value));
    }
  }

  /**
   * Gives each key of written images its value.
   *
   * @param store an open database's, which no session changes meanwhile
   * @throws IllegalStateException if the database has no such table or index
   */
  public static void apply(MVStore store, ByteBuffer images) {
    while (images.hasRemaining()) {
      int id = DataUtils.readVarInt(images);
      MVMap<Object, VersionedValue<Object>> map = store.getMap(id);
      if (map == null) {
        throw new IllegalStateException("no table or index has the number " + id);
      }
      boolean present = images.get() == PRESENT;
      DataType<Object> keys = map.getKeyType();
      Object key = keys.read(images);
      if (present) {
        map.put(key, map.getValueType().read(images));
      } else {
        map.remove(key);
      }
    }
  }
}
