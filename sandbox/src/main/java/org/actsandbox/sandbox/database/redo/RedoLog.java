package org.actsandbox.sandbox.database.redo;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.tx.LoggedTransactionStore;
import org.jspecify.annotations.Nullable;

/**
 * The redo log in front of an H2 file (ADR 131): the changes of each transaction are appended here
 * before it is committed, and H2 writes its pages only at a checkpoint. After a crash {@link
 * RedoRecovery} gives each changed key the last value that the log has for it.
 *
 * <p>The file has the number of the segment from which the log must be applied, 0 for none. A
 * checkpoint starts a segment while no commit is between its images and its end, has H2 write the
 * file, and deletes the segment before. A transaction that changes definitions or very much is not
 * logged but is a checkpoint of its own, with no other commit meanwhile.
 *
 * <p>Until {@link #start} and after {@link #close} there is no segment, and H2 writes the file for
 * all commits that wait.
 */
public final class RedoLog implements LoggedTransactionStore.Log, AutoCloseable {

  /** Makes the files of the log. */
  @FunctionalInterface
  public interface Files {

    /** Makes a file that only its owner may read, and opens it. */
    FileOutputStream create(Path file) throws IOException;
  }

  /** Limits the images of one transaction in bytes. */
  static final int MAX_TRANSACTION = 1 << 20;

  /** Bytes that wait at most, for the case that no caller waits until they are written. */
  private static final int MAX_WAITING = 1 << 20;

  /** Bytes that a buffer for the images of one transaction begins with. */
  private static final int OWN_IMAGES = 32 << 10;

  /**
   * Buffers that are kept; more are only used while more transactions read their images at once.
   */
  private static final int MAX_OWN_IMAGES = 4;

  /** Limits the number of the first segment; there is one more every few seconds. */
  private static final int MAX_FIRST = 500_000_000;

  private final Path database;
  private final Files files;
  private final Connection connection;
  private final MVStore store;
  private final Runnable flush = this::flush;

  /** Held by each commit for reading, and by what needs that there is none for writing. */
  private final ReentrantReadWriteLock commits = new ReentrantReadWriteLock();

  /** Held by who changes segments; taken before {@link #commits}. */
  private final ReentrantLock checkpoints = new ReentrantLock();

  /** Held by who writes the segment; taken before {@link #gathering}. */
  private final ReentrantLock writing = new ReentrantLock();

  private final ReentrantLock gathering = new ReentrantLock();

  /**
   * Buffers for the images of one transaction each. They are made without a lock: who reads a page
   * that H2 has not written yet waits until it has, and before H2 writes it flushes this log.
   */
  private final Queue<WriteBuffer> ownImages = new ArrayBlockingQueue<>(MAX_OWN_IMAGES);

  /** The images that wait, and the buffer for the next ones. */
  private WriteBuffer waiting = new WriteBuffer(64 << 10);

  private WriteBuffer spare = new WriteBuffer(64 << 10);

  private volatile @Nullable RedoSegment segment;
  private volatile @Nullable UncheckedIOException failure;
  private final LongAdder written = new LongAdder();
  private final LongAdder alone = new LongAdder();

  private RedoLog(Path database, Files files, Connection connection, MVStore store) {
    this.database = database;
    this.files = files;
    this.connection = connection;
    this.store = store;
  }

