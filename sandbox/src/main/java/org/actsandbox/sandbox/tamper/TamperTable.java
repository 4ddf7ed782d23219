package org.actsandbox.sandbox.tamper;

import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the breaks of one world. */
public final class TamperTable {

  private final JdbcClient jdbc;
  private final String world;

  public TamperTable(JdbcClient jdbc, String world) {
    this.jdbc = jdbc;
    this.world = world;
  }

  List<EvidenceBreak> all() {
    return jdbc.sql("select definition from tampering where world = ? order by break_id")
        .param(world)
        .query((row, _) -> Json.read(row.getString(1), EvidenceBreak.class))
        .list();
  }

  void insert(EvidenceBreak broken) {
    jdbc.sql("insert into tampering (world, break_id, definition) values (?, ?, ?)")
        .params(world, broken.breakId(), Json.write(broken))
        .update();
  }

  void delete(String breakId) {
    jdbc.sql("delete from tampering where world = ? and break_id = ?")
        .params(world, breakId)
        .update();
  }
}
