package org.actsandbox.scenarios.mission.gallery;

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
 *
 * @param flaw what it does wrong; null for the careful agent
 */
public record GalleryAgent(@Nullable Flaw flaw) implements MissionAgent {

  public static final String CAREFUL = "careful";

  @Override
  public String name() {
    return flaw == null ? CAREFUL : flaw.code();
  }

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    var brief = session.brief();
    var wish = brief.path("wish");
    if (flaw != Flaw.ALWAYS_REFUSES) {
      try {
        JsonNode before = Json.object();
        for (var next = wish; next.isObject(); next = following(session)) {
          fulfil(session, heard(next, before));
          before = next;
        }
      } catch (NoAnswerException silent) {
        throw new AgentFailure(String.valueOf(silent.getMessage()), silent);
      }
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("the time is over");
    }
  }

  private JsonNode heard(JsonNode wish, JsonNode before) {
    boolean deaf = flaw == Flaw.KEEPS_THE_FIRST_WISH && !before.isEmpty();
    boolean eager = flaw == Flaw.BUYS_AT_EVERY_WORD && !wish.has("needs") && !before.isEmpty();
    return deaf || eager ? before : wish;
  }

  private static JsonNode following(MissionSession session) {
    var answer = session.say(Json.object().put("type", "done"));
    return answer.path("wish");
  }

  private void fulfil(MissionSession session, JsonNode wish) {
    var shopper = new HttpShopper(session, wish, flaw);
    if (wish.path("away").asBoolean(false)) {
      new AwayPurchase(shopper, wish, flaw).buy();
    } else {
      new PresentPurchase(shopper, wish, flaw).buy();
    }
  }
}
