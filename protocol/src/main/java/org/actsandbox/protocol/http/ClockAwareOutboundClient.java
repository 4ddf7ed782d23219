package org.actsandbox.protocol.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.actsandbox.protocol.time.WakeUpSchedule;

/**
 * Calls of one world's participants: each says how long it waits ({@code Prefer: wait}, RFC 7240,
 * whole seconds, rounded up), and is given more where the world's clock stands still. There a
 * participant is slow because a fault says so, which is answered at once, and never because the
 * machine is busy: two runs of one script make the same calls fail.
 */
public record ClockAwareOutboundClient(OutboundClient network, WakeUpSchedule agenda)
    implements OutboundClient {

  /** Real time, in a world whose clock stands still. */
  private static final Duration STOPPED = Duration.ofSeconds(30);

  @Override
  public Answer send(Call call) {
    var headers = new LinkedHashMap<>(call.headers());
    headers.put("Prefer", "wait=" + call.timeout().plusMillis(999).toSeconds());
    return network.send(
        new Call(call.method(), call.target(), headers, call.body(), real(call.timeout())));
  }

  private Duration real(Duration timeout) {
    return agenda.isStopped() && timeout.compareTo(STOPPED) < 0 ? STOPPED : timeout;
  }
}
