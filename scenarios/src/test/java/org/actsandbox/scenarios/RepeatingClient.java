package org.actsandbox.scenarios;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;

/**
 * Sends the same request again as long as there is no answer, or the answer is 503, as a client
 * does whose server was killed.
 */
final class RepeatingClient implements OutboundClient {

  private final OutboundClient client;
  private final AtomicInteger repeated = new AtomicInteger();
  private final AtomicLong longestMillis = new AtomicLong();

  RepeatingClient(OutboundClient client) {
    this.client = client;
  }

  /** Returns the number of requests that were sent again. */
  int repeated() {
    return repeated.get();
  }

  /** Returns the longest time until a request had its answer. */
  long longestMillis() {
    return longestMillis.get();
  }

  @Override
  public Answer send(Call call) {
    var answer = new AtomicReference<Answer>();
    long since = System.nanoTime();
    var last = new AtomicReference<>("no answer");
    await()
        .conditionEvaluationListener(
            each -> {
              if (each.getRemainingTimeInMS() < 1_000 && !each.isSatisfied()) {
                throw new AssertionError(call.method() + " " + call.target() + ": " + last);
              }
            })
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofMinutes(1))
        .until(() -> isAnswered(call, answer, last));
    longestMillis.accumulateAndGet(
        Duration.ofNanos(System.nanoTime() - since).toMillis(), Math::max);
    return answer.get();
  }

  private boolean isAnswered(
      Call call, AtomicReference<Answer> answer, AtomicReference<String> last) {
    try {
      answer.set(client.send(call));
      if (answer.get().status() != 503) {
        return true;
      }
      last.set(new String(answer.get().body(), StandardCharsets.UTF_8));
    } catch (NoAnswerException cut) {
      last.set(cut.getMessage() + ": " + cut.getCause());
    }
    repeated.incrementAndGet();
    return false;
  }
}
