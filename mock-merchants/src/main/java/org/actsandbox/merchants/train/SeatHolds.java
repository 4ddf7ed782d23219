package org.actsandbox.merchants.train;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The seats this world has taken, run by run. The database is the truth; what is kept in memory is
 * a bounded set of snapshots, each with the version of its run.
 *
 * <p>A seat is never sold twice: a hold chooses on a snapshot and then moves the run's version on
 * from exactly that snapshot's, which fails if anything happened in between; it then waits for the
 * row and chooses again on what the row guards. So a stale snapshot (another node sold something)
 * costs a second try, never a seat. Runs do not wait for each other.
 */
final class SeatHolds {

  /** Snapshots kept per merchant and world; one is as large as its run has held seats. */
  static final int SNAPSHOTS = 1024;

  static final int BLOCK_ATTEMPTS = 50;

  private final SeatHoldRows rows;

  /** Keys of runs that have a row; the others need no look into the database. */
  private final Set<Long> touched = ConcurrentHashMap.newKeySet();

  private final Map<Long, HeldSeats> snapshots =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, HeldSeats> eldest) {
          return size() > SNAPSHOTS;
        }
      };

  SeatHolds(SeatHoldRows rows, Timetable timetable, LocalDate today) {
    this.rows = rows;
    // The day before, for trains that are still on their way.
    for (var name : rows.touchedSince(today.minusDays(1))) {
      timetable
          .train(name.number())
          .ifPresent(train -> touched.add(new TrainRun(train, name.serviceDate()).key()));
    }
  }

  HeldSeats held(TrainRun trainRun) {
    if (!touched.contains(trainRun.key())) {
      return HeldSeats.NOTHING;
    }
    var known = snapshot(trainRun);
    if (known.isPresent()) {
      return known.get();
    }
    var read = rows.read(trainRun);
    // What a transaction reads may be its own and roll back: not for others.
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? read
        : keep(trainRun, read);
  }

  /**
   * Takes seats for an order, in the caller's transaction.
   *
   * @param choose picks seats on what is held, or refuses; may be asked twice
   */
  void hold(String orderNo, TrainRun trainRun, Function<HeldSeats, SeatMasks> choose) {
    requireTransaction();
    var seen = held(trainRun);
    var seats = choose.apply(seen);
    var now = new HeldSeats(seen.version() + 1, seen.masks());
    if (!rows.advance(trainRun, seen.version())) {
      now = locked(trainRun);
      seats = choose.apply(now);
    }
    rows.add(orderNo, trainRun, seats);
    var after = new HeldSeats(now.version(), now.masks().plus(seats));
    afterCommit(() -> keep(trainRun, after));
  }

  /**
   * Waits for the run's row. Whoever had it before usually has left a snapshot of it: reading all
   * holds of a popular train while others wait would cost more with every ticket sold.
   */
  private HeldSeats locked(TrainRun trainRun) {
    long version = rows.lock(trainRun);
    var before = snapshot(trainRun).filter(heldSeats -> heldSeats.version() == version - 1);
    if (before.isPresent()) {
      return new HeldSeats(version, before.get().masks());
    }
    forget(trainRun);
    return rows.read(trainRun);
  }

  /** Gives the seats of an order back, in the caller's transaction; twice is once. */
  void release(String orderNo, Timetable timetable) {
    requireTransaction();
    var row = rows.find(orderNo);
    if (row.isEmpty()) {
      return;
    }
    var trainRun = run(row.get(), timetable);
    // The run's row first, as a hold does: the same order of locks everywhere.
    rows.lock(trainRun);
    if (rows.remove(orderNo)) {
      var after = rows.read(trainRun);
      afterCommit(() -> keep(trainRun, after));
    }
  }

  /**
   * Takes seats out of sale for no order, in place of what {@code name} took before. Works inside
   * and outside a transaction: the seats are written before the version moves, so that a hold which
   * does not see them fails to advance. One caller at a time per name.
   *
   * @param choose picks seats on what all others hold, or refuses; nothing has changed then
   */
  void block(String name, TrainRun trainRun, Function<HeldSeats, SeatMasks> choose) {
    for (int attempt = 0; attempt < BLOCK_ATTEMPTS; attempt++) {
      var others = rows.readWithout(trainRun, name);
      var seats = choose.apply(others);
      rows.remove(name);
      rows.add(name, trainRun, seats);
      if (rows.advance(trainRun, others.version())) {
        var after = new HeldSeats(others.version() + 1, others.masks().plus(seats));
        afterCommit(() -> keep(trainRun, after));
        return;
      }
    }
    throw new Refusal(Problem.UNAVAILABLE, "the train is being booked too fast to change its stock")
        .remedy("Try again in a moment.");
  }

  /** The seats an order holds, ascending. */
  Optional<List<Integer>> seats(String orderNo) {
    return rows.find(orderNo).map(row -> row.seats().seats());
  }

  private static TrainRun run(SeatHoldRows.HoldRow row, Timetable timetable) {
    var train =
        timetable
            .train(row.number())
            .orElseThrow(() -> new IllegalStateException("no train " + row.number()));
    return new TrainRun(train, row.serviceDate());
  }

  private Optional<HeldSeats> snapshot(TrainRun trainRun) {
    synchronized (snapshots) {
      return Optional.ofNullable(snapshots.get(trainRun.key()));
    }
  }

  /** Keeps the newer of two snapshots: answers may arrive in any order. */
  private HeldSeats keep(TrainRun trainRun, HeldSeats read) {
    touched.add(trainRun.key());
    synchronized (snapshots) {
      return snapshots.merge(trainRun.key(), read, (a, b) -> a.version() > b.version() ? a : b);
    }
  }

  private void forget(TrainRun trainRun) {
    touched.add(trainRun.key());
    synchronized (snapshots) {
      snapshots.remove(trainRun.key());
    }
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("seats are held and given back in a transaction only");
    }
  }

  /** What others may see only when it is committed. */
  private static void afterCommit(Runnable action) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      action.run();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            action.run();
          }
        });
  }
}
