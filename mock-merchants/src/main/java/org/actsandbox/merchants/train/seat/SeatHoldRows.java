package org.actsandbox.merchants.train.seat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and writes the rows of one rail merchant's seat holds in one world, for {@link SeatHolds}.
 */
public final class SeatHoldRows {

  /**
   * Represents the seats that one order holds.
   *
   * @param number the number of the train
   */
  record HoldRow(LocalDate serviceDate, String number, SeatMasks seats) {}

  record RunName(LocalDate serviceDate, String number) {}

  private record VersionAndSeats(long version, SeatMasks seats) {}

  private static final String RUN =
      " where world = :world and merchant = :merchant and service_date = :date and train = :train";
  private static final String ORDER =
      " where world = :world and merchant = :merchant and order_no = :order";

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;

  public SeatHoldRows(VerticalWorld world, String merchant) {
    this.jdbc = world.jdbc();
    this.world = world.partition();
    this.merchant = merchant;
  }

  /** Lists the runs that have a row, from a day on. */
  List<RunName> runsSince(LocalDate day) {
    return sql("select service_date, train from train_run where world = :world"
            + " and merchant = :merchant and service_date >= :date")
        .param("date", day)
        .query(
            (row, _) ->
                new RunName(row.getObject("service_date", LocalDate.class), row.getString("train")))
        .list();
  }

  HeldSeats read(TrainRun trainRun) {
    return readWithout(trainRun, "");
  }

  /**
   * Reads version and seats in one statement, so that they belong together.
   *
   * @param orderNo the order that is left out
   */
  HeldSeats readWithout(TrainRun trainRun, String orderNo) {
    var rows =
        ofRun(
                "select r.version, h.seats from train_run r left join train_hold h"
                    + " on h.world = r.world and h.merchant = r.merchant"
                    + " and h.service_date = r.service_date and h.train = r.train"
                    + " and h.order_no <> :order"
                    + " where r.world = :world and r.merchant = :merchant"
                    + " and r.service_date = :date and r.train = :train",
                trainRun)
            .param("order", orderNo)
            .query(
                (row, _) -> {
                  var seats = row.getString("seats");
                  return new VersionAndSeats(
                      row.getLong("version"),
                      seats == null ? SeatMasks.NONE : SeatMasks.parse(seats));
                })
            .list();
    return rows.isEmpty()
        ? HeldSeats.NONE
        : new HeldSeats(
            rows.getFirst().version(),
            SeatMasks.union(rows.stream().map(VersionAndSeats::seats).toList()));
  }

  /**
   * Increases the version of a run if it is still the given one. On success the caller's
   * transaction has locked the row until its end.
   */
  boolean advance(TrainRun trainRun, long version) {
    if (version == 0) {
      return create(trainRun);
    }
    return ofRun(
                "update train_run set version = version + 1" + RUN + " and version = :version",
                trainRun)
            .param("version", version)
            .update()
        == 1;
  }

  /**
   * Waits for the run's row, increases its version and returns it; the caller's transaction then
   * has locked the row.
   */
  long lock(TrainRun trainRun) {
    while (ofRun("update train_run set version = version + 1" + RUN, trainRun).update() == 0
        && !create(trainRun)) {
      // Another transaction has just made the row: wait for it.
    }
    return ofRun("select version from train_run" + RUN, trainRun).query(Long.class).single();
  }

  private boolean create(TrainRun trainRun) {
    return ofRun(
                "insert into train_run (world, merchant, service_date, train, version)"
                    + " values (:world, :merchant, :date, :train, 1) on conflict do nothing",
                trainRun)
            .update()
        == 1;
  }

  void add(String orderNo, TrainRun trainRun, SeatMasks seats) {
    ofRun(
            "insert into train_hold (world, merchant, order_no, service_date, train, seats)"
                + " values (:world, :merchant, :order, :date, :train, :seats)",
            trainRun)
        .param("order", orderNo)
        .param("seats", seats.text())
        .update();
  }

  Optional<HoldRow> find(String orderNo) {
    return sql("select service_date, train, seats from train_hold" + ORDER)
        .param("order", orderNo)
        .query(
            (row, _) ->
                new HoldRow(
                    row.getObject("service_date", LocalDate.class),
                    row.getString("train"),
                    SeatMasks.parse(row.getString("seats"))))
        .optional();
  }

  boolean remove(String orderNo) {
    return sql("delete from train_hold" + ORDER).param("order", orderNo).update() == 1;
  }

  private JdbcClient.StatementSpec ofRun(String sql, TrainRun trainRun) {
    return sql(sql).param("date", trainRun.serviceDate()).param("train", trainRun.train().number());
  }

  private JdbcClient.StatementSpec sql(String sql) {
    return jdbc.sql(sql).param("world", world).param("merchant", merchant);
  }
}
