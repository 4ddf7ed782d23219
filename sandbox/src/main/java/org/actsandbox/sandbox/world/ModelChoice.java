package org.actsandbox.sandbox.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.agent.model.ModelSettings;

/** What the buyer agent of a world speaks with (ADR 13). */
public enum ModelChoice {
  /** What {@code act.agent.model.*} of the server says: the built-in one where it says nothing. */
  CONFIGURED,
  /** Whatever the server is configured with: deterministic, no key, no network. */
  BUILT_IN;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ModelChoice> ofCode(String code) {
    return Arrays.stream(values()).filter(choice -> choice.code().equals(code)).findFirst();
  }

  /**
   * Which one that is on a server that is configured so: {@code built-in}, {@code openai gpt-x}.
   */
  public String on(ModelSettings server) {
    return this == BUILT_IN ? ModelSettings.BUILT_IN : server.label();
  }
}
