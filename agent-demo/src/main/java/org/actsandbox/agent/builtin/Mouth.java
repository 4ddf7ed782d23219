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
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.understand.Interpreter;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the model says next. Only the principal's own messages are interpreted; results of
 * tools hold merchants' text and are reported, never read for wishes or instructions.
 */
final class Mouth {

  private static final String NAME = "act-sandbox-built-in";

  /** Hosted models count about so many characters as one token. */
  private static final int CHARS_PER_TOKEN = 4;

  private final Interpreter interpreter = new Interpreter();

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
    var heard = Heard.in(request.messages(), interpreter);
    var result = heard.lastResult();
    var message =
        result == null ? toSentence(heard, request) : AiMessage.from(report(heard, result));
    return response(request, message);
  }

  private String report(Heard heard, ToolExecutionResultMessage result) {
    var lang = interpreter.lang(heard.sentence(), heard.situation());
    return new Report(lang, heard.situation().budget()).of(result.toolName(), result.text());
  }

  private AiMessage toSentence(Heard heard, ChatRequest request) {
    var understood = interpreter.understand(heard.sentence(), heard.situation());
    var lang = understood.lang();
    return switch (understood) {
      case Understanding.Wishes said ->
          call(
              request,
              "search_offers",
              new SearchArguments(said.wishes(), said.budget()),
              Replies.text("no.search", lang));
      case Understanding.Directed said ->
          call(
              request,
              "request_authority",
              new AuthorityArguments(said.wishes(), said.directive()),
              Replies.text("no.authority", lang));
      case Understanding.Question open ->
          call(
              request,
              "ask_principal",
              new AskArguments(open.text(), open.missing(), open.soFar(), open.budget()),
              open.text());
      case Understanding.Choice choice ->
          call(
              request,
              "buy_offers",
              new BuyArguments(choice.offerIds()),
              Replies.text("no.buy", lang));
      case Understanding.OfferQuestion question ->
          call(
              request,
              "explain_offers",
              new ExplainArguments(question.topic(), question.offerIds()),
              Replies.text("no.search", lang));
      case Understanding.OrderQuestion question ->
          call(
              request,
              "purchase_status",
              Json.object().put("topic", question.topic()),
              Replies.text("no.status", lang));
      case Understanding.StatusQuestion _, Understanding.GoOn _ ->
          call(request, "purchase_status", Json.object(), Replies.text("no.status", lang));
      case Understanding.Cancel _ -> AiMessage.from(Replies.text("cancelled", lang));
      case Understanding.OutOfScope talk -> AiMessage.from(talk.text());
    };
  }

  /** A tool call where the tool is offered, else the words that must do without it. */
  private static AiMessage call(
      ChatRequest request, String tool, Object arguments, String otherwise) {
    boolean offered =
        request.toolSpecifications().stream().map(ToolSpecification::name).anyMatch(tool::equals);
    if (!offered) {
      return AiMessage.from(otherwise);
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
