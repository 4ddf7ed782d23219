package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.function.Supplier;
import org.actsandbox.protocol.http.Unanswered;

/**
 * Repeats a call whose answer was lost. Only for calls that carry the same request id each time, so
 * that the second one asks for the first one's answer (A402-9).
 */
final class Repeats {

  private static final int ATTEMPTS = 4;

  private final Duration pause;

  Repeats(Duration pause) {
    this.pause = pause;
  }

  /**
   * @throws Unanswered when the last attempt was lost as well
   * @throws Stopped when told to stop meanwhile
   */
  <T> T untilAnswered(Supplier<T> call) {
    var wait = pause;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (Unanswered lost) {
        Stop.check();
        if (attempt == ATTEMPTS) {
          throw lost;
        }
        Stop.pause(wait);
        wait = wait.multipliedBy(2);
      }
    }
  }
}
