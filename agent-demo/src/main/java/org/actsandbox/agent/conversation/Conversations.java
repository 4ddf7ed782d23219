package org.actsandbox.agent.conversation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the conversations of one principal in one world, and the one turn that each may have under
 * way.
 */
public final class Conversations {

  /**
   * Ours: the model's memory is a window, but all events are kept; no purchase needs a longer
   * conversation.
   */
  static final int MAX_TURNS = 500;

  private final AgentWorld world;
  private final JdbcClient jdbc;

  public Conversations(AgentWorld world) {
    this.world = world;
    this.jdbc = world.jdbc();
  }

  public Conversation open(@Nullable String forcedLang) {
    return open(forcedLang, null);
  }

  /**
   * Opens a conversation.
   *
   * @param connectedAgent the agent of others with which it is held; null for the sandbox's own
   */
  public Conversation open(@Nullable String forcedLang, @Nullable String connectedAgent) {
    var id = world.ids().next("C");
    jdbc.sql(
            """
            insert into agent_conversations
              (world, conversation_id, principal_id, created_at, lang, lang_forced, running, turns,
               connected_agent)
            values (?, ?, ?, ?, ?, ?, false, 0, ?)
            """)
        .params(
            world.partition(),
            id,
            world.principalDid().value(),
            world.now().atOffset(ZoneOffset.UTC),
            forcedLang == null ? world.principal().language() : forcedLang,
            forcedLang != null)
        .param(connectedAgent)
        .update();
    return get(id);
  }

  /**
   * Returns a conversation.
   *
   * @throws Refusal {@code not_found}, also for another principal's conversation
   */
  public Conversation get(String id) {
    return jdbc.sql(
            """
            select conversation_id, lang, lang_forced, running, turns, intent_id,
              connected_agent
            from agent_conversations
            where world = ? and conversation_id = ? and principal_id = ?
            """)
        .params(world.partition(), id, world.principalDid().value())
        .query(Conversations::conversation)
        .optional()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this agent has no such conversation")
                    .at("conversation_id")
                    .remedy("open one with POST /conversations"));
  }

  /** Finds conversations whose turn a stop of the process interrupted, at most 500. */
  public List<Conversation> interrupted() {
    return jdbc.sql(
            """
            select conversation_id, lang, lang_forced, running, turns, intent_id,
              connected_agent
            from agent_conversations where world = ? and running = true and principal_id = ?
            limit 500
            """)
        .params(world.partition(), world.principalDid().value())
        .query(Conversations::conversation)
        .list();
  }

  /** Finds the turn that an earlier message with this id started. */
  public Optional<Integer> findTurnOfMessage(String id, String messageId) {
    return jdbc.sql(
            "select turn from agent_turns where world = ? and conversation_id = ? and message_id = ?")
        .params(world.partition(), id, messageId)
        .query(Integer.class)
        .optional();
  }

  /**
   * Starts the next turn; of two racing messages one gets it.
   *
   * @throws Refusal {@code illegal_transition} while another turn is running, {@code
   *     limit_exceeded} after {@link #MAX_TURNS}
   */
  public int beginTurn(
      Conversation conversation, @Nullable String lang, @Nullable String messageId) {
    if (conversation.turns() >= MAX_TURNS) {
      throw new Refusal(Problem.LIMIT_EXCEEDED, "this conversation has grown too long")
          .expected("at most " + MAX_TURNS + " turns")
          .remedy("open a new conversation");
    }
    claim(conversation, lang);
    var id = conversation.conversationId();
    try {
      int turn = get(id).turns();
      jdbc.sql(
              """
              insert into agent_turns (world, conversation_id, turn, message_id)
              values (?, ?, ?, ?)
              """)
          .params(world.partition(), id, turn)
          .param(messageId)
          .update();
      return turn;
    } catch (DuplicateKeyException sameMessage) {
      release(id);
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this message was already taken")
          .at("message_id");
    } catch (DataAccessException broken) {
      release(id);
      throw broken;
    }
  }

  /** Takes back a turn that could not start; its message may be sent again. */
  public void abandonTurn(String id, int turn) {
    jdbc.sql(
            """
            update agent_turns set outcome = 'failed', message_id = null
            where world = ? and conversation_id = ? and turn = ?
            """)
        .params(world.partition(), id, turn)
        .update();
    release(id);
  }

  /** Makes the refusal for a message that comes while a turn is under way. */
  public static Refusal busyRefusal() {
    return new Refusal(Problem.ILLEGAL_TRANSITION, "the agent is still busy with the last message")
        .remedy("wait for the turn_done event, or cancel the turn first");
  }

  private void claim(Conversation conversation, @Nullable String lang) {
    int claimed =
        jdbc.sql(
                """
                update agent_conversations set running = true, turns = turns + 1, lang = ?
                where world = ? and conversation_id = ? and running = false
                """)
            .params(
                lang == null ? conversation.lang() : lang,
                world.partition(),
                conversation.conversationId())
            .update();
    if (claimed == 0) {
      throw busyRefusal();
    }
  }

  public void endTurn(String id, int turn, String outcome) {
    jdbc.sql(
            """
            update agent_turns set outcome = ?
            where world = ? and conversation_id = ? and turn = ?
            """)
        .params(outcome, world.partition(), id, turn)
        .update();
    release(id);
  }

  /** Stores the intent that the next calls belong to; null once it is over. */
  public void saveIntentId(String id, @Nullable String intentId) {
    set(id, "intent_id", intentId);
  }

  /** Stores what was understood so far, as JSON. */
  public void saveUnderstood(String id, String json) {
    set(id, "understood", json);
  }

  public Optional<String> understood(String id) {
    return read(id, "understood");
  }

  /** Stores the offers of the last search, as JSON; tools accept nothing else. */
  public void saveShownOffers(String id, String json) {
    set(id, "shown", json);
  }

  public Optional<String> shownOffers(String id) {
    return read(id, "shown");
  }

  /** Forgets the shown offers, so that no offer of an earlier search can be bought. */
  public void clearShownOffers(String id) {
    set(id, "shown", null);
  }

  /** Stores where the dialogue with an agent of others stands, as JSON. */
  public void saveDialogue(String id, String json) {
    set(id, "dialogue", json);
  }

  public Optional<String> dialogue(String id) {
    return read(id, "dialogue");
  }

  void saveMemory(String id, @Nullable String json) {
    set(id, "memory", json);
  }

  Optional<String> memory(String id) {
    return read(id, "memory");
  }

  private void release(String id) {
    jdbc.sql(
            "update agent_conversations set running = false where world = ? and conversation_id = ?")
        .params(world.partition(), id)
        .update();
  }

  private void set(String id, String column, @Nullable String value) {
    jdbc.sql(
            "update agent_conversations set "
                + column
                + " = ? where world = ? and conversation_id = ?")
        .param(value)
        .params(world.partition(), id)
        .update();
  }

  private Optional<String> read(String id, String column) {
    return jdbc.sql(
            "select "
                + column
                + " from agent_conversations where world = ? and conversation_id = ?")
        .params(world.partition(), id)
        .query((row, _) -> Optional.ofNullable(row.getString(1)))
        .optional()
        .flatMap(value -> value);
  }

  private static Conversation conversation(ResultSet row, int index) throws SQLException {
    return new Conversation(
        row.getString("conversation_id"),
        row.getString("lang"),
        row.getBoolean("lang_forced"),
        row.getBoolean("running"),
        row.getInt("turns"),
        row.getString("intent_id"),
        row.getString("connected_agent"));
  }
}
