package org.actsandbox.sandbox.edge.fault;

import java.util.List;
import java.util.function.Function;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.actsandbox.sandbox.edge.exchange.ExchangeMetrics;
import org.actsandbox.sandbox.edge.exchange.ExchangeRecorder;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Delivers a request several times. The copies come first, one after another; each is an exchange
 * of its own in the journal, and their answers are discarded.
 */
@Component
class DuplicateDelivery {

  private final ExchangeMetrics metrics;
  private final EdgeExceptionHandler edgeExceptionHandler;

  DuplicateDelivery(ExchangeMetrics metrics, EdgeExceptionHandler edgeExceptionHandler) {
    this.metrics = metrics;
    this.edgeExceptionHandler = edgeExceptionHandler;
  }

  Mono<Void> deliver(
      FaultContext faultContext,
      ServerWebExchange arriving,
      List<Fault> faults,
      Function<ServerWebExchange, Mono<Void>> onwards) {
    long copies =
        faults.stream()
            .filter(fault -> fault.name() == FaultName.DUPLICATE_NOTIFICATION)
            .mapToLong(fault -> fault.number("copies"))
            .sum();
    return Flux.range(0, (int) copies).concatMap(_ -> copy(faultContext, arriving, onwards)).then();
  }

  private Mono<Void> copy(
      FaultContext faultContext,
      ServerWebExchange arriving,
      Function<ServerWebExchange, Mono<Void>> onwards) {
    return Mono.defer(
        () -> {
          var exchangeRecorder =
              new ExchangeRecorder(
                  faultContext.world().journal(),
                  metrics,
                  faultContext.surface(),
                  arriving.getRequest());
          exchangeRecorder.requestBody(faultContext.body());
          exchangeRecorder.caller(WorldRequest.of(arriving).caller());
          exchangeRecorder.remark("fault: a duplicate");
          var discarded = new DiscardedResponse(faultContext.response().bufferFactory());
          var copy =
              arriving
                  .mutate()
                  .response(new RecordedResponse(discarded, exchangeRecorder, () -> {}))
                  .build();
          return onwards
              .apply(copy)
              .onErrorResume(failed -> edgeExceptionHandler.write(copy, failed));
        });
  }
}
