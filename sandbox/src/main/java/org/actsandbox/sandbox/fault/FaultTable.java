package org.actsandbox.sandbox.fault;

import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores the armed faults in the database. */
@Component
public class FaultTable {

  private final JdbcClient jdbc;

  FaultTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Fault.Status> all(String partition) {
    return jdbc.sql(
            "select definition, matched, fired from faults where world = :world order by id")
        .param("world", partition)
        .query(
            (row, _) ->
                new Fault.Status(
                    Json.read(row.getString("definition"), Fault.class),
                    row.getLong("matched"),
                    row.getLong("fired")))
        .list();
  }

  void insert(String partition, Fault fault) {
    jdbc.sql(
            "insert into faults (world, id, definition, matched, fired)"
                + " values (:world, :id, :definition, 0, 0)")
        .param("world", partition)
        .param("id", fault.id())
        .param("definition", Json.write(fault))
        .update();
  }

  void update(String partition, Fault.Status status) {
    jdbc.sql(
            "update faults set definition = :definition,"
                // Two threads may write their counters in any order; counters only grow.
                + " matched = greatest(matched, :matched), fired = greatest(fired, :fired)"
                + " where world = :world and id = :id")
        .param("definition", Json.write(status.fault()))
        .param("matched", status.matched())
        .param("fired", status.fired())
        .param("world", partition)
        .param("id", status.fault().id())
        .update();
  }

  void delete(String partition, String id) {
    jdbc.sql("delete from faults where world = :world and id = :id")
        .param("world", partition)
        .param("id", id)
        .update();
  }
}
