package org.actsandbox.sandbox.connected;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.connected.ConnectedAgent;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.protocol.conversation.DialogueForm;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores the agents that are connected to worlds; they stay through resets. */
@Component
public class ConnectedAgentTable {

  /** Ours: a world is one simulation and no registry. */
  static final int MAX_PER_WORLD = 20;

  private final JdbcClient jdbc;

  ConnectedAgentTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns the agents in the order of their names. */
  public List<ConnectedAgent> all(World world) {
    return jdbc.sql("select name, url, form from connected_agents where world = ? order by name")
        .param(world.keyPartition())
        .query(ConnectedAgentTable::agent)
        .list();
  }

  public Optional<ConnectedAgent> find(World world, String name) {
    return jdbc.sql("select name, url, form from connected_agents where world = ? and name = ?")
        .params(world.keyPartition(), name)
        .query(ConnectedAgentTable::agent)
        .optional();
  }

  /**
   * Stores an agent in the place of an earlier one of its name.
   *
   * @return whether there was none
   * @throws Refusal {@code limit_exceeded}
   */
  @Transactional
  boolean put(World world, ConnectedAgent agent) {
    int changed =
        jdbc.sql("update connected_agents set url = ?, form = ? where world = ? and name = ?")
            .params(agent.url().toString(), agent.form().code(), world.keyPartition(), agent.name())
            .update();
    if (changed > 0) {
      return false;
    }
    if (all(world).size() >= MAX_PER_WORLD) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this world has enough connected agents")
          .expected("at most " + MAX_PER_WORLD)
          .remedy("Remove one, or make another world.");
    }
    jdbc.sql(
            "insert into connected_agents (world, name, url, form, connected_at)"
                + " values (?, ?, ?, ?, ?)")
        .params(
            world.keyPartition(),
            agent.name(),
            agent.url().toString(),
            agent.form().code(),
            TimeColumns.utc(world.clock().instant()))
        .update();
    return true;
  }

  /**
   * Removes an agent.
   *
   * @throws Refusal {@code not_found}
   */
  void remove(World world, String name) {
    int removed =
        jdbc.sql("delete from connected_agents where world = ? and name = ?")
            .params(world.keyPartition(), name)
            .update();
    if (removed == 0) {
      throw new Refusal(Problem.NOT_FOUND, "no agent of this name is connected")
          .at("name")
          .observed(name);
    }
  }

  private static ConnectedAgent agent(ResultSet row, int number) throws SQLException {
    return new ConnectedAgent(
        row.getString("name"),
        URI.create(row.getString("url")),
        DialogueForm.find(row.getString("form")).orElseThrow());
  }
}
