package org.actsandbox.protocol.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.actsandbox.protocol.time.WakeUpSchedule;

/**
 * Sends the calls of one world's participants. Each call states how long the caller waits ({@code
 * Prefer: wait}, RFC 7240, whole seconds, rounded up). While the world's clock is stopped, a call
 * waits longer in real time: a fault answers at once there, so only a busy machine can be slow, and
 * two runs of one script must have the same failed calls.
 *
 * @param network the client that makes the calls
 * @param schedule tells whether the world's clock is stopped
 */
public record ClockAwareOutboundClient(OutboundClient network, WakeUpSchedule schedule)
    implements OutboundClient {

  /** The shortest wait, in real time, while the clock is stopped. */
  private static final Duration MIN_WAIT_WHEN_STOPPED = Duration.ofSeconds(30);

  @Override
  public Answer send(Call call) {
    var headers = new LinkedHashMap<>(call.headers());
    headers.put("Prefer", "wait=" + call.timeout().plusMillis(999).toSeconds());
    return network.send(
        new Call(call.method(), call.target(), headers, call.body(), realTimeout(call.timeout())));
  }

  private Duration realTimeout(Duration timeout) {
    return schedule.isStopped() && timeout.compareTo(MIN_WAIT_WHEN_STOPPED) < 0
        ? MIN_WAIT_WHEN_STOPPED
        : timeout;
  }
}
