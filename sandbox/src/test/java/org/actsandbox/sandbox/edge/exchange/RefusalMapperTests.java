package org.actsandbox.sandbox.edge.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import org.actsandbox.protocol.refusal.Problem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class RefusalMapperTests {

  @Test
  void workRefusedDuringTheShutdownIsNoBug() {
    var ended = Executors.newVirtualThreadPerTaskExecutor();
    ended.close();
    var late = Mono.fromCallable(() -> "an answer").subscribeOn(Schedulers.fromExecutor(ended));
    assertThat(RefusalMapper.of(late.toFuture().exceptionNow()))
        .hasValueSatisfying(
            refusal -> {
              assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
              assertThat(refusal.detail()).isEqualTo("the sandbox is stopping");
            });
  }

  @Test
  void anUnknownExceptionStaysABug() {
    assertThat(RefusalMapper.of(new IllegalStateException("a bug"))).isEmpty();
  }
}
