package org.actsandbox.sandbox.mcp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

class McpSessionsTests {

  private static final Caller CALLER = new Caller(Role.ASSISTANT, Did.of("principal"));

  private final AtomicLong nanos = new AtomicLong();
  private final McpSessions sessions = new McpSessions(nanos::get);
  private final CallRate rate = new CallRate(nanos::get);

  private String begin() {
    return sessions.begin("world", CALLER, McpRevision.V2025_11_25, Json.object());
  }

  private boolean isOpen(String id) {
    return sessions.find(id, "world", CALLER).isPresent();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aSessionEndsWhenItIsIdleAndNotBefore() {
    var id = begin();
    pass(McpSessions.IDLE_TIME.minusSeconds(1));
    assertThat(isOpen(id)).isTrue();
    pass(McpSessions.IDLE_TIME.minusSeconds(1));
    assertThat(isOpen(id)).isTrue();
    pass(McpSessions.IDLE_TIME.plusSeconds(1));
    assertThat(isOpen(id)).isFalse();
  }

  @Test
  void ofTooManySessionsTheOneIdleLongestIsOver() {
    var first = begin();
    var second = begin();
    for (int i = 2; i < McpSessions.MAX_SESSIONS; i++) {
      begin();
    }
    assertThat(isOpen(first)).isTrue();
    begin();
    assertThat(isOpen(first)).isTrue();
    assertThat(isOpen(second)).isFalse();
  }

  @Test
  void aCallerIsServedAtItsRateAndAfterAPauseAgain() {
    for (int i = 0; i < CallRate.BURST; i++) {
      rate.admit("caller").close();
    }
    assertThatThrownBy(() -> rate.admit("caller")).isInstanceOf(McpFailure.class);
    rate.admit("other").close();
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < CallRate.PER_SECOND; i++) {
      rate.admit("caller").close();
    }
    assertThatThrownBy(() -> rate.admit("caller")).hasMessageContaining("call again in a second");
  }

  @Test
  void onlySoManyCallsOfOneCallerAreUnderWay() {
    var underWay = new ArrayList<CallRate.Admission>();
    for (int i = 0; i < CallRate.MAX_UNDER_WAY; i++) {
      underWay.add(rate.admit("caller"));
    }
    assertThatThrownBy(() -> rate.admit("caller")).hasMessageContaining("under way");
    underWay.getFirst().close();
    rate.admit("caller").close();
  }
}
