package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
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

  /** Ours: a participant that wants a longer pause is asked again after this one. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

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
    return until(_ -> true, _ -> Duration.ZERO, call);
  }

  /**
   * Also past an answer that only says that nobody is there just now; the last one counts whatever
   * it says.
   */
  Outbound.Answer pastOutages(Supplier<Outbound.Answer> call) {
    return until(answer -> !OUTAGES.contains(answer.status()), Repeats::asked, call);
  }

  /** What the answer says of when to come again (RFC 9110, 10.2.3), in seconds. */
  private static Duration asked(Outbound.Answer answer) {
    return answer
        .header("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .map(pause -> pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)
        .orElse(Duration.ZERO);
  }

  private <T> T until(Predicate<T> settled, Function<T, Duration> asked, Supplier<T> call) {
    var wait = pause;
    for (int attempt = 1; ; attempt++) {
      try {
        var answer = call.get();
        if (attempt == ATTEMPTS || settled.test(answer)) {
          return answer;
        }
        wait = Collections.max(List.of(wait, asked.apply(answer)));
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
