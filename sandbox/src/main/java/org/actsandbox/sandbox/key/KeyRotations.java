package org.actsandbox.sandbox.key;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.identity.Did;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which participants of a world have more than their first key. */
public final class KeyRotations {

  private final JdbcClient jdbc;
  private final String partition;

  public KeyRotations(JdbcClient jdbc, String partition) {
    this.jdbc = jdbc;
    this.partition = partition;
  }

  Map<Did, Integer> newestKeys() {
    var found = new HashMap<Did, Integer>();
    jdbc.sql("select did, newest_key from key_rotations where world = :world")
        .param("world", partition)
        .query(
            row -> {
              found.put(new Did(row.getString("did")), row.getInt("newest_key"));
            });
    return found;
  }

  Map<Did, Map<Integer, Instant>> starts() {
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

  void store(Did participant, int newest, Instant from) {
    jdbc.sql("insert into key_periods (world, did, key_no, valid_from) values (?, ?, ?, ?)")
        .params(partition, participant.value(), newest, from.atOffset(ZoneOffset.UTC))
        .update();
    int changed =
        jdbc.sql(
                "update key_rotations set newest_key = :newest"
                    + " where world = :world and did = :did")
            .param("newest", newest)
            .param("world", partition)
            .param("did", participant.value())
            .update();
    if (changed == 0) {
      jdbc.sql("insert into key_rotations (world, did, newest_key) values (:world, :did, :newest)")
          .param("world", partition)
          .param("did", participant.value())
          .param("newest", newest)
          .update();
    }
  }
}
