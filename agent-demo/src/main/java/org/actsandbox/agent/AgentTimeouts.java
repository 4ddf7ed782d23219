package org.actsandbox.agent;

import java.time.Duration;

/**
 * Holds how long the agent waits in real time; simulated time has no part in network timeouts.
 *
 * @param platform for a platform's whole answer to a search; a slower platform is left out
 * @param call for any other call
 * @param longPoll for the payment service to answer that nothing changed yet, at most 25 s
 * @param retryPause before the first repeat of a lost call; it doubles each time
 * @param model for a model that sends nothing at all
 */
public record AgentTimeouts(
    Duration platform, Duration call, Duration longPoll, Duration retryPause, Duration model) {

  public static final AgentTimeouts DEFAULT =
      new AgentTimeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofMillis(250),
          Duration.ofSeconds(60));

  /** Returns a copy with the timeout of {@code act.agent.model.timeout} for a silent model. */
  public AgentTimeouts withModelTimeout(Duration timeout) {
    return new AgentTimeouts(platform, call, longPoll, retryPause, timeout);
  }

  /** Returns a copy with this timeout for a platform's offers. */
  public AgentTimeouts withPlatformTimeout(Duration timeout) {
    return new AgentTimeouts(timeout, call, longPoll, retryPause, model);
  }
}
