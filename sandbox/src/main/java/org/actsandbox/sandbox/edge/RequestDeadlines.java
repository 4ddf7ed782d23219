package org.actsandbox.sandbox.edge;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Ends requests that are stuck, with one coarse timer for all: a task of a scheduler for each
 * request, which nearly always is cancelled, costs more than many endpoints.
 */
@Component
final class RequestDeadlines {

  /**
   * Limit of one request. It is longer than the longest poll, so a request that reaches it is
   * stuck.
   */
  static final Duration MAX_TIME = Duration.ofSeconds(60);

  private static final long TICK_MS = 250;

  private final Duration limit;

  private final HashedWheelTimer timer =
      new HashedWheelTimer(
          Thread.ofPlatform().daemon().name("request-deadlines").factory(),
          TICK_MS,
          TimeUnit.MILLISECONDS);

  @Autowired
  RequestDeadlines() {
    this(MAX_TIME);
  }

  /** Makes deadlines with another limit, for tests. */
  RequestDeadlines(Duration limit) {
    this.limit = limit;
  }

  /** Is the end of one request's time. */
  private static final class Deadline implements TimerTask {

    /**
     * Null once nothing may follow. The timer keeps what is cancelled until its next tick, and must
     * not keep the request with it.
     */
    private volatile @Nullable Consumer<Throwable> late;

    private Deadline(Consumer<Throwable> late) {
      this.late = late;
    }

    @Override
    public void run(Timeout timeout) {
      var ended = late;
      if (ended != null) {
        ended.accept(new TimeoutException("no answer in time"));
      }
    }

    void cancel(Timeout timeout) {
      late = null;
      timeout.cancel();
    }
  }

  /**
   * Starts the time of a request.
   *
   * @param late is called once with a {@link TimeoutException}, unless the end is reported before
   * @return reports the end of the request
   */
  Runnable start(Consumer<Throwable> late) {
    var deadline = new Deadline(late);
    var timeout = timer.newTimeout(deadline, limit.toMillis(), TimeUnit.MILLISECONDS);
    return () -> deadline.cancel(timeout);
  }

  @PreDestroy
  void stop() {
    var _ = timer.stop();
  }
}
