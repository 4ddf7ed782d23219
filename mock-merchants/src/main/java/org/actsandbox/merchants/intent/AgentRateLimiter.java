package org.actsandbox.merchants.intent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Limits each agent's requests with a token bucket. It runs in real time and not in the world's
 * time: it protects the process, and a world with a stopped clock must still answer.
 *
 * <p>Memory is bounded: beyond {@link #MAX_AGENTS} agents, the one that was seen longest ago is
 * forgotten, which at worst gives it a full bucket again.
 */
final class AgentRateLimiter {

  static final int MAX_AGENTS = 1_000;

  private final LongSupplier nanoTime;
  private final int perSecond;
  private final Map<Did, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Did, Bucket> eldest) {
          return size() > MAX_AGENTS;
        }
      };

  /**
   * @param perSecond the tokens that are refilled each second; twice as many requests may come at
   *     once
   */
  AgentRateLimiter(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes one token of the agent.
   *
   * @throws Refusal {@code intent_rate_limited} (CID-3)
   */
  synchronized void take(Did agent) {
    long now = nanoTime.getAsLong();
    var bucket = buckets.computeIfAbsent(agent, _ -> new Bucket(burst(), now));
    var filled =
        Math.min(burst(), bucket.tokens + (now - bucket.at) * (perSecond / 1_000_000_000.0));
    if (filled < 1) {
      throw new Refusal(Problem.INTENT_RATE_LIMITED, "too many requests from this agent")
          .at("agent_id")
          .expected("at most %d a second".formatted(perSecond))
          .observed(agent.value())
          .retryAfter(Duration.ofSeconds(1))
          .remedy("Wait a second, then send the same request again.");
    }
    buckets.put(agent, new Bucket(filled - 1, now));
  }

  private int burst() {
    return 2 * perSecond;
  }

  private record Bucket(double tokens, long at) {}
}
