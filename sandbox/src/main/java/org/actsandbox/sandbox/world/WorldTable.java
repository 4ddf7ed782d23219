package org.actsandbox.sandbox.world;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.key.KeySecret;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the worlds in the database. */
@Component
class WorldTable {

  private static final String SELECT =
      "select name, generation, epoch, seed, key_secret, settings, clock_mode, clock_offset_micros,"
          + " clock_stopped_at, journal_from, created_at from worlds";

  private final JdbcClient jdbc;

  WorldTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Optional<WorldRow> find(String name) {
    return jdbc.sql(SELECT + " where name = :name")
        .param("name", name)
        .query(WorldTable::row)
        .optional();
  }

  List<WorldRow> after(String name, int limit) {
    return jdbc.sql(SELECT + " where name > :name order by name limit :limit")
        .param("name", name)
        .param("limit", limit)
        .query(WorldTable::row)
        .list();
  }

  long count() {
    return jdbc.sql("select count(*) from worlds").query(Long.class).single();
  }

  long nextGeneration() {
    return jdbc.sql("select nextval('world_generations')").query(Long.class).single();
  }

  /** Inserts the row; false when the name is taken. */
  boolean insert(WorldRow row) {
    return jdbc.sql(
                "insert into worlds (name, generation, epoch, seed, key_secret, settings, clock_mode,"
                    + " clock_offset_micros, clock_stopped_at, journal_from, due_known, created_at)"
                    + " values (:name, :generation, :epoch, :seed, :key_secret, :settings, :mode,"
                    + " :offset, :stopped, :journal_from, true, :created_at) on conflict do nothing")
            .param("name", row.name())
            .param("generation", row.generation())
            .param("epoch", row.epoch())
            .param("seed", row.seed())
            .param("key_secret", row.keySecret().hex())
            .param("settings", Json.write(row.settings()))
            .param("mode", row.clock().mode().name())
            .param("offset", row.clock().offset().toNanos() / 1_000)
            .param("stopped", utc(row.clock().stoppedAt()))
            .param("journal_from", row.journalFrom())
            .param("created_at", utc(row.createdAt()))
            .update()
        == 1;
  }

  void updateClock(String name, long generation, ClockState state) {
    jdbc.sql(
            "update worlds set clock_mode = :mode, clock_offset_micros = :offset,"
                + " clock_stopped_at = :stopped where name = :name and generation = :generation")
        .param("mode", state.mode().name())
        .param("offset", state.offset().toNanos() / 1_000)
        .param("stopped", utc(state.stoppedAt()))
        .param("name", name)
        .param("generation", generation)
        .update();
  }

  /** Forgets the stored due time: while a world is loaded, its next due time is in memory only. */
  void markLoaded(WorldRow row) {
    dueAt(row, null, false);
  }

  /**
   * Stores when the world has to be loaded again.
   *
   * @param machineTime time of the next due work; null when no work waits
   */
  void markUnloaded(WorldRow row, @Nullable Instant machineTime) {
    dueAt(row, machineTime, true);
  }

  private void dueAt(WorldRow row, @Nullable Instant machineTime, boolean known) {
    jdbc.sql(
            "update worlds set next_due = :due, due_known = :known"
                + " where name = :name and generation = :generation")
        .param("due", utc(machineTime))
        .param("known", known)
        .param("name", row.name())
        .param("generation", row.generation())
        .update();
  }

  /** Represents a world with waiting work; {@code due} is null when its time is unknown. */
  record Waiting(String name, @Nullable Instant due) {}

  List<Waiting> waiting() {
    return jdbc.sql(
            "select name, next_due from worlds where due_known = false or next_due is not null")
        .query(
            (row, _) ->
                new Waiting(
                    row.getString("name"),
                    instant(row.getObject("next_due", OffsetDateTime.class))))
        .list();
  }

  /**
   * Begins the next epoch: stock, accounts and orders start anew in another partition, and the
   * clock starts as at the beginning.
   */
  void reset(WorldRow row, long journalFrom, Instant now) {
    var start = row.settings().clock();
    var clock = start == null ? ClockState.REAL : start.state(now);
    jdbc.sql(
            "update worlds set epoch = epoch + 1, clock_mode = :mode, clock_offset_micros = :offset,"
                + " clock_stopped_at = :stopped, journal_from = :from, next_due = null,"
                + " due_known = true where name = :name and generation = :generation")
        .param("mode", clock.mode().name())
        .param("offset", clock.offset().toNanos() / 1_000)
        .param("stopped", utc(clock.stoppedAt()))
        .param("from", journalFrom)
        .param("name", row.name())
        .param("generation", row.generation())
        .update();
    empty(row.partition(), now);
  }

  void delete(WorldRow row, Instant now) {
    jdbc.sql("delete from worlds where name = :name and generation = :generation")
        .param("name", row.name())
        .param("generation", row.generation())
        .update();
    empty(row.partition(), now);
    empty(row.keyPartition(), now);
  }

  private void empty(String partition, Instant now) {
    jdbc.sql("insert into emptied_partitions (partition_key, noted_at) values (:key, :at)")
        .param("key", partition)
        .param("at", utc(now))
        .update();
  }

  private static WorldRow row(ResultSet row, int number) throws SQLException {
    return new WorldRow(
        row.getString("name"),
        row.getLong("generation"),
        row.getInt("epoch"),
        row.getString("seed"),
        new KeySecret(row.getString("key_secret")),
        Json.read(row.getString("settings"), WorldSettings.class),
        new ClockState(
            WorldClock.Mode.valueOf(row.getString("clock_mode")),
            Duration.ofNanos(row.getLong("clock_offset_micros") * 1_000),
            instant(row.getObject("clock_stopped_at", OffsetDateTime.class))),
        row.getLong("journal_from"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
