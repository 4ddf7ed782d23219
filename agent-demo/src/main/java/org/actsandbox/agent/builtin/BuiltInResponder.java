package org.actsandbox.agent.builtin;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.understand.RuleBasedInterpreter;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which text or tool call the built-in model answers with. Only the principal's own
 * messages are interpreted; results of tools hold merchants' text and are reported, never read for
 * wishes or instructions.
 *
 * <p>It interprets the principal's sentence itself, although the agent has done so before ({@code
 * turn.Turns#say}): a model gets nothing but its prompt, and the built-in model must be replaceable
 * by a hosted one at any time. Both readings agree, because interpreter and situation are the same.
 * If they did not, the agent's own reading would decide, since a model's reading permits nothing.
 */
final class BuiltInResponder {

  private static final String NAME = "act-sandbox-built-in";

  /** Hosted models count about so many characters as one token. */
  private static final int CHARS_PER_TOKEN = 4;

  private final RuleBasedInterpreter ruleBasedInterpreter = new RuleBasedInterpreter();

  /** The arguments of {@code search_offers}. */
  record SearchArguments(List<Wish> wishes, @Nullable Budget budget) {}

  /** The arguments of {@code request_authority}. */
  record AuthorityArguments(List<Wish> wishes, Directive directive) {}

  /** The arguments of {@code explain_offers}. */
  record ExplainArguments(String topic, List<String> offerIds) {}

  /** The arguments of {@code buy_offers}. */
  record BuyArguments(List<String> offerIds) {}

  /**
   * The arguments of {@code ask_principal}.
   *
   * @param wishes what was understood so far, for this model's own memory
   */
  record AskArguments(
      String question, List<String> missing, List<Wish> wishes, @Nullable Budget budget) {}

  ChatResponse answer(ChatRequest request) {
    var promptSituation = PromptSituation.in(request.messages(), ruleBasedInterpreter);
    var result = promptSituation.lastResult();
    var message =
        result == null
            ? answerSentence(promptSituation, request)
            : AiMessage.from(report(promptSituation, result));
    return response(request, message);
  }

  private String report(PromptSituation promptSituation, ToolExecutionResultMessage result) {
    var lang = ruleBasedInterpreter.lang(promptSituation.sentence(), promptSituation.situation());
    return new ToolResultReport(lang, promptSituation.situation().budget())
        .of(result.toolName(), result.text());
  }

  private AiMessage answerSentence(PromptSituation promptSituation, ChatRequest request) {
    var understood =
        ruleBasedInterpreter.interpret(promptSituation.sentence(), promptSituation.situation());
    var lang = understood.lang();
    return switch (understood) {
      case Interpretation.Wishes said ->
          call(
              request,
              "search_offers",
              new SearchArguments(said.wishes(), said.budget()),
              BuiltInReplies.text("no.search", lang));
      case Interpretation.DirectedPurchase said ->
          call(
              request,
              "request_authority",
              new AuthorityArguments(said.wishes(), said.directive()),
              BuiltInReplies.text("no.authority", lang));
      case Interpretation.Question open ->
          call(
              request,
              "ask_principal",
              new AskArguments(open.text(), open.missing(), open.soFar(), open.budget()),
              open.text());
      case Interpretation.Choice choice ->
          call(
              request,
              "buy_offers",
              new BuyArguments(choice.offerIds()),
              BuiltInReplies.text("no.buy", lang));
      case Interpretation.OfferQuestion question ->
          call(
              request,
              "explain_offers",
              new ExplainArguments(question.topic(), question.offerIds()),
              BuiltInReplies.text("no.search", lang));
      case Interpretation.OrderQuestion question ->
          call(
              request,
              "purchase_status",
              orderArguments(question),
              BuiltInReplies.text("no.status", lang));
      case Interpretation.StatusQuestion _, Interpretation.Continue _ ->
          call(request, "purchase_status", Json.object(), BuiltInReplies.text("no.status", lang));
      case Interpretation.Cancel _ -> AiMessage.from(BuiltInReplies.text("cancelled", lang));
      case Interpretation.OutOfScope talk -> AiMessage.from(talk.text());
    };
  }

  private static ObjectNode orderArguments(Interpretation.OrderQuestion question) {
    var arguments = Json.object().put("topic", question.topic());
    if (question.kind() != null) {
      arguments.put("kind", question.kind().code());
    }
    if (question.orderNo() != null) {
      arguments.put("order_no", question.orderNo());
    }
    if (question.latest()) {
      arguments.put("latest", true);
    }
    return arguments;
  }

  /** Calls the tool where it is offered, or else says {@code fallback}. */
  private static AiMessage call(
      ChatRequest request, String tool, Object arguments, String fallback) {
    boolean offered =
        request.toolSpecifications().stream().map(ToolSpecification::name).anyMatch(tool::equals);
    if (!offered) {
      return AiMessage.from(fallback);
    }
    return AiMessage.from(
        ToolExecutionRequest.builder()
            .id("call_" + request.messages().size())
            .name(tool)
            .arguments(Json.write(arguments))
            .build());
  }

  private static ChatResponse response(ChatRequest request, AiMessage message) {
    int input = request.messages().toString().length() / CHARS_PER_TOKEN;
    int output = message.toString().length() / CHARS_PER_TOKEN;
    return ChatResponse.builder()
        .aiMessage(message)
        .modelName(NAME)
        .tokenUsage(new TokenUsage(input, output))
        .finishReason(
            message.hasToolExecutionRequests() ? FinishReason.TOOL_EXECUTION : FinishReason.STOP)
        .build();
  }
}
