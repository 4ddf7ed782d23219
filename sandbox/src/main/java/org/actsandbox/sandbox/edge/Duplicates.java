package org.actsandbox.sandbox.edge;

import java.util.List;
import java.util.function.Function;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Delivers a request more than once: the copies first, one after another, each an exchange of its
 * own in the journal, their answers to nobody.
 */
@Component
class Duplicates {

  private final ExchangeMetrics metrics;
  private final Errors errors;

  Duplicates(ExchangeMetrics metrics, Errors errors) {
    this.metrics = metrics;
    this.errors = errors;
  }

  Mono<Void> deliver(
      Scene scene,
      ServerWebExchange arriving,
      List<Fault> faults,
      Function<ServerWebExchange, Mono<Void>> onwards) {
    long copies =
        faults.stream()
            .filter(fault -> fault.name() == FaultName.DUPLICATE_NOTIFICATION)
            .mapToLong(fault -> fault.number("copies"))
            .sum();
    return Flux.range(0, (int) copies).concatMap(_ -> copy(scene, arriving, onwards)).then();
  }

  private Mono<Void> copy(
      Scene scene, ServerWebExchange arriving, Function<ServerWebExchange, Mono<Void>> onwards) {
    return Mono.defer(
        () -> {
          var recording =
              new Recording(
                  scene.world().journal(), metrics, scene.surface(), arriving.getRequest());
          recording.requestBody(scene.body());
          recording.caller(WorldRequest.of(arriving).caller());
          recording.remark("fault: a duplicate");
          var nowhere = new UnsentResponse(scene.response().bufferFactory());
          var copy =
              arriving
                  .mutate()
                  .response(new RecordedResponse(nowhere, recording, () -> {}))
                  .build();
          return onwards.apply(copy).onErrorResume(failed -> errors.write(copy, failed));
        });
  }
}
