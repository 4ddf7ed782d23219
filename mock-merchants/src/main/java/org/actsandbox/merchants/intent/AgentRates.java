package org.actsandbox.merchants.intent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * A token bucket per agent. Real time, not the world's: it protects the process, and a world whose
 * clock stands still must still answer.
 *
 * <p>Memory is bounded: of the {@link #AGENTS} least recently seen the oldest is forgotten, which
 * at worst gives it a full bucket again.
 */
final class AgentRates {

  static final int AGENTS = 1_000;

  /** Ours: above what one machine completes, so that only a runaway loop meets it. */
  static final int PER_SECOND = 1_000;

  static final int BURST = 2_000;

  private final LongSupplier nanoTime;
  private final Map<Did, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Did, Bucket> eldest) {
          return size() > AGENTS;
        }
      };

  AgentRates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * @throws Refusal {@code intent_rate_limited} (CID-3)
   */
  synchronized void take(Did agent) {
    long now = nanoTime.getAsLong();
    var bucket = buckets.computeIfAbsent(agent, _ -> new Bucket(BURST, now));
    var filled =
        Math.min(BURST, bucket.tokens + (now - bucket.at) * (PER_SECOND / 1_000_000_000.0));
    if (filled < 1) {
      throw new Refusal(Problem.INTENT_RATE_LIMITED, "too many requests from this agent")
          .at("agent_id")
          .expected("at most %d a second".formatted(PER_SECOND))
          .observed(agent.value())
          .remedy("Wait a second, then send the same request again.");
    }
    buckets.put(agent, new Bucket(filled - 1, now));
  }

  private record Bucket(double tokens, long at) {}
}
