package org.actsandbox.agent.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The language model that the agent runs on: {@code act.agent.model.*}.
 *
 * @param provider Provider of the model: {@code built-in} (no key, no network), {@code openai} (any
 *     compatible address), {@code anthropic} or {@code ollama}.
 * @param baseUrl Address of the provider's API, with {@code /v1} where the provider has it. Each
 *     provider has a default.
 * @param apiKey Key for the provider. Use the environment variable; it is never logged or
 *     journalled. A local server that needs none gets any word.
 * @param name Name of the model at the provider.
 * @param timeout Time that the agent waits for a model that sends nothing.
 * @param temperature Temperature of the model, between 0 and 2. Without it the provider's own
 *     applies.
 */
@ConfigurationProperties("act.agent.model")
public record ModelSettings(
    @DefaultValue(ModelSettings.BUILT_IN) String provider,
    @Nullable String baseUrl,
    @Nullable String apiKey,
    @Nullable String name,
    @DefaultValue("60s") Duration timeout,
    @Nullable Double temperature) {

  public static final String BUILT_IN = "built-in";

  /** Returns the provider and its name for the model, as people read it. */
  public String label() {
    return provider.equals(BUILT_IN) || name == null ? provider : provider + " " + name;
  }

  @Override
  public String toString() {
    return "ModelSettings[provider=%s, baseUrl=%s, name=%s, timeout=%s]"
        .formatted(provider, baseUrl, name, timeout);
  }
}
