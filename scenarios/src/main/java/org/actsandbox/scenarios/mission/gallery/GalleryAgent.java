package org.actsandbox.scenarios.mission.gallery;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.agent.AgentFailure;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Does missions over HTTP with nothing but what any agent under test is given. It reads the wish in
 * the standard's fields and not in words.
 */
public final class GalleryAgent implements MissionAgent {

  public static final String CAREFUL = "careful";

  private final @Nullable Flaw flaw;
  private final Map<String, Set<Flaw>> met = new ConcurrentHashMap<>();

  /**
   * Creates an agent.
   *
   * @param flaw what it does wrong; null for the careful agent
   */
  public GalleryAgent(@Nullable Flaw flaw) {
    this.flaw = flaw;
  }

  /** Returns the flaws that make a difference in a mission that this agent has played. */
  public Set<Flaw> met(String mission) {
    return met.getOrDefault(mission, Set.of());
  }

  @Override
  public String name() {
    return flaw == null ? CAREFUL : flaw.code();
  }

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    var brief = session.brief();
    var wish = brief.path("wish");
    var conduct = new Conduct(flaw);
    if (!conduct.meets(Flaw.ALWAYS_REFUSES)) {
      try {
        JsonNode before = Json.object();
        for (var next = wish; next.isObject(); next = following(session)) {
          fulfil(session, heard(next, before, conduct), conduct);
          before = next;
        }
      } catch (NoAnswerException silent) {
        throw new AgentFailure(String.valueOf(silent.getMessage()), silent);
      } finally {
        met.put(session.mission().name(), conduct.met());
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("the time is over");
    }
  }

  private static JsonNode heard(JsonNode wish, JsonNode before, Conduct conduct) {
    boolean deaf = !before.isEmpty() && conduct.meets(Flaw.KEEPS_THE_FIRST_WISH);
    boolean eager =
        !before.isEmpty() && !wish.has("needs") && conduct.meets(Flaw.BUYS_AT_EVERY_WORD);
    return deaf || eager ? before : wish;
  }

  private static JsonNode following(MissionSession session) {
    var answer = session.say(Json.object().put("type", "done"));
    return answer.path("wish");
  }

  private static void fulfil(MissionSession session, JsonNode wish, Conduct conduct) {
    var shopper = new HttpShopper(session, wish, conduct);
    if (wish.path("away").asBoolean(false)) {
      new AwayPurchase(shopper, wish, conduct).buy();
    } else {
      new PresentPurchase(shopper, wish, conduct).buy();
    }
  }
}
