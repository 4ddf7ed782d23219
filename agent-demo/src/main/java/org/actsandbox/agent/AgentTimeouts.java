package org.actsandbox.agent;

import java.time.Duration;

/**
 * How long the agent waits, in real time; simulated time plays no part in network timeouts.
 *
 * @param platform for one platform's whole answer to a search; a slower one is left out
 * @param call for any other call
 * @param longPoll for the payment service to answer that nothing changed yet, at most 25 s
 * @param retryPause before the first repeat of a lost call; doubles each time
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

  /** The same, with what {@code act.agent.model.timeout} says for the model's silence. */
  public AgentTimeouts withModelTimeout(Duration patience) {
    return new AgentTimeouts(platform, call, longPoll, retryPause, patience);
  }

  /** The same, waiting that long for a platform's offers. */
  public AgentTimeouts withPlatformTimeout(Duration patience) {
    return new AgentTimeouts(patience, call, longPoll, retryPause, model);
  }
}
