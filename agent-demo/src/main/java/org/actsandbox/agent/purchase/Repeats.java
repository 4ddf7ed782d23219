package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.Unanswered;

/**
 * Repeats a call whose answer was lost. Only for calls that carry the same request id each time, so
 * that the second one asks for the first one's answer (A402-9).
 */
final class Repeats {

  private static final int ATTEMPTS = 4;

  /** Bad gateway, unavailable, gateway timeout. */
  private static final Set<Integer> OUTAGES = Set.of(502, 503, 504);

  private final Duration pause;

  Repeats(Duration pause) {
    this.pause = pause;
  }

  /**
   * @throws Unanswered when the last attempt was lost as well
   * @throws Stopped when told to stop meanwhile
   */
  <T> T untilAnswered(Supplier<T> call) {
    return until(_ -> true, call);
  }

  /**
   * Also past an answer that only says that nobody is there just now; the last one counts whatever
   * it says.
   */
  Outbound.Answer pastOutages(Supplier<Outbound.Answer> call) {
    return until(answer -> !OUTAGES.contains(answer.status()), call);
  }

  private <T> T until(Predicate<T> settled, Supplier<T> call) {
    var wait = pause;
    for (int attempt = 1; ; attempt++) {
      try {
        var answer = call.get();
        if (attempt == ATTEMPTS || settled.test(answer)) {
          return answer;
        }
      } catch (Unanswered lost) {
        Stop.check();
        if (attempt == ATTEMPTS) {
          throw lost;
        }
      }
      Stop.pause(wait);
      wait = wait.multipliedBy(2);
    }
  }
}
