package org.actsandbox.sandbox.edge.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
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

/** Applies the faults that are armed for a request, or that a magic value in it asks for. */
@Component
public class FaultInjection {

  private static final long MAX_DELAY_MS = 60_000;
  private static final Set<FaultName> ANSWER_FAULTS =
      Set.of(
          FaultName.LOST_ANSWER,
          FaultName.CUT_MID_BODY,
          FaultName.SLOW_BODY,
          FaultName.MALFORMED_BODY,
          FaultName.MALFORMED_HEADER);

  private final DuplicateDelivery duplicateDelivery;
  private final Scheduler waiting;

  FaultInjection(
      DuplicateDelivery duplicateDelivery, @Qualifier("waitingScheduler") Scheduler waiting) {
    this.duplicateDelivery = duplicateDelivery;
    this.waiting = waiting;
  }

  /** Applies the faults and passes the request on, unless a fault answers it. */
  public Mono<Void> apply(
      FaultContext faultContext, Function<ServerWebExchange, Mono<Void>> onwards) {
    var faults = faultContext.world().faults();
    var magic = MagicValueFinder.findIn(faultContext);
    if (faults.isEmpty() && magic.isEmpty()) {
      return onwards.apply(faultContext.exchange());
    }
    if (NotificationReordering.isStillHeld(faultContext)) {
      return refuseHeldNotification(faultContext.response());
    }
    var decisions = new ArrayList<>(magic);
    var participantPath = faultContext.surface();
    decisions.addAll(
        faults.decide(
            participantPath.participant(), faultContext.method(), participantPath.operation()));
    return decisions.isEmpty()
        ? onwards.apply(faultContext.exchange())
        : recordDecisions(faultContext, decisions).then(delayed(faultContext, decisions, onwards));
  }

  /**
   * Delays the request. When the clock is stopped, a delay longer than the caller waits is answered
   * at once with 504, as a gateway would answer that waited in vain.
   */
  private Mono<Void> delayed(
      FaultContext faultContext,
      List<Faults.Decision> decisions,
      Function<ServerWebExchange, Mono<Void>> on) {
    long millis = delay(decisions);
    if (millis > PreferWaitHeader.of(faultContext.exchange().getRequest().getHeaders()).toMillis()
        && faultContext.world().agenda().isStopped()) {
      faultContext.response().remark("fault: it would have taken %d ms".formatted(millis));
      return error(faultContext.response(), HttpStatus.GATEWAY_TIMEOUT.value());
    }
    var applied = Mono.defer(() -> applyDecisions(faultContext, decisions, on));
    return millis == 0 ? applied : Mono.delay(Duration.ofMillis(millis)).then(applied);
  }

  private Mono<Void> recordDecisions(FaultContext faultContext, List<Faults.Decision> decisions) {
    var participantPath = faultContext.surface();
    var operation = faultContext.method() + " " + participantPath.path();
    var ids = participantPath.ids(faultContext.method());
    return Mono.<Void>fromRunnable(
            () ->
                decisions.forEach(
                    each ->
                        faultContext
                            .world()
                            .faults()
                            .recordFired(
                                each, "did:act:" + participantPath.participant(), operation, ids)))
        .subscribeOn(waiting);
  }

  private Mono<Void> applyDecisions(
      FaultContext faultContext,
      List<Faults.Decision> decisions,
      Function<ServerWebExchange, Mono<Void>> onwards) {
    var faults = decisions.stream().map(Faults.Decision::fault).toList();
    for (var fault : faults) {
      if (fault.name() == FaultName.CONNECTION_CUT) {
        return faultContext
            .response()
            .cut("fault: the connection was cut", fault.is("how", "reset"));
      }
      if (fault.name() == FaultName.ERROR_STATUS) {
        return error(faultContext.response(), (int) fault.number("status"));
      }
      if (fault.name() == FaultName.REORDERED_NOTIFICATION
          && NotificationReordering.hold(faultContext, fault)) {
        return refuseHeldNotification(faultContext.response());
      }
    }
    var signatures =
        faults.stream()
            .filter(fault -> fault.name() == FaultName.WRONG_SIGNATURE)
            .map(fault -> SignatureFault.of(fault, faultContext.unknownSignerSeed()))
            .toList();
    faultContext
        .response()
        .applyFaults(
            new AnswerFaults(
                faults.stream().filter(fault -> ANSWER_FAULTS.contains(fault.name())).toList(),
                signatures.stream().filter(each -> each.concerns("answer")).toList()));
    var requestAsArrived =
        requestAsArrived(
            faultContext, signatures.stream().filter(each -> each.concerns("request")).toList());
    return Mono.<Void>fromRunnable(() -> CartDisturbances.apply(faultContext, faults))
        .subscribeOn(waiting)
        .then(
            Mono.defer(
                () -> duplicateDelivery.deliver(faultContext, requestAsArrived, faults, onwards)))
        .then(Mono.defer(() -> onwards.apply(requestAsArrived)));
  }

  /** Returns the request as it arrives after its signature was broken on the way. */
  private static ServerWebExchange requestAsArrived(
      FaultContext faultContext, List<SignatureFault> wrong) {
    if (wrong.isEmpty()) {
      return faultContext.exchange();
    }
    var request = faultContext.exchange().getRequest();
    var body = faultContext.body();
    var proof = request.getHeaders().getFirst(A402Headers.PAYMENT_PROOF);
    for (var each : wrong) {
      body = each.body(body);
      proof = proof == null ? null : each.header(A402Headers.PAYMENT_PROOF, proof);
    }
    var shown = proof;
    faultContext.response().recordArrived(body, "fault: its signature was broken on the way");
    var mutated =
        shown == null
            ? request
            : request
                .mutate()
                .headers(headers -> headers.set(A402Headers.PAYMENT_PROOF, shown))
                .build();
    return faultContext.exchange().mutate().request(new BufferedRequest(mutated, body)).build();
  }

  private static Mono<Void> refuseHeldNotification(RecordedResponse response) {
    response.remark("fault: turned away until the next notification of this trade has arrived");
    return error(response, 503);
  }

  /**
   * Answers as a broken gateway in front of the participant would, not in the protocol's own form.
   */
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
