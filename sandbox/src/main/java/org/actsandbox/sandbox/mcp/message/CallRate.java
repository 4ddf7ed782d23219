package org.actsandbox.sandbox.mcp.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Limits how often and how many at once each caller may call. A caller that waits counts as one
 * call under way until its answer is made, also when it has hung up.
 */
public final class CallRate {

  /** Ours: the calls that a caller may make at once after a pause. */
  public static final int BURST = 120;

  /** Ours: the calls per second in the long run; a model makes far fewer. */
  public static final int PER_SECOND = 40;

  /** Ours: the calls of one caller that may be under way. */
  public static final int MAX_UNDER_WAY = 16;

  private static final int MAX_CALLERS = 2000;
  private static final double NANOS = 1e9;

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, Budget> budgets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Budget> eldest) {
          return size() > MAX_CALLERS;
        }
      };

  private static final class Budget {
    private double left = BURST;
    private long at;
    private int underWay;

    Budget(long at) {
      this.at = at;
    }
  }

  public CallRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Represents a call under way, which ends when this is closed. */
  public final class Admission implements AutoCloseable {

    private final Budget budget;

    private Admission(Budget budget) {
      this.budget = budget;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        budget.underWay--;
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Admits a call.
   *
   * @throws McpFailure {@link McpFailure#TOO_MANY_REQUESTS}
   */
  public Admission admit(String caller) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      var budget = budgets.computeIfAbsent(caller, _ -> new Budget(now));
      budget.left = Math.min(BURST, budget.left + (now - budget.at) / NANOS * PER_SECOND);
      budget.at = now;
      if (budget.underWay >= MAX_UNDER_WAY) {
        throw refused(MAX_UNDER_WAY + " calls of this key are under way; wait for one of them.");
      }
      if (budget.left < 1) {
        throw refused(
            "At most %d calls a second, and %d at once after a pause; call again in a second."
                .formatted(PER_SECOND, BURST));
      }
      budget.left -= 1;
      budget.underWay++;
      return new Admission(budget);
    } finally {
      lock.unlock();
    }
  }

  private static McpFailure refused(String message) {
    return new McpFailure(McpFailure.TOO_MANY_REQUESTS, 429, message, null);
  }
}
