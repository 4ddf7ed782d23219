package org.actsandbox.agent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.agent.builtin.BuiltInStreamingModel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Tests which model each setting makes. */
class ModelFactoryTests {

  private static StreamingChatModel model(
      String provider, @Nullable String baseUrl, @Nullable String key, @Nullable String name) {
    return ModelFactory.of(
        new ModelSettings(provider, baseUrl, key, name, Duration.ofSeconds(1), null),
        BuiltInStreamingModel::new);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # provider | base url             | key | name | the provider
          built-in   | -                    | -   | -    | OTHER
          openai     | -                    | k   | m    | OPEN_AI
          openai     | http://localhost/v1  | -   | m    | OPEN_AI
          anthropic  | -                    | k   | m    | ANTHROPIC
          anthropic  | http://localhost/v1  | k   | m    | ANTHROPIC
          ollama     | -                    | -   | m    | OLLAMA
          ollama     | http://localhost     | -   | m    | OLLAMA
          """)
  void makesTheConfiguredModel(
      String provider,
      @Nullable String baseUrl,
      @Nullable String key,
      @Nullable String name,
      String made) {
    var model = model(provider, baseUrl, key, name);
    assertThat(model.provider()).hasToString(made);
    assertThat(model instanceof HostedModel).isEqualTo(!made.equals("OTHER"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # provider | base url            | key | name | the property that is wrong
          openai     | -                   | -   | m    | act.agent.model.api-key is missing
          openai     | -                   | ' ' | m    | act.agent.model.api-key is missing
          openai     | -                   | k   | -    | act.agent.model.name is missing
          openai     | http://localhost/v1 | -   | -    | act.agent.model.name is missing
          anthropic  | -                   | -   | m    | act.agent.model.api-key is missing
          anthropic  | http://localhost/v1 | -   | m    | act.agent.model.api-key is missing
          anthropic  | -                   | k   | ' '  | act.agent.model.name is missing
          ollama     | -                   | -   | -    | act.agent.model.name is missing
          OpenAI     | -                   | k   | m    | act.agent.model.provider: expected built-in, openai, anthropic or ollama, was OpenAI
          gemini     | -                   | k   | m    | act.agent.model.provider: expected built-in, openai, anthropic or ollama, was gemini
          """)
  void namesThePropertyThatIsWrong(
      String provider,
      @Nullable String baseUrl,
      @Nullable String key,
      @Nullable String name,
      String message) {
    assertThatThrownBy(() -> model(provider, baseUrl, key, name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static ModelSettings bound(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("act.agent.model", ModelSettings.class);
  }

  @Test
  void needsNoConfigurationAtAll() {
    var settings = bound(Map.of());
    assertThat(settings.provider()).isEqualTo("built-in");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void neverTellsItsKey() {
    var settings =
        bound(
            Map.of(
                "act.agent.model.provider", "anthropic",
                "act.agent.model.api-key", "top-secret",
                "act.agent.model.name", "m",
                "act.agent.model.timeout", "5s"));
    assertThat(settings.apiKey()).isEqualTo("top-secret");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.toString()).contains("anthropic", "m", "PT5S").doesNotContain("top-secret");
  }
}
