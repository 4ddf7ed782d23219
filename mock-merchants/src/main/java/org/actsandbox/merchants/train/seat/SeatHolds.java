package org.actsandbox.merchants.train.seat;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds the seats that this world has taken, run by run. The database is the truth; memory keeps a
 * bounded set of snapshots, each with the version of its run.
 *
 * <p>A seat is never sold twice. A hold chooses on a snapshot and then increases the run's version
 * from exactly the snapshot's, which fails if the run has changed in between; it then waits for the
 * row and chooses again on what the row guards. So a stale snapshot (another node has sold a seat)
 * costs a second try, never a seat. Runs do not wait for each other.
 */
public final class SeatHolds {

  /**
   * The most snapshots per merchant and world; one is as large as the number of seats that its run
   * holds.
   */
  static final int MAX_SNAPSHOTS = 1024;

  static final int BLOCK_ATTEMPTS = 50;

  private final SeatHoldRows rows;

  /** The keys of runs that have a row; the others need no query. */
  private final Set<Long> runsWithRow = ConcurrentHashMap.newKeySet();

  private final Map<Long, HeldSeats> snapshots =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, HeldSeats> eldest) {
          return size() > MAX_SNAPSHOTS;
        }
      };

  public SeatHolds(SeatHoldRows rows, Timetable timetable, LocalDate today) {
    this.rows = rows;
    // The day before, for trains that are still on their way.
    for (var name : rows.runsSince(today.minusDays(1))) {
      timetable
          .train(name.number())
          .ifPresent(train -> runsWithRow.add(new TrainRun(train, name.serviceDate()).key()));
    }
  }

  public HeldSeats held(TrainRun trainRun) {
    if (!runsWithRow.contains(trainRun.key())) {
      return HeldSeats.NONE;
    }
    var known = snapshot(trainRun);
    if (known.isPresent()) {
      return known.get();
    }
    var read = rows.read(trainRun);
    // A transaction may read its own changes, which may roll back: others must not see them.
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? read
        : keep(trainRun, read);
  }

  /**
   * Takes seats for an order, in the caller's transaction.
   *
   * @param choose chooses seats among those not held, or refuses; it may be called twice
   */
  public void hold(String orderNo, TrainRun trainRun, Function<HeldSeats, SeatMasks> choose) {
    requireTransaction();
    var seen = held(trainRun);
    var seats = choose.apply(seen);
    var now = new HeldSeats(seen.version() + 1, seen.masks());
    if (!rows.advance(trainRun, seen.version())) {
      now = lock(trainRun);
      seats = choose.apply(now);
    }
    rows.add(orderNo, trainRun, seats);
    var after = new HeldSeats(now.version(), now.masks().plus(seats));
    Transactions.afterCommit(() -> keep(trainRun, after));
  }

  /**
   * Locks the run's row and returns what is held. The transaction that had the row before has
   * usually left a snapshot: reading all holds of a popular train while others wait would cost more
   * with every ticket sold.
   */
  private HeldSeats lock(TrainRun trainRun) {
    long version = rows.lock(trainRun);
    var before = snapshot(trainRun).filter(heldSeats -> heldSeats.version() == version - 1);
    if (before.isPresent()) {
      return new HeldSeats(version, before.get().masks());
    }
    forget(trainRun);
    return rows.read(trainRun);
  }

  /**
   * Gives the seats of an order back, in the caller's transaction; a second call changes nothing.
   */
  public void release(String orderNo, Timetable timetable) {
    requireTransaction();
    var row = rows.find(orderNo);
    if (row.isEmpty()) {
      return;
    }
    var trainRun = run(row.get(), timetable);
    // The run's row is locked first, as a hold does, so that all locks are taken in one order.
    rows.lock(trainRun);
    if (rows.remove(orderNo)) {
      var after = rows.read(trainRun);
      Transactions.afterCommit(() -> keep(trainRun, after));
    }
  }

  /**
   * Takes seats out of sale for no order; they replace those that {@code name} took before. Works
   * inside and outside a transaction: the seats are written before the version increases, so that a
   * hold which does not see them fails to increase it. Only one caller at a time may use a name.
   *
   * @param choose chooses seats among those that the others do not hold, or refuses; nothing has
   *     changed then
   */
  public void block(String name, TrainRun trainRun, Function<HeldSeats, SeatMasks> choose) {
    for (int attempt = 0; attempt < BLOCK_ATTEMPTS; attempt++) {
      var others = rows.readWithout(trainRun, name);
      var seats = choose.apply(others);
      rows.remove(name);
      rows.add(name, trainRun, seats);
      if (rows.advance(trainRun, others.version())) {
        var after = new HeldSeats(others.version() + 1, others.masks().plus(seats));
        Transactions.afterCommit(() -> keep(trainRun, after));
        return;
      }
    }
    throw new Refusal(Problem.UNAVAILABLE, "the train is being booked too fast to change its stock")
        .remedy("Try again in a moment.");
  }

  /** Returns the seats that an order holds, in ascending order. */
  public Optional<List<Integer>> seats(String orderNo) {
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

  /** Keeps the newer of two snapshots, because they may arrive in any order. */
  private HeldSeats keep(TrainRun trainRun, HeldSeats read) {
    runsWithRow.add(trainRun.key());
    synchronized (snapshots) {
      return snapshots.merge(trainRun.key(), read, (a, b) -> a.version() > b.version() ? a : b);
    }
  }

  private void forget(TrainRun trainRun) {
    runsWithRow.add(trainRun.key());
    synchronized (snapshots) {
      snapshots.remove(trainRun.key());
    }
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("seats are held and given back in a transaction only");
    }
  }
}
