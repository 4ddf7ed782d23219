package org.actsandbox.sandbox.key;

import java.util.HashMap;
import java.util.Map;
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

  void store(Did participant, int newest) {
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
