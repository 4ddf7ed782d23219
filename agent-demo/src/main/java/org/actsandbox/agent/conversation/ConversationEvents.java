package org.actsandbox.agent.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;

/**
 * Stores the events of all conversations of a world and then wakes the readers that wait for them.
 */
public final class ConversationEvents {

  private final AgentWorld world;

  /**
   * Orders the numbers of a conversation's events and wakes readers; a thread holds it for one
   * insert.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition newEvents = lock.newCondition();
  private boolean closed;

  public ConversationEvents(AgentWorld world) {
    this.world = world;
  }

  public void append(String conversation, ConversationEventType type, Object data) {
    lock.lock();
    try {
      world
          .jdbc()
          .sql(
              """
              insert into agent_events (world, conversation_id, seq, at, type, data)
              select cast(? as varchar(64)), cast(? as varchar(40)), coalesce(max(seq), 0) + 1,
                cast(? as timestamp(3) with time zone), cast(? as varchar(32)), cast(? as varchar)
              from agent_events where world = ? and conversation_id = ?
              """)
          .params(
              world.partition(),
              conversation,
              world.now().atOffset(ZoneOffset.UTC),
              type.code(),
              Json.write(data),
              world.partition(),
              conversation)
          .update();
      newEvents.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next events after a number, in order. */
  public List<ConversationEvent> after(String conversation, long seq, int limit) {
    return world
        .jdbc()
        .sql(
            """
            select seq, at, type, data from agent_events
            where world = ? and conversation_id = ? and seq > ? order by seq limit ?
            """)
        .params(world.partition(), conversation, seq, limit)
        .query(ConversationEvents::event)
        .list();
  }

  /** Returns the latest events without tokens, in order, at most 300. */
  public List<ConversationEvent> latest(String conversation) {
    return world
        .jdbc()
        .sql(
            """
            select seq, at, type, data from agent_events
            where world = ? and conversation_id = ? and type <> ? order by seq desc limit 300
            """)
        .params(world.partition(), conversation, ConversationEventType.TOKEN.code())
        .query(ConversationEvents::event)
        .list()
        .reversed();
  }

  /**
   * Waits for the next events; the result is empty after {@code timeout}, or once the store is
   * closed.
   */
  List<ConversationEvent> await(String conversation, long seq, Duration timeout)
      throws InterruptedException {
    long remaining = timeout.toNanos();
    while (true) {
      lock.lockInterruptibly();
      try {
        var found = after(conversation, seq, 100);
        if (!found.isEmpty() || closed || remaining <= 0) {
          return found;
        }
        remaining = newEvents.awaitNanos(remaining);
      } finally {
        lock.unlock();
      }
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  public void close() {
    lock.lock();
    try {
      closed = true;
      newEvents.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static ConversationEvent event(ResultSet row, int index) throws SQLException {
    var code = row.getString("type");
    return new ConversationEvent(
        row.getLong("seq"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        ConversationEventType.find(code)
            .orElseThrow(() -> new IllegalStateException("unknown type of event: " + code)),
        Json.parse(row.getString("data")));
  }
}
