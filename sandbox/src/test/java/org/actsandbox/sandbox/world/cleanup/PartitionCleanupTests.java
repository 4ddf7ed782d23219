package org.actsandbox.sandbox.world.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests when the rows of deleted worlds are deleted. */
class PartitionCleanupTests {

  private static final Instant DELETED = Instant.parse("2026-11-27T10:00:00Z");
  private static final int MORE_THAN_A_BATCH = PartitionCleanup.BATCH * 2 + 1;

  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:%s;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()),
          "sa",
          "");
  private final JdbcClient jdbc = JdbcClient.create(pool);
  private Instant now = DELETED;
  private PartitionCleanup cleanup = cleanup();

  private PartitionCleanup cleanup() {
    InstantSource clock = () -> now;
    return new PartitionCleanup(jdbc, new JdbcTemplate(pool), clock.withZone(ZoneOffset.UTC));
  }

  @BeforeEach
  void makeTables() {
    jdbc.sql(
            "create table emptied_partitions"
                + " (partition_key varchar primary key, noted_at timestamp(6) with time zone)")
        .update();
    jdbc.sql("create table orders (world varchar, number int)").update();
    jdbc.sql("create table payments (world varchar, number int)").update();
  }

  @AfterEach
  void close() {
    jdbc.sql("shutdown").update();
    pool.dispose();
  }

  @Test
  void everyTableLosesTheRowsOfDeletedWorldsAndKeepsThoseOfOthers() throws Exception {
    insert("gone", MORE_THAN_A_BATCH);
    insert("kept", 1);
    note("gone", DELETED);

    cleanup.emptyAll();

    assertThat(rows("gone")).isZero();
    assertThat(rows("kept")).isEqualTo(2);
  }

  /** A request that began before the deletion may store something after it. */
  @Test
  void rowsThatCameLateAreDeletedWhenNoMoreCanCome() throws Exception {
    note("gone", DELETED);
    cleanup.emptyAll();
    insert("gone", 1);

    now = DELETED.plus(Duration.ofMinutes(2)).plusMillis(1);
    cleanup.emptyAll();

    assertThat(rows("gone")).isZero();
    assertThat(noted()).isZero();
  }

  /** Who deletes many worlds in a row does not have all of them searched again for each. */
  @Test
  void betweenThemAPartitionIsLeftAlone() throws Exception {
    note("gone", DELETED);
    cleanup.emptyAll();
    insert("gone", 1);

    now = DELETED.plus(Duration.ofMinutes(1));
    note("another", now);
    cleanup.emptyAll();

    assertThat(rows("gone")).isEqualTo(2);
    assertThat(noted()).isEqualTo(2);
  }

  @Test
  void theNewestOfManyIsEmptiedAtOnce() throws Exception {
    IntStream.range(0, 250).forEach(i -> note("gone-" + i, DELETED.plusMillis(i)));
    insert("gone-249", 1);

    cleanup.emptyAll();

    assertThat(rows("gone-249")).isZero();
  }

  @Test
  void anotherProcessBeginsAnew() throws Exception {
    note("gone", DELETED);
    cleanup.emptyAll();
    insert("gone", 1);

    cleanup = cleanup();
    cleanup.emptyAll();

    assertThat(rows("gone")).isZero();
    assertThat(noted()).isEqualTo(1);
  }

  private void note(String partition, Instant at) {
    jdbc.sql("insert into emptied_partitions values (?, ?)")
        .params(partition, at.atOffset(ZoneOffset.UTC))
        .update();
  }

  private void insert(String partition, int rows) {
    for (var table : new String[] {"orders", "payments"}) {
      jdbc.sql("insert into " + table + " select ?, each.* from system_range(1, ?) each")
          .params(partition, rows)
          .update();
    }
  }

  private long rows(String partition) {
    return jdbc.sql(
            "select (select count(*) from orders where world = :it)"
                + " + (select count(*) from payments where world = :it)")
        .param("it", partition)
        .query(Long.class)
        .single();
  }

  private long noted() {
    return jdbc.sql("select count(*) from emptied_partitions").query(Long.class).single();
  }
}
