package org.actsandbox.scenarios.mission.agent;

import java.util.List;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.context.ScenarioConversation;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import org.actsandbox.scenarios.mission.model.MissionWish;
import tools.jackson.databind.JsonNode;

/**
 * Has the sandbox's own agent do the mission: the principal talks with it in the world, as a person
 * does in the console. What it speaks with is the world's model.
 *
 * @param name built-in, or what the configured model is called
 */
public record BuiltInAgent(String name) implements MissionAgent {

  /** Bounds how often the principal answers within one wish; each answer takes the wish further. */
  private static final int MAX_ROUNDS = 16;

  @Override
  public boolean isOutside() {
    return false;
  }

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    try (var context = new ScenarioContext(session.target(), session.outbound())) {
      for (var wish : session.mission().wishes()) {
        context.setPrincipal(wish.who());
        fulfil(session, context, wish);
        if (Thread.interrupted()) {
          throw new InterruptedException("the time is over");
        }
        session.say(Json.object().put("type", "done"));
      }
    } catch (UnplayableStep | UnexpectedReply | NoAnswerException broken) {
      throw new AgentFailure(String.valueOf(broken.getMessage()), broken);
    }
  }

  private static void fulfil(MissionSession session, ScenarioContext context, MissionWish wish) {
    boolean isFresh = !context.hasConversation() || wish.isNew();
    var conversation = isFresh ? context.newConversation() : context.conversation();
    conversation.say(wish.say(session.language()), session.language());
    for (int round = 0; round < MAX_ROUNDS; round++) {
      if (!goesOn(session, conversation)) {
        return;
      }
    }
  }

  /** Answers what the agent said last; false when the turn is over and nothing is to be said. */
  private static boolean goesOn(MissionSession session, ScenarioConversation conversation) {
    var facts = conversation.transcript().facts();
    switch (facts.path("outcome").asString("")) {
      case "question" -> {
        var question = Json.object().put("type", "question");
        question.set("text", facts.path("question"));
        question.set("missing", facts.path("missing"));
        var answer = session.say(question).path("text").asString("");
        if (answer.isEmpty()) {
          return false;
        }
        conversation.say(answer, session.language());
      }
      case "offered" -> {
        var offers = Json.object().put("type", "offers");
        offers.set("offers", facts.path("offers"));
        offers.set("recommended", facts.path("recommended"));
        var choice = choice(session.say(offers));
        if (choice.isEmpty()) {
          return false;
        }
        conversation.choose(choice, null);
      }
      // The principal decides at the cashier, not here.
      case "waiting" -> conversation.follow();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static List<String> choice(JsonNode answer) {
    return answer.path("choice").valueStream().map(JsonNode::asString).toList();
  }
}
