package org.actsandbox.agent.model;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is a model at a provider, called over HTTP. Unlike the built-in one it can fail in many ways, and
 * what it is asked and answers is not determined by the program; so its calls are observed.
 */
public final class HostedModel implements StreamingChatModel {

  private final StreamingChatModel client;
  private final String label;
  private final @Nullable String apiKey;
  private final List<ChatModelListener> listeners;

  HostedModel(StreamingChatModel client, ModelSettings settings) {
    this(client, settings.label(), settings.apiKey(), List.of());
  }

  private HostedModel(
      StreamingChatModel client,
      String label,
      @Nullable String apiKey,
      List<ChatModelListener> listeners) {
    this.client = client;
    this.label = label;
    this.apiKey = apiKey;
    this.listeners = listeners;
  }

  /** Returns the same model, whose calls the listener observes. */
  public HostedModel observedBy(ChatModelListener listener) {
    return new HostedModel(client, label, apiKey, List.of(listener));
  }

  /** Returns the provider and its name for the model. */
  public String label() {
    return label;
  }

  /** Returns a text of the provider without the key, which some repeat in their errors. */
  public String withoutKey(String text) {
    return apiKey == null || apiKey.isBlank() ? text : text.replace(apiKey, "***");
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    var call = new HostedModelCall(handler);
    WatchedHttpClient.CURRENT.set(call);
    try {
      client.doChat(request, call);
    } finally {
      WatchedHttpClient.CURRENT.remove();
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return client.defaultRequestParameters();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return listeners;
  }

  @Override
  public ModelProvider provider() {
    return client.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return client.supportedCapabilities();
  }
}
