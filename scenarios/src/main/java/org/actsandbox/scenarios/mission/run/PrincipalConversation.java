package org.actsandbox.scenarios.mission.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.step.OfferSelector;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionWish;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hears what an agent says to its principal, and answers as the mission's script says. */
final class PrincipalConversation implements UnaryOperator<JsonNode> {

  /** How often an agent may speak in one mission. */
  private static final int MAX_MESSAGES = 2_000;

  /** How often the principal looks at offers for one wish before giving up. */
  private static final int MAX_CHOICES = 5;

  private static final Duration LONGEST_WAIT = Duration.ofDays(40);

  private final Mission mission;
  private final String language;
  private final ScenarioContext context;
  private final PrincipalDesk desk;
  private final AgentTrail trail;
  private int wishes;
  private int rounds;
  private int messages;
  private int choices;
  private long tokens;
  private BigDecimal cost = BigDecimal.ZERO;

  PrincipalConversation(
      Mission mission,
      String language,
      ScenarioContext context,
      PrincipalDesk desk,
      AgentTrail trail) {
    this.mission = mission;
    this.language = language;
    this.context = context;
    this.desk = desk;
    this.trail = trail;
  }

  @Override
  public JsonNode apply(JsonNode message) {
    if (++messages > MAX_MESSAGES) {
      return Json.object().put("over", true).put("text", "no more than " + MAX_MESSAGES);
    }
    return switch (message.path("type").asString("")) {
      case "question" -> question(message);
      case "offers" -> offers(message);
      case "wait" -> waiting(message);
      case "done" -> done(message);
      case "now" -> Json.object().put("now", context.now().toString());
      case "pause" -> pause();
      default ->
          Json.object()
              .put("error", "type is question, offers, wait, now, pause or done")
              .put("observed", message.path("type").asString(""));
    };
  }

  int rounds() {
    return rounds;
  }

  long tokens() {
    return tokens;
  }

  BigDecimal cost() {
    return cost;
  }

  /** Tells whether the agent said that it is done with every wish. */
  boolean isOver() {
    return wishes >= mission.wishes().size();
  }

  /** Returns a wish in the form in which agents get it. */
  static ObjectNode wish(MissionWish wish, String language) {
    var told = Json.object().put("text", wish.say(language)).put("language", language);
    told.put("principal_id", "did:act:" + Objects.requireNonNullElse(wish.who(), "principal"));
    told.setAll(wish.facts().deepCopy());
    return told;
  }

  private ObjectNode question(JsonNode message) {
    rounds++;
    var missing = message.path("missing").valueStream().map(each -> each.asString("")).toList();
    var asked = message.path("text").asString("");
    var answer =
        mission
            .principal()
            .answer(missing, asked)
            .map(each -> language.equals("zh") ? each.zh() : each.en())
            .orElse("");
    trail.tellTalk(newestEntry(), "question " + asked, answer);
    return Json.object().put("text", answer);
  }

  private long newestEntry() {
    return context.getAsOperator("/journal?limit=1").path("last").asLong();
  }

  private ObjectNode offers(JsonNode message) {
    rounds++;
    var answer = Json.object();
    var choice = answer.putArray("choice");
    if (!mission.principal().refusesOffers() && ++choices <= MAX_CHOICES) {
      try {
        OfferSelector.offerIds(mission.principal().picks(), message).forEach(choice::add);
      } catch (UnplayableStep nothingSuitable) {
        answer.put("text", nothingSuitable.getMessage());
      }
    }
    trail.tellTalk(newestEntry(), "offers " + message.path("offers").size(), "choice " + choice);
    return answer;
  }

  /** Lets time pass in the world while the agent waits: up to a moment, or for a time. */
  private ObjectNode waiting(JsonNode message) {
    try {
      var order = Json.object();
      if (message.path("until").isString()) {
        var until = Instant.parse(message.path("until").asString());
        var latest = context.now().plus(LONGEST_WAIT);
        order.put("to", (until.isBefore(latest) ? until : latest).toString());
      } else {
        var time = Duration.parse(message.path("for").asString("PT1M"));
        order.put("by", (time.compareTo(LONGEST_WAIT) < 0 ? time : LONGEST_WAIT).toString());
      }
      var moved =
          context
              .client()
              .post(
                  context.target().api("/clock/advance"),
                  context.target().keys().operator(),
                  order);
      return Json.object().set("now", moved.path("now"));
    } catch (DateTimeParseException unreadable) {
      return Json.object()
          .put("error", "until is an instant, for is a duration such as PT1H")
          .put("observed", String.valueOf(unreadable.getParsedString()));
    } catch (UnexpectedReply refused) {
      return Json.object().put("error", String.valueOf(refused.getMessage()));
    }
  }

  /** Answers when the principal has looked at what waits, without any time in the world. */
  private ObjectNode pause() {
    desk.decideWaiting();
    return Json.object().put("now", context.now().toString());
  }

  private ObjectNode done(JsonNode message) {
    var usage = message.path("usage");
    tokens += Math.max(0, usage.path("tokens").asLong(0));
    if (usage.path("cost").isNumber()) {
      cost = cost.add(usage.path("cost").decimalValue().max(BigDecimal.ZERO));
    }
    if (isOver()) {
      return Json.object().put("over", true);
    }
    choices = 0;
    var finished = mission.wishes().get(wishes++);
    desk.settle();
    desk.play(finished.after());
    desk.settle();
    var answer = Json.object().put("over", isOver());
    if (!isOver()) {
      answer.set("wish", wish(mission.wishes().get(wishes), language));
      answer.put("now", context.now().toString());
    }
    return answer;
  }
}
