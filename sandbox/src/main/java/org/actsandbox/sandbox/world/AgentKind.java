package org.actsandbox.sandbox.world;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;

/**
 * Says to which principals the sandbox's own buyer agent belongs (ACT reference scenarios 2 and 3).
 */
public enum AgentKind {
  /**
   * One identity that its operator uses for many principals. Each request names the principal that
   * the agent acts for, and this is compared with the credential.
   */
  PLATFORM("demo-agent"),
  /** An identity and keys of its own, made for one principal alone. */
  DEDICATED("personal-agent");

  private final String agent;

  AgentKind(String agent) {
    this.agent = agent;
  }

  /**
   * Returns the identity that the agent signs with. Its address and its faults are named {@code
   * demo-agent} for both kinds.
   */
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
