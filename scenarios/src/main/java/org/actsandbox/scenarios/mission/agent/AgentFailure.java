package org.actsandbox.scenarios.mission.agent;

import org.jspecify.annotations.Nullable;

/** Says that an agent under test broke before it was done. */
public final class AgentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public AgentFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
