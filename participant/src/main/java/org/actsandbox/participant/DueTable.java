package org.actsandbox.participant;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.time.DueWork;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and postpones the rows of one table that wait for a moment. The table has an index on the
 * owner's columns, then the moment, and the statements are written for it: sorted by all of the
 * index, and with a lower bound, because H2 uses the index for that and not for {@code is not
 * null}.
 */
public final class DueTable {

  private final JdbcClient jdbc;
  private final Columns columns;
  private final List<String> owner;

  /** The condition on the owner, then on a row that waits. */
  private final String owned;

  private final String waiting;
  private final String order;

  /**
   * Names the table and its columns: constants of the caller, never input.
   *
   * @param owner the columns before the moment in the index, the world first
   * @param due the column of the moment; null in rows that do not wait
   * @param id the column that names a row of the owner
   * @param what the kind of work, as people read it
   */
  public record Columns(String table, List<String> owner, String due, String id, String what) {

    public Columns {
      owner = List.copyOf(owner);
    }
  }

  /**
   * @param owner the values of the owner's columns
   */
  public DueTable(JdbcClient jdbc, Columns columns, String... owner) {
    this.jdbc = jdbc;
    this.columns = columns;
    this.owner = List.of(owner);
    this.owned = String.join(" = ? and ", columns.owner()) + " = ?";
    this.waiting = owned + " and " + columns.due() + " >= date '0001-01-01'";
    this.order = " order by " + String.join(", ", columns.owner()) + ", " + columns.due();
  }

  /**
   * Makes the table of rows that only the world owns; every name is a constant of the caller.
   *
   * @param world the value of the column {@code world}
   */
  public static DueTable ofWorld(
      JdbcClient jdbc, String world, String table, String due, String id, String what) {
    return new DueTable(jdbc, new Columns(table, List.of("world"), due, id, what), world);
  }

  /** Returns the earliest moment that a row waits for. */
  public Optional<Instant> next() {
    return jdbc.sql(
            "select %s from %s where %s%s limit 1"
                .formatted(columns.due(), columns.table(), waiting, order))
        .params(owner)
        .query((row, _) -> TimeColumns.instant(row, 1))
        .optional();
  }

  /** Lists waiting rows in the order in which they fall due. */
  public List<DueWork.Waiting> waiting(int limit) {
    return waiting(columns.id(), limit);
  }

  /**
   * Lists waiting rows in the order in which they fall due.
   *
   * @param subject the column that people know a row by
   */
  public List<DueWork.Waiting> waiting(String subject, int limit) {
    return jdbc.sql(
            "select %s, %s from %s where %s%s, %s limit ?"
                .formatted(columns.due(), subject, columns.table(), waiting, order, columns.id()))
        .params(owner)
        .param(limit)
        .query(
            (row, _) ->
                new DueWork.Waiting(TimeColumns.instant(row, 1), columns.what(), row.getString(2)))
        .list();
  }

  /** Lists the ids of due rows in the order in which they fell due. */
  public List<String> due(Instant now, int limit) {
    return due(columns.id(), (row, _) -> row.getString(1), now, limit);
  }

  /** Lists due rows in the order in which they fell due. */
  public <T> List<T> due(String selected, RowMapper<T> reader, Instant now, int limit) {
    return jdbc.sql(
            "select %s from %s where %s and %s <= ?%s, %s limit ?"
                .formatted(selected, columns.table(), waiting, columns.due(), order, columns.id()))
        .params(owner)
        .param(utc(now))
        .param(limit)
        .query(reader)
        .list();
  }

  /** Lets a row wait until a later moment, unless it waits no more. */
  public void postpone(String id, Instant until) {
    jdbc.sql(
            "update %s set %s = ? where %s and %s = ? and %s is not null"
                .formatted(columns.table(), columns.due(), owned, columns.id(), columns.due()))
        .param(utc(until))
        .params(owner)
        .param(id)
        .update();
  }

  /** Lets all due rows wait until a later moment. */
  public void postponeAll(Instant now, Instant until) {
    jdbc.sql(
            "update %s set %s = ? where %s and %s <= ?"
                .formatted(columns.table(), columns.due(), waiting, columns.due()))
        .param(utc(until))
        .params(owner)
        .param(utc(now))
        .update();
  }
}
