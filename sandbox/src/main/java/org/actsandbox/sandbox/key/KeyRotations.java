package org.actsandbox.sandbox.key;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.identity.Did;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Stores which participants of a world have further keys after the first, and since when. */
public final class KeyRotations {

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final String partition;

  public KeyRotations(JdbcClient jdbc, TransactionOperations transactions, String partition) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.partition = partition;
  }

  /**
   * Represents a key that was started.
   *
   * @param number 2 for the second key
   */
  record Started(int number, Instant from) {}

  Map<Did, Integer> newestKeys() {
    var found = new HashMap<Did, Integer>();
    jdbc.sql("select did, newest_key from key_rotations where world = :world")
        .param("world", partition)
        .query(
            row -> {
              found.put(new Did(row.getString("did")), row.getInt("newest_key"));
            });
    // In earlier versions, concurrent rotations could leave the count behind the started keys.
    startTimes()
        .forEach(
            (did, started) ->
                started.keySet().forEach(number -> found.merge(did, number, Math::max)));
    return found;
  }

  Map<Did, Map<Integer, Instant>> startTimes() {
    var found = new HashMap<Did, Map<Integer, Instant>>();
    jdbc.sql("select did, key_no, valid_from from key_periods where world = :world")
        .param("world", partition)
        .query(
            row -> {
              found
                  .computeIfAbsent(new Did(row.getString("did")), _ -> new ConcurrentHashMap<>())
                  .put(
                      row.getInt("key_no"),
                      row.getObject("valid_from", OffsetDateTime.class).toInstant());
            });
    return found;
  }

  /**
   * Starts the participant's next key, in one transaction that locks the participant's row:
   * concurrent rotations get different numbers, also from two servers on one database.
   *
   * @param clock read while the row is locked, so that a later key does not start before an earlier
   *     one
   */
  Started next(Did participant, InstantSource clock) {
    return Objects.requireNonNull(
        transactions.execute(
            _ -> {
              int number = Math.max(lockNewest(participant), lastStarted(participant)) + 1;
              var from = clock.instant();
              jdbc.sql(
                      "insert into key_periods (world, did, key_no, valid_from) values (?, ?, ?,"
                          + " ?)")
                  .params(partition, participant.value(), number, from.atOffset(ZoneOffset.UTC))
                  .update();
              jdbc.sql("update key_rotations set newest_key = ? where world = ? and did = ?")
                  .params(number, partition, participant.value())
                  .update();
              return new Started(number, from);
            }));
  }

  private int lockNewest(Did participant) {
    jdbc.sql(
            "insert into key_rotations (world, did, newest_key) values (?, ?, 1)"
                + " on conflict do nothing")
        .params(partition, participant.value())
        .update();
    return jdbc.sql("select newest_key from key_rotations where world = ? and did = ? for update")
        .params(partition, participant.value())
        .query(Integer.class)
        .single();
  }

  private int lastStarted(Did participant) {
    return jdbc.sql("select coalesce(max(key_no), 1) from key_periods where world = ? and did = ?")
        .params(partition, participant.value())
        .query(Integer.class)
        .single();
  }
}
