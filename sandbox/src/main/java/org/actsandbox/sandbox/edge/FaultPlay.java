package org.actsandbox.sandbox.edge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.Faults;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Makes the faults happen that a world ordered for a request, or that a magic value in it asks. */
@Component
class FaultPlay {

  private static final long MAX_DELAY_MS = 60_000;
  private static final Set<FaultName> SPOIL_ANSWER =
      Set.of(
          FaultName.LOST_ANSWER,
          FaultName.CUT_MID_BODY,
          FaultName.SLOW_BODY,
          FaultName.MALFORMED_BODY,
          FaultName.MALFORMED_HEADER);

  private final Duplicates duplicates;
  private final Scheduler waiting;

  FaultPlay(Duplicates duplicates, @Qualifier("waitingScheduler") Scheduler waiting) {
    this.duplicates = duplicates;
    this.waiting = waiting;
  }

  /** Lets the request through with whatever is wrong with it. */
  Mono<Void> play(Scene scene, Function<ServerWebExchange, Mono<Void>> onwards) {
    var faults = scene.world().faults();
    var magic = Magic.in(scene);
    if (faults.isEmpty() && magic.isEmpty()) {
      return onwards.apply(scene.exchange());
    }
    if (Swaps.stillHeld(scene)) {
      return turnedAway(scene.response());
    }
    var decisions = new ArrayList<>(magic);
    var surface = scene.surface();
    decisions.addAll(faults.decide(surface.participant(), scene.method(), surface.operation()));
    return decisions.isEmpty()
        ? onwards.apply(scene.exchange())
        : noted(scene, decisions).then(late(scene, decisions, onwards));
  }

  /**
   * Where the clock stands still nobody waits longer than they said: what would come too late is
   * told at once, as a gateway would that waited in vain.
   */
  private Mono<Void> late(
      Scene scene, List<Faults.Decision> decisions, Function<ServerWebExchange, Mono<Void>> on) {
    long millis = delay(decisions);
    if (millis > Patience.of(scene.exchange().getRequest().getHeaders()).toMillis()
        && scene.world().agenda().isStopped()) {
      scene.response().remark("fault: it would have taken %d ms".formatted(millis));
      return error(scene.response(), HttpStatus.GATEWAY_TIMEOUT.value());
    }
    var happening = Mono.defer(() -> happen(scene, decisions, on));
    return millis == 0 ? happening : Mono.delay(Duration.ofMillis(millis)).then(happening);
  }

  private Mono<Void> noted(Scene scene, List<Faults.Decision> decisions) {
    var surface = scene.surface();
    var operation = scene.method() + " " + surface.path();
    var ids = surface.ids(scene.method());
    return Mono.<Void>fromRunnable(
            () ->
                decisions.forEach(
                    each ->
                        scene
                            .world()
                            .faults()
                            .happened(each, "did:act:" + surface.participant(), operation, ids)))
        .subscribeOn(waiting);
  }

  private Mono<Void> happen(
      Scene scene,
      List<Faults.Decision> decisions,
      Function<ServerWebExchange, Mono<Void>> onwards) {
    var faults = decisions.stream().map(Faults.Decision::fault).toList();
    for (var fault : faults) {
      if (fault.name() == FaultName.CONNECTION_CUT) {
        return scene.response().cut("fault: the connection was cut", fault.is("how", "reset"));
      }
      if (fault.name() == FaultName.ERROR_STATUS) {
        return error(scene.response(), (int) fault.number("status"));
      }
      if (fault.name() == FaultName.REORDERED_NOTIFICATION && Swaps.hold(scene, fault)) {
        return turnedAway(scene.response());
      }
    }
    var signatures =
        faults.stream()
            .filter(fault -> fault.name() == FaultName.WRONG_SIGNATURE)
            .map(fault -> WrongSignature.of(fault, scene.strangersSeed()))
            .toList();
    scene
        .response()
        .spoil(
            new AnswerFaults(
                faults.stream().filter(fault -> SPOIL_ANSWER.contains(fault.name())).toList(),
                signatures.stream().filter(each -> each.concerns("answer")).toList()));
    var arriving =
        arriving(scene, signatures.stream().filter(each -> each.concerns("request")).toList());
    return Mono.<Void>fromRunnable(() -> CartDisturbances.of(scene, faults))
        .subscribeOn(waiting)
        .then(Mono.defer(() -> duplicates.deliver(scene, arriving, faults, onwards)))
        .then(Mono.defer(() -> onwards.apply(arriving)));
  }

  /** The request as it arrives when its signature was broken on the way. */
  private static ServerWebExchange arriving(Scene scene, List<WrongSignature> wrong) {
    if (wrong.isEmpty()) {
      return scene.exchange();
    }
    var request = scene.exchange().getRequest();
    var body = scene.body();
    var proof = request.getHeaders().getFirst(Headers.PAYMENT_PROOF);
    for (var each : wrong) {
      body = each.body(body);
      proof = proof == null ? null : each.header(Headers.PAYMENT_PROOF, proof);
    }
    var shown = proof;
    scene.response().arrived(body, "fault: its signature was broken on the way");
    var mutated =
        shown == null
            ? request
            : request
                .mutate()
                .headers(headers -> headers.set(Headers.PAYMENT_PROOF, shown))
                .build();
    return scene.exchange().mutate().request(new BufferedRequest(mutated, body)).build();
  }

  private static Mono<Void> turnedAway(RecordedResponse response) {
    response.remark("fault: turned away until the next notification of this trade has arrived");
    return error(response, 503);
  }

  /** What a broken gateway in front of the participant would say: not the protocol's own form. */
  private static Mono<Void> error(RecordedResponse response, int status) {
    response.setStatusCode(HttpStatusCode.valueOf(status));
    response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
    var text = "fault: error status " + status;
    return response.writeWith(
        Mono.just(response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static long delay(List<Faults.Decision> decisions) {
    long millis =
        decisions.stream()
            .filter(each -> each.fault().name() == FaultName.DELAY)
            .mapToLong(Faults.Decision::delayMillis)
            .sum();
    return Math.min(millis, MAX_DELAY_MS);
  }
}
