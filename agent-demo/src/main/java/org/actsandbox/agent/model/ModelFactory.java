package org.actsandbox.agent.model;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configured streaming model of LangChain4j. These models do not repeat a request, so a
 * tool call never happens twice.
 */
public final class ModelFactory {

  private static final int MAX_TOKENS = 2_000;

  private ModelFactory() {}

  /**
   * @throws IllegalArgumentException naming the property that is wrong or missing
   */
  public static StreamingChatModel of(
      ModelSettings settings, Supplier<StreamingChatModel> builtIn) {
    return switch (settings.provider()) {
      case ModelSettings.BUILT_IN -> builtIn.get();
      case "openai" -> new HostedModel(openAi(settings), settings);
      case "anthropic" -> new HostedModel(anthropic(settings), settings);
      case "ollama" -> new HostedModel(ollama(settings), settings);
      default ->
          throw new IllegalArgumentException(
              "act.agent.model.provider: expected built-in, openai, anthropic or ollama, was "
                  + settings.provider());
    };
  }

  private static StreamingChatModel openAi(ModelSettings settings) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(Objects.requireNonNullElse(settings.baseUrl(), "https://api.openai.com/v1"))
        // A local server at a compatible address may need no key, but the client requires one.
        .apiKey(settings.baseUrl() == null ? required(settings.apiKey(), "api-key") : key(settings))
        .modelName(required(settings.name(), "name"))
        .httpClientBuilder(WatchedHttpClient.builder())
        .timeout(settings.timeout())
        .temperature(settings.temperature())
        .logRequests(false)
        .logResponses(false)
        .build();
  }

  private static StreamingChatModel anthropic(ModelSettings settings) {
    return AnthropicStreamingChatModel.builder()
        .baseUrl(Objects.requireNonNullElse(settings.baseUrl(), "https://api.anthropic.com/v1"))
        .apiKey(required(settings.apiKey(), "api-key"))
        .modelName(required(settings.name(), "name"))
        .maxTokens(MAX_TOKENS)
        .httpClientBuilder(WatchedHttpClient.builder())
        .timeout(settings.timeout())
        .temperature(settings.temperature())
        .logRequests(false)
        .logResponses(false)
        .build();
  }

  private static StreamingChatModel ollama(ModelSettings settings) {
    return OllamaStreamingChatModel.builder()
        .baseUrl(Objects.requireNonNullElse(settings.baseUrl(), "http://localhost:11434"))
        .modelName(required(settings.name(), "name"))
        .httpClientBuilder(WatchedHttpClient.builder())
        .timeout(settings.timeout())
        .temperature(settings.temperature())
        .logRequests(false)
        .logResponses(false)
        .build();
  }

  private static String key(ModelSettings settings) {
    return Objects.requireNonNullElse(settings.apiKey(), "none");
  }

  private static String required(@Nullable String value, String property) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("act.agent.model." + property + " is missing");
    }
    return value;
  }
}
