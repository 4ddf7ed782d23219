package org.actsandbox.agent.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which model the agent runs on: {@code act.agent.model.*}.
 *
 * @param provider {@code built-in} (no key, no network), {@code openai} (any compatible base URL),
 *     {@code anthropic} or {@code ollama}
 * @param baseUrl of the provider's API; each has a default
 * @param apiKey from the environment, {@code ACT_AGENT_MODEL_API_KEY}; never logged or journalled
 * @param name the model's name at the provider
 * @param timeout for a model that sends nothing
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

  /** For people: the provider and its name for the model. */
  public String label() {
    return provider.equals(BUILT_IN) || name == null ? provider : provider + " " + name;
  }

  @Override
  public String toString() {
    return "ModelSettings[provider=%s, baseUrl=%s, name=%s, timeout=%s]"
        .formatted(provider, baseUrl, name, timeout);
  }
}
