package org.actsandbox.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.actsandbox.protocol.time.WakeUpSchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how long a call waits while the world's clock runs and while it is stopped. */
class ClockAwareOutboundClientTests {

  private final AtomicReference<OutboundClient.Call> sent = new AtomicReference<>();

  @ParameterizedTest
  @CsvSource({"5000,wait=5", "1,wait=1", "2001,wait=3"})
  void statesHowLongItWaits(long millis, String preference) {
    send(false, Duration.ofMillis(millis), Map.of("Act-Sender", "did:act:raileast"));
    assertThat(sent.get().headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("Act-Sender", "did:act:raileast", "Prefer", preference));
    assertThat(sent.get().timeout()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void aStoppedClockExtendsShortTimeouts() {
    send(true, Duration.ofSeconds(2), Map.of());
    assertThat(sent.get().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(sent.get().headers()).containsEntry("Prefer", "wait=2");
  }

  @Test
  void aStoppedClockDoesNotShortenLongTimeouts() {
    send(true, Duration.ofSeconds(60), Map.of());
    assertThat(sent.get().timeout()).isEqualTo(Duration.ofSeconds(60));
  }

  private void send(boolean stopped, Duration timeout, Map<String, String> headers) {
    OutboundClient network =
        call -> {
          sent.set(call);
          return new OutboundClient.Answer(200, Map.of("x", List.of("y")), new byte[0]);
        };
    var answer =
        new ClockAwareOutboundClient(network, new FixedClockState(stopped))
            .send(OutboundClient.Call.get(URI.create("http://localhost/psp"), headers, timeout));
    assertThat(answer.header("x")).contains("y");
  }

  private record FixedClockState(boolean isStopped) implements WakeUpSchedule {

    @Override
    public void wakeAt(Instant due) {
      throw new AssertionError("nothing falls due by a call");
    }
  }
}
