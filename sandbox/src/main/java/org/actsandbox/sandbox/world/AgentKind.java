package org.actsandbox.sandbox.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;

/** Whose the sandbox's own buyer agent is (ACT reference scenarios 2 and 3). */
public enum AgentKind {
  /**
   * One identity that its operator uses for many principals: whom it acts for stands in each
   * request, and is held against the credential.
   */
  PLATFORM("demo-agent"),
  /** An identity and keys of its own, made for this principal alone. */
  DEDICATED("personal-agent");

  private final String agent;

  AgentKind(String agent) {
    this.agent = agent;
  }

  /** Under which name it signs. Its address and its faults go by {@code demo-agent} either way. */
  public Did did() {
    return Did.of(agent);
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AgentKind> ofCode(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