  /**
   * Lets all commits of a database pass here. Nothing else may use it yet.
   *
   * @param database the database's file
   * @param files makes the files of the log
   * @param connection is closed with this, as the last one
   * @throws IOException if the file belongs to a log that is not there
   */
  public static RedoLog open(Path database, Files files, Connection connection)
      throws SQLException, IOException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    var store = session.getDatabase().getStore().getMvStore();
    if (store.getStoreVersion() != 0) {
      throw new IOException(
          "the log %s.%d is missing"
              .formatted(
                  database.toString().replaceFirst("\\.mv\\.db$", ".redo"),
                  store.getStoreVersion()));
    }
    CompressedPages.of(store);
    var log = new RedoLog(database, files, connection, store);
    LoggedTransactionStore.install(session.getDatabase(), log);
    LoggedFiles.logFirst(database, log.flush);
    return log;
  }

  /** Says whether a file of this name belongs to the log of the database file with that name. */
  public static boolean isFileOf(String database, String name) {
    return RedoSegment.number(Path.of(database), name) > 0;
  }

  /** Begins to log; everything committed before is in the file when this returns. */
  public void start() throws IOException {
    checkpoints.lock();
    commits.writeLock().lock();
    try {
      // Another number than in other copies of the file, whose segments are not for this one.
      var first =
          RedoSegment.create(database, ThreadLocalRandom.current().nextInt(1, MAX_FIRST), files);
      save(store, first.number());
      segment = first;
    } finally {
      commits.writeLock().unlock();
      checkpoints.unlock();
    }
  }

  @Override
  public void commit(LoggedTransactionStore.Images images, Runnable commit) {
    boolean logged;
    commits.readLock().lock();
    try {
      // Others can change these keys only after this commit, so the log has each key's values in
      // their order.
      logged = gather(images);
      if (logged) {
        commit.run();
      }
    } finally {
      commits.readLock().unlock();
    }
    if (!logged) {
      exclusively(commit);
    }
  }

  /** Returns false if the changes are not for the log. */
  private boolean gather(LoggedTransactionStore.Images images) {
    if (segment == null || failure != null) {
      return true;
    }
    if (isFull()) {
      flush();
    }
    var polled = ownImages.poll();
    var own = polled == null ? new WriteBuffer(OWN_IMAGES) : polled;
    try {
      if (!images.write(own, MAX_TRANSACTION)) {
        return false;
      }
      gathering.lock();
      try {
        waiting.put(own.getBuffer().array(), 0, own.position());
      } finally {
        gathering.unlock();
      }
      return true;
    } finally {
      own.clear();
      boolean _ = ownImages.offer(own);
    }
  }

  /**
   * Does what the log cannot repeat, while nothing is committed, and has H2 write the file before
   * and after it. No segment from before the work is there when it begins, so that none is applied
   * to a file that has it.
   *
   * @param work is in the file when this returns
   */
  public void exclusively(Runnable work) {
    checkpoints.lock();
    try {
      commits.writeLock().lock();
      try {
        if (segment == null) {
          work.run();
          return;
        }
        alone.increment();
        var former = next();
        writePages(store, current().number());
        deleteObsolete(former);
        work.run();
        writePages(store, current().number());
      } finally {
        commits.writeLock().unlock();
      }
    } catch (IOException failed) {
      throw fail(failed);
    } finally {
      checkpoints.unlock();
    }
  }

  /** Has H2 write the file, so that the log so far is not needed any more. */
  public void checkpoint() {
    checkpoints.lock();
    try {
      RedoSegment former;
      commits.writeLock().lock();
      try {
        flush();
        var now = segment;
        if (now == null || now.isEmpty()) {
          return;
        }
        former = next();
      } finally {
        commits.writeLock().unlock();
      }
      writePages(store, current().number());
      deleteObsolete(former);
    } catch (IOException failed) {
      throw fail(failed);
    } finally {
      checkpoints.unlock();
    }
  }

  /** Deletes a segment when the device has the file that contains all of it. */
  private void deleteObsolete(RedoSegment former) throws IOException {
    store.sync();
    former.delete();
  }

  /** Starts a segment, and returns the one before with all that waits. */
  private RedoSegment next() throws IOException {
    writing.lock();
    try {
      flush();
      var former = current();
      segment = RedoSegment.create(database, former.number() + 1, files);
      return former;
    } finally {
      writing.unlock();
    }
  }

  private RedoSegment current() {
    var now = segment;
    if (now == null) {
      throw new IllegalStateException("the log has no segment");
    }
    return now;
  }

  /** Lets the next version of the file have the number of the segment to apply first. */
  private static void mark(MVStore store, int number) {
    // Shared with who changes this number to itself, to have a version.
    synchronized (store) {
      store.setStoreVersion(number);
    }
  }

  /** Has the operating system have everything committed so far, and the number of the segment. */
  private static void writePages(MVStore store, int number) {
    long version;
    do {
      mark(store, number);
      // H2 returns at once if it has begun a write by itself, which took the number along.
      version = store.commit();
    } while (version < 0);
    while (store.getFileStore().lastChunkVersion() < version) {
      // H2 does not wait for its writing threads if this one is interrupted, and forgets that it
      // was; this waits for all that they have to do.
      store.executeFilestoreOperation(() -> {});
    }
  }

  /** Has the device have everything committed so far, and the number of the segment. */
  static void save(MVStore store, int number) {
    writePages(store, number);
    store.sync();
  }

  /** Hands what waits to the operating system; without a segment, has H2 write the file. */
  public void write() {
    if (segment == null) {
      store.commit();
    } else {
      flush();
    }
  }

  /** Hands what waits to the operating system. */
  void flush() {
    writing.lock();
    try {
      var before = failure;
      if (before != null) {
        throw new UncheckedIOException(before.getCause());
      }
      append();
    } finally {
      writing.unlock();
    }
  }

  private void append() {
    WriteBuffer full;
    gathering.lock();
    try {
      if (waiting.position() == 0) {
        return;
      }
      full = waiting;
      waiting = spare;
      spare = full;
    } finally {
      gathering.unlock();
    }
    try {
      var now = current();
      long before = now.size();
      now.append(full.getBuffer().array(), full.position());
      written.add(now.size() - before);
      full.clear();
    } catch (IOException failed) {
      throw fail(failed);
    } catch (RuntimeException | Error unexpected) {
      // Later images must not come before these.
      fail(new IOException(unexpected));
      throw unexpected;
    }
  }

  /** Lets nothing be acknowledged any more. */
  private UncheckedIOException fail(IOException cause) {
    var failed = new UncheckedIOException(cause);
    failure = failed;
    return failed;
  }

  /** Returns the number of bytes since the last checkpoint. */
  long size() {
    var now = segment;
    return now == null || now.isEmpty() ? 0 : now.size();
  }

  /** Says whether more waits than should without being written. */
  private boolean isFull() {
    gathering.lock();
    try {
      return waiting.position() > MAX_WAITING;
    } finally {
      gathering.unlock();
    }
  }

  /** Returns the number of bytes written into the log since the start. */
  public long writtenBytes() {
    return written.sum();
  }

  /** Returns how often {@link #exclusively} let all other commits wait since the start. */
  public long changesAlone() {
    return alone.sum();
  }

  /**
   * Has H2 write the file, deletes the log and closes the database. If the file cannot be written,
   * the log stays for the next start.
   */
  @Override
  public void close() throws SQLException, IOException {
    try (connection) {
      end();
    } finally {
      // Not earlier: when H2 is closed it writes what it can, also what the log could not take.
      LoggedFiles.forget(flush);
    }
  }

  private void end() throws IOException {
    checkpoints.lock();
    commits.writeLock().lock();
    try {
      flush();
      var last = segment;
      if (last != null) {
        save(store, 0);
        segment = null;
        last.delete();
      }
    } finally {
      commits.writeLock().unlock();
      checkpoints.unlock();
    }
  }
}
