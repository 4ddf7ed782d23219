package org.actsandbox.web.scenario;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.actsandbox.agent.api.BuyerAgents;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.control.WorldKeys;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.record.SessionRecording;
import org.actsandbox.scenarios.record.SessionSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a scenario file of what happened in a world of this server. */
@Component
public class SessionRecordings implements DisposableBean {

  /** So many entries are read at a time. */
  private static final int PAGE = 100;

  /** The events at which the principal has the turn. */
  private static final Set<ConversationEventType> ENDS =
      Set.of(ConversationEventType.PAYMENT_NEEDED, ConversationEventType.TURN_DONE);

  private final PooledOutboundClient outbound = new PooledOutboundClient(_ -> true);

  /**
   * @param name the scenario's name
   * @return YAML
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} for the name, {@code
   *     illegal_transition} for a world in which nothing has happened, {@code limit_exceeded} for
   *     one in which too much has
   */
  public String of(World world, String name) {
    var issuedRoleKeys = Json.read(Json.tree(WorldKeys.of(world)), IssuedRoleKeys.class);
    return SessionRecording.of(
        outbound,
        new TargetWorld(origin(world), world.name(), issuedRoleKeys),
        name,
        new LoadedSession(world));
  }

  /** Reads journal and conversations where they are: a request for each leaves an entry behind. */
  private record LoadedSession(World world) implements SessionSource {

    /** Ours: several times as many as a file's most steps leave behind. */
    private static final int MAX_ENTRIES = 10_000;

    /** Those whose reading changes nothing, so that no step comes of it. */
    private static final Set<String> READERS = Set.of("principal", "operator");

    @Override
    public List<JsonNode> journal() {
      var entries = new ArrayList<JsonNode>();
      long last = world.journalStore().lastSeq();
      for (long after = 0; after < last; ) {
        var page = world.journalStore().page(JournalQuery.after(after, PAGE));
        page.items().forEach(entry -> entries.add(tree(entry)));
        if (entries.size() > MAX_ENTRIES) {
          throw new Refusal(Problem.LIMIT_EXCEEDED, "the journal is too long for one file")
              .expected("at most " + MAX_ENTRIES + " entries")
              .remedy("Reset the world, or make another one, and do again what matters.");
        }
        after = page.lookedUpTo();
      }
      return entries;
    }

    /** Leaves out the answers that no step recalls: they are half of a journal that is watched. */
    private static JsonNode tree(JournalEntry entry) {
      var data = entry.data();
      if (data instanceof ObjectNode exchange
          && exchange.path("method").asString("").equals("GET")
          && READERS.contains(exchange.path("role").asString(""))) {
        exchange.remove("response_body");
      }
      var tree =
          (ObjectNode)
              Json.tree(
                  new JournalEntry(
                      entry.seq(),
                      entry.at(),
                      entry.recordedAt(),
                      entry.actor(),
                      entry.peer(),
                      entry.kind(),
                      entry.component(),
                      entry.event(),
                      entry.ids(),
                      NullNode.instance));
      return tree.set("data", data);
    }

    @Override
    public List<JsonNode> events(String principal, String conversation) {
      return world.participant(BuyerAgents.class).events().latest(conversation).stream()
          .filter(event -> ENDS.contains(event.type()))
          .map(Json::tree)
          .toList();
    }
  }

  private static URI origin(World world) {
    var base = world.base().toString();
    return URI.create(base.substring(0, base.length() - "/w/".length() - world.name().length()));
  }

  @Override
  public void destroy() {
    outbound.close();
  }
}
