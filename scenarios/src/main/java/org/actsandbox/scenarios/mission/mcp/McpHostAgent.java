package org.actsandbox.scenarios.mission.mcp;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.agent.AgentFailure;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Waits for a host that a person has started, such as a desktop program: the host takes one mission
 * after the other with a tool, from one address for the whole run. The time of a mission begins
 * when it is taken.
 */
public final class McpHostAgent implements MissionAgent, AutoCloseable {

  /** How long one call of {@code next_mission} waits for a world to be ready. */
  private static final long NEXT_SECONDS = 25;

  /** How long a run waits for a host to take a mission. */
  private static final long PATIENCE_SECONDS = 900;

  private static final String NEXT_MISSION = "next_mission";

  private static final ObjectNode TOOL =
      (ObjectNode)
          Json.parse(
              """
              {"name": "next_mission", "title": "Take the next mission",
               "description": "Call this first, and again after finish said over: the answer is what a principal wants now.",
               "inputSchema": {"type": "object", "properties": {}},
               "outputSchema": {"type": "object", "properties": {
                 "mission": {"type": "string"}, "over": {"type": "boolean"}, "next": {"type": "string"}}},
               "annotations": {"readOnlyHint": false, "destructiveHint": false, "openWorldHint": false}}
              """);

  private final String name;
  private final MissionMcpServer server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Turn turn;
  private boolean over;

  public McpHostAgent(String name) {
    this.name = name;
    this.server = MissionMcpServer.open(new HostDesk());
  }

  /** One mission that is there for the host. */
  private static final class Turn {

    private final MissionMcp mission;
    private final String prompt;
    private boolean taken;
    private boolean finished;

    Turn(MissionMcp mission, String prompt) {
      this.mission = mission;
      this.prompt = prompt;
    }
  }

  /** Returns the address to give to the host. */
  public URI address() {
    return server.address();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isOutside() {
    return false;
  }

  @Override
  public void awaitReady(MissionSession session) throws InterruptedException {
    lock.lock();
    try {
      var offered =
          new Turn(
              new MissionMcp(session, this::finished),
              MissionPrompt.of(session.brief().path("wish")));
      turn = offered;
      changed.signalAll();
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!offered.taken && !over && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!offered.taken) {
        // The missions after this one are not waited for.
        over = true;
        turn = null;
        throw new AgentFailure(
            "no host took the mission within %d s".formatted(PATIENCE_SECONDS), null);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    lock.lock();
    try {
      while (turn != null && !turn.finished) {
        changed.await();
      }
    } finally {
      turn = null;
      lock.unlock();
    }
  }

  private void finished(ObjectNode said) {
    lock.lock();
    try {
      if (turn != null && said.path("over").asBoolean(false)) {
        turn.finished = true;
        said.put("next", "This mission is over. Call next_mission.");
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private final class HostDesk implements MissionMcpServer.Desk {

    @Override
    public @Nullable ObjectNode answer(String tool) {
      lock.lock();
      try {
        if (tool.equals(NEXT_MISSION)) {
          return next();
        }
        return turn == null || !turn.taken || turn.finished
            ? Json.object().put("error", "No mission is under way. Call next_mission.")
            : null;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Json.object().put("error", "The run was stopped.");
      } finally {
        lock.unlock();
      }
    }

    private ObjectNode next() throws InterruptedException {
      long left = TimeUnit.SECONDS.toNanos(NEXT_SECONDS);
      while (!over && (turn == null || turn.finished) && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (over) {
        return Json.object().put("over", true).put("next", "There are no more missions. Stop.");
      }
      if (turn == null || turn.finished) {
        return Json.object().put("over", false).put("next", "Call next_mission again.");
      }
      turn.taken = true;
      changed.signalAll();
      return Json.object().put("mission", turn.prompt).put("over", false);
    }

    @Override
    public void addTools(ObjectNode listed) {
      listed.withArray("/result/tools").add(TOOL.deepCopy());
    }

    @Override
    public @Nullable MissionMcp mission() {
      lock.lock();
      try {
        long left = TimeUnit.SECONDS.toNanos(NEXT_SECONDS);
        while (turn == null && !over && left > 0) {
          left = changed.awaitNanos(left);
        }
        return turn == null ? null : turn.mission;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return null;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Tells the host that there are no more missions, and stops listening. */
  @Override
  public void close() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    server.close();
  }
}
