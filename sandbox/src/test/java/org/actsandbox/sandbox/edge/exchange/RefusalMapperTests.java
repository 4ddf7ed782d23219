package org.actsandbox.sandbox.edge.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import org.actsandbox.protocol.refusal.Problem;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;
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

  /** A database that went away in the middle of a transaction fails its rollback, too. */
  @Test
  void aRollbackThatFailedWithItsConnectionIsAnOutage() {
    var rollback = new TransactionSystemException("JDBC rollback failed");
    rollback.initApplicationException(new DataAccessResourceFailureException("the socket ended"));
    assertThat(RefusalMapper.of(rollback))
        .hasValueSatisfying(
            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE));
  }

  @Test
  void aBugWhoseRollbackFailedStaysABug() {
    var rollback = new TransactionSystemException("JDBC rollback failed");
    rollback.initApplicationException(new IllegalStateException("a bug"));
    assertThat(RefusalMapper.of(rollback)).isEmpty();
  }

  @Test
  void anUnknownExceptionStaysABug() {
    assertThat(RefusalMapper.of(new IllegalStateException("a bug"))).isEmpty();
  }
}
