package org.actsandbox.agent.wire;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;

/**
 * Repeats a call whose answer was lost. It serves only calls that carry the same request id each
 * time, so that the repeated call returns the first call's answer (A402-9).
 */
public final class CallRetries {

  /** Makes each call once: for callers that come back to it by the world's clock. */
  public static final CallRetries NONE = new CallRetries(1, Duration.ZERO);

  /** Ours: a participant that asks for a longer pause is called again after this one. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** The statuses bad gateway, unavailable and gateway timeout. */
  private static final Set<Integer> OUTAGES = Set.of(502, 503, 504);

  private final int attempts;
  private final Duration pause;

  /**
   * @param attempts the calls in all, at least one
   * @param pause the pause after the first call; each further one is twice as long
   */
  public CallRetries(int attempts, Duration pause) {
    this.attempts = attempts;
    this.pause = pause;
  }

  /**
   * Repeats the call until an answer arrives.
   *
   * @throws NoAnswerException when the last attempt got no answer either
   * @throws TurnStoppedException when the turn is told to stop meanwhile
   */
  public <T> T untilAnswered(Supplier<T> call) {
    return until(_ -> true, _ -> Duration.ZERO, call);
  }

  /**
   * Repeats the call until the answer is no outage either; the answer to the last attempt is
   * returned as it is.
   */
  public OutboundClient.Answer untilAvailable(Supplier<OutboundClient.Answer> call) {
    return untilTelling(_ -> true, call);
  }

  /**
   * Repeats the call until the answer is no outage and tells what the caller needs to know; the
   * answer to the last attempt is returned as it is.
   */
  public OutboundClient.Answer untilTelling(
      Predicate<OutboundClient.Answer> tells, Supplier<OutboundClient.Answer> call) {
    return until(
        answer -> !OUTAGES.contains(answer.status()) && tells.test(answer),
        CallRetries::requestedPause,
        call);
  }

  /** Reads from the answer how long to wait before the next call (RFC 9110, 10.2.3, in seconds). */
  private static Duration requestedPause(OutboundClient.Answer answer) {
    return answer
        .header("Retry-After")
        .filter(seconds -> seconds.matches("[0-9]{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .map(pause -> pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE)
        .orElse(Duration.ZERO);
  }

  private <T> T until(
      Predicate<T> isFinal, Function<T, Duration> requestedPause, Supplier<T> call) {
    var wait = pause;
    for (int attempt = 1; ; attempt++) {
      try {
        var answer = call.get();
        if (attempt == attempts || isFinal.test(answer)) {
          return answer;
        }
        wait = Collections.max(List.of(wait, requestedPause.apply(answer)));
      } catch (NoAnswerException lost) {
        StopSignal.throwIfStopped();
        if (attempt == attempts) {
          throw lost;
        }
      }
      StopSignal.pause(wait);
      wait = wait.multipliedBy(2);
    }
  }
}
