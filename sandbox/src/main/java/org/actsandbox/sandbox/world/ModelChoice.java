package org.actsandbox.sandbox.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.agent.model.ModelSettings;

/** Chooses the language model of a world's buyer agent (ADR 13). */
public enum ModelChoice {
  /**
   * The model in the server's settings {@code act.agent.model.*}; without them the built-in one.
   */
  CONFIGURED,
  /** The built-in model, regardless of the server's settings: deterministic, no key, no network. */
  BUILT_IN;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ModelChoice> ofCode(String code) {
    return Arrays.stream(values()).filter(choice -> choice.code().equals(code)).findFirst();
  }

  /**
   * Returns the label of the model on a server with these settings: {@code built-in}, {@code openai
   * gpt-x}.
   */
  public String on(ModelSettings server) {
    return this == BUILT_IN ? ModelSettings.BUILT_IN : server.label();
  }
}
