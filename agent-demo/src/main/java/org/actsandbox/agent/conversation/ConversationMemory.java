package org.actsandbox.agent.conversation;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.ArrayList;
import java.util.List;

/** Stores the window of messages that a model remembers of a conversation. */
public final class ConversationMemory implements ChatMemoryStore {

  /** Ours: about ten exchanges with their tool calls; the situation sums up older ones. */
  private static final int MAX_MESSAGES = 40;

  private final Conversations conversations;

  public ConversationMemory(Conversations conversations) {
    this.conversations = conversations;
  }

  public ChatMemory of(String conversation) {
    return MessageWindowChatMemory.builder()
        .id(conversation)
        .maxMessages(MAX_MESSAGES)
        .chatMemoryStore(this)
        .build();
  }

  /** Adds an exchange that happened without the model, such as a choice made by a click. */
  public void add(String conversation, String principal, String agent) {
    var memory = of(conversation);
    memory.add(UserMessage.from(principal));
    memory.add(AiMessage.from(agent));
  }

  /**
   * Removes the end of a broken turn: a question without an answer, or a tool call without a
   * result, would make a hosted model refuse the next request.
   */
  public void repairAfterBrokenTurn(String conversation) {
    var messages = new ArrayList<>(getMessages(conversation));
    while (!messages.isEmpty() && !isAnswer(messages.getLast())) {
      messages.removeLast();
    }
    updateMessages(conversation, messages);
  }

  private static boolean isAnswer(ChatMessage message) {
    return message instanceof AiMessage answer && !answer.hasToolExecutionRequests();
  }

  @Override
  public List<ChatMessage> getMessages(Object id) {
    return conversations
        .memory(id.toString())
        .map(ChatMessageDeserializer::messagesFromJson)
        .orElse(List.of());
  }

  @Override
  public void updateMessages(Object id, List<ChatMessage> messages) {
    conversations.saveMemory(id.toString(), ChatMessageSerializer.messagesToJson(messages));
  }

  @Override
  public void deleteMessages(Object id) {
    conversations.saveMemory(id.toString(), null);
  }
}
