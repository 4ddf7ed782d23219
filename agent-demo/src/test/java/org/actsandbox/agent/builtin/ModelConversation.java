package org.actsandbox.agent.builtin;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.SituationBlock;

/** Holds a conversation with the built-in model, message by message. */
final class ModelConversation {

  static final Situation START =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Hangzhou"));

  static final String SEARCH_RESULT =
      """
      {"searches":[{"kind":"train","platforms_asked":["raileast","gotrip-rail"],
        "platforms_left_out":[{"platform":"gotrip-rail","reason":"gotrip-rail did not answer in time and was left out"}],
        "offers":[{"offer_id":"o1","merchant":"raileast","title":"G7342 Hangzhou East to Shanghai",
          "total":"87.50","currency":"CNY","why":"Earliest with a free window seat",
          "departs":"2026-11-26T06:25:00+08:00"},
         {"offer_id":"o2","merchant":"gotrip-rail","title":"%s",
          "total":"97.50","currency":"CNY","why":"Same train, dearer by ¥10",
          "departs":"2026-11-26T07:10:00+08:00"}]}],
       "recommended":["o1"],"total":"87.50","currency":"CNY","fits_budget":true}
      """;

  private static final List<ToolSpecification> TOOLS =
      List.of("search_offers", "buy_offers", "ask_principal", "purchase_status").stream()
          .map(name -> ToolSpecification.builder().name(name).description(name).build())
          .toList();

  private final List<ChatMessage> messages = new ArrayList<>();

  ModelConversation(Situation situation) {
    messages.add(SystemMessage.from("You shop.\n" + SituationBlock.write(situation)));
  }

  static ModelConversation start() {
    return new ModelConversation(START);
  }

  ModelConversation says(String sentence) {
    messages.add(UserMessage.from(sentence));
    return this;
  }

  /** Lets the model answer and keeps the answer in memory. */
  AiMessage answer() {
    var answer = new BuiltInResponder().answer(request()).aiMessage();
    messages.add(answer);
    return answer;
  }

  ModelConversation toolAnswers(AiMessage call, String result) {
    messages.add(ToolExecutionResultMessage.from(call.toolExecutionRequests().getFirst(), result));
    return this;
  }

  ChatRequest request() {
    return ChatRequest.builder().messages(messages).toolSpecifications(TOOLS).build();
  }

  ChatRequest requestWithoutTools() {
    return ChatRequest.builder().messages(messages).build();
  }
}
