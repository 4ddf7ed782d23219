package org.actsandbox.agent.builtin;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.SituationBlock;
import org.actsandbox.agent.language.WishJson;
import org.actsandbox.agent.language.understand.RuleBasedInterpreter;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Holds what a request to the built-in model tells: the last sentence, the situation and the last
 * tool result. It reads back the SITUATION block that {@code turn.SystemPrompt} wrote. The model
 * knows nothing else, because a hosted model is told nothing else; this is why it interprets the
 * sentence a second time ({@link BuiltInResponder}).
 *
 * @param sentence the principal's last sentence
 * @param lastResult the tool result that the model has to answer now; null when it has to answer
 *     the sentence
 */
record PromptSituation(
    String sentence, Situation situation, @Nullable ToolExecutionResultMessage lastResult) {

  static PromptSituation in(List<ChatMessage> messages, RuleBasedInterpreter ruleBasedInterpreter) {
    int last = lastSentence(messages);
    var situation =
        messages.stream()
            .filter(SystemMessage.class::isInstance)
            .map(m -> SituationBlock.read(((SystemMessage) m).text()))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(
                () -> new InvalidRequestException("the system message holds no SITUATION block"));
    var result =
        messages.getLast() instanceof ToolExecutionResultMessage tool && last < messages.size() - 1
            ? tool
            : null;
    var before = messages.subList(0, last);
    return new PromptSituation(
        text(messages.get(last)),
        addEarlierWishes(situation, before, ruleBasedInterpreter),
        result);
  }

  private static int lastSentence(List<ChatMessage> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i) instanceof UserMessage) {
        return i;
      }
    }
    throw new InvalidRequestException("there is no user message to answer");
  }

  private static String text(ChatMessage message) {
    return ((UserMessage) message)
        .contents().stream()
            .filter(TextContent.class::isInstance)
            .map(content -> ((TextContent) content).text())
            .collect(Collectors.joining("\n"));
  }

  /**
   * Completes a situation that tells of no earlier wishes from the model's own questions and
   * searches, back to where the principal cancelled.
   */
  private static Situation addEarlierWishes(
      Situation situation, List<ChatMessage> before, RuleBasedInterpreter ruleBasedInterpreter) {
    if (!situation.wishes().isEmpty() || !situation.offers().isEmpty()) {
      return situation;
    }
    for (var message : before.reversed()) {
      if (message instanceof UserMessage
          && ruleBasedInterpreter.interpret(text(message), situation)
              instanceof Interpretation.Cancel) {
        return situation;
      }
      if (message instanceof AiMessage answer) {
        for (var call : answer.toolExecutionRequests().reversed()) {
          var known = withWishesOfCall(situation, call.name(), call.arguments());
          if (known.isPresent()) {
            return known.get().withOffers(LastSearchOffers.in(before));
          }
        }
      }
    }
    return situation;
  }

  private static Optional<Situation> withWishesOfCall(
      Situation now, String tool, String arguments) {
    try {
      var tree = Json.parse(arguments);
      var wishes = WishJson.read(tree.path("wishes"));
      var budget =
          tree.path("budget").isObject() ? Json.read(tree.path("budget"), Budget.class) : null;
      var asked = new ArrayList<String>();
      if (tool.equals("ask_principal")) {
        tree.path("missing").forEach(field -> asked.add(field.asString("")));
      }
      return Optional.of(now.withUnderstood(wishes, budget, asked));
    } catch (JacksonException | IllegalArgumentException notThisModelsCall) {
      return Optional.empty();
    }
  }
}
