package org.actsandbox.agent.turn;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.model.HostedModel;
import org.actsandbox.agent.model.ModelFailure;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a hosted model is asked and what it answers in one turn into the journal, which masks
 * secrets as everywhere. A request repeats all messages before it; only those that are new since
 * the last request of the turn are written.
 */
final class ModelJournal implements ChatModelListener {

  /** Ours: the journal keeps so many characters of one message and says how many there were. */
  private static final int MAX_TEXT = 8_000;

  private final AgentWorld world;
  private final HostedModel model;
  private final Turn turn;
  private volatile int written;
  private final AtomicInteger requests = new AtomicInteger();

  ModelJournal(AgentWorld world, HostedModel model, Turn turn) {
    this.world = world;
    this.model = model;
    this.turn = turn;
  }

  /** Returns how many requests the turn has made. */
  int requests() {
    return requests.get();
  }

  @Override
  public void onRequest(ChatModelRequestContext context) {
    var messages = context.chatRequest().messages();
    int known = Math.min(written, messages.size());
    written = messages.size();
    requests.incrementAndGet();
    var data = new LinkedHashMap<String, Object>();
    data.put("model", model.label());
    data.put("request", requests.get());
    data.put("messages_before", known);
    data.put("messages", messages.stream().skip(known).map(this::message).toList());
    var tools = context.chatRequest().toolSpecifications();
    data.put("tools", tools == null ? List.of() : tools.stream().map(tool -> tool.name()).toList());
    note(JournalEvent.MODEL_ASKED, data);
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    var response = context.chatResponse();
    var data = new LinkedHashMap<String, Object>();
    data.put("request", requests.get());
    data.put("finish_reason", String.valueOf(response.finishReason()));
    data.put("message", message(response.aiMessage()));
    var usage = response.tokenUsage();
    if (usage != null && usage.totalTokenCount() != null) {
      data.put("tokens", usage.totalTokenCount());
    }
    note(JournalEvent.MODEL_ANSWERED, data);
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    failed(ModelFailure.of(context.error()), context.error());
  }

  /** Writes a failure; the error is null where the model failed without one. */
  void failed(ModelFailure failure, @Nullable Throwable error) {
    var data = new LinkedHashMap<String, Object>();
    data.put("request", requests.get());
    data.put("failure", failure.code());
    if (error != null) {
      data.put("error", shortened(error.toString()));
    }
    note(JournalEvent.MODEL_FAILED, data);
  }

  private void note(JournalEvent event, Map<String, ?> data) {
    world
        .journal()
        .note(
            new JournalNote(
                world.agent().value(),
                JournalNote.Kind.DECISION,
                event,
                Map.of(JournalIds.CONVERSATION_ID, turn.conversation()),
                data));
  }

  private Map<String, Object> message(ChatMessage message) {
    var data = new LinkedHashMap<String, Object>();
    data.put("role", message.type().name().toLowerCase(java.util.Locale.ROOT));
    switch (message) {
      case SystemMessage system -> data.put("text", shortened(system.text()));
      case UserMessage user ->
          data.put(
              "text",
              shortened(
                  user.contents().stream()
                      .filter(TextContent.class::isInstance)
                      .map(content -> ((TextContent) content).text())
                      .collect(Collectors.joining("\n"))));
      case ToolExecutionResultMessage result -> {
        data.put("tool", String.valueOf(result.toolName()));
        data.put("text", shortened(result.text()));
      }
      case AiMessage answer -> {
        data.put("text", shortened(answer.text() == null ? "" : answer.text()));
        data.put(
            "tool_calls",
            answer.toolExecutionRequests().stream()
                .map(
                    call ->
                        Map.of(
                            "name", String.valueOf(call.name()),
                            "arguments", shortened(String.valueOf(call.arguments()))))
                .toList());
      }
      default -> data.put("text", shortened(message.toString()));
    }
    return data;
  }

  private String shortened(String written) {
    var text = model.withoutKey(written);
    return text.length() <= MAX_TEXT
        ? text
        : text.substring(0, MAX_TEXT) + "... (" + text.length() + " characters)";
  }
}
