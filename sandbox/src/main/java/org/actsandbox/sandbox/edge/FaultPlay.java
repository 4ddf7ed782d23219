package org.actsandbox.sandbox.edge;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.Merchants;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.Faults;
import org.actsandbox.sandbox.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;

/** Makes the faults happen that a world ordered for a request. */
@Component
class FaultPlay {

  private static final Logger log = LoggerFactory.getLogger(FaultPlay.class);

  private static final long MAX_DELAY_MS = 60_000;
  private static final Set<FaultName> SPOIL_ANSWER =
      Set.of(
          FaultName.LOST_ANSWER,
          FaultName.CUT_MID_BODY,
          FaultName.MALFORMED_BODY,
          FaultName.MALFORMED_HEADER);

  private final Scheduler waiting;

  FaultPlay(@Qualifier("waitingScheduler") Scheduler waiting) {
    this.waiting = waiting;
  }

  /** One request at the edge of a participant. */
  @SuppressWarnings("ArrayRecordComponent") // carried along, never compared
  record Scene(
      World world,
      Surface surface,
      byte[] body,
      RecordedResponse response,
      ServerWebExchange exchange) {

    String method() {
      return exchange.getRequest().getMethod().name();
    }
  }

  Mono<Void> play(Scene scene, Supplier<Mono<Void>> onwards) {
    var faults = scene.world().faults();
    if (faults.isEmpty()) {
      return onwards.get();
    }
    var surface = scene.surface();
    var decisions = faults.decide(surface.participant(), scene.method(), surface.operation());
    if (decisions.isEmpty()) {
      return onwards.get();
    }
    return Mono.<Void>fromRunnable(
            () -> decisions.forEach(each -> faults.happened(each, scene.method(), surface.path())))
        .subscribeOn(waiting)
        .then(delay(decisions))
        .then(Mono.defer(() -> happen(scene, decisions, onwards)));
  }

  private Mono<Void> happen(
      Scene scene, List<Faults.Decision> decisions, Supplier<Mono<Void>> onwards) {
    var faults = decisions.stream().map(Faults.Decision::fault).toList();
    for (var fault : faults) {
      if (fault.name() == FaultName.CONNECTION_CUT) {
        return scene.response().cut("fault: the connection was cut");
      }
      if (fault.name() == FaultName.ERROR_STATUS) {
        return error(scene.response(), (int) fault.number("status", 503));
      }
    }
    scene
        .response()
        .spoil(
            new AnswerFaults(
                faults.stream().filter(fault -> SPOIL_ANSWER.contains(fault.name())).toList()));
    return Mono.<Void>fromRunnable(() -> disturb(scene, faults))
        .subscribeOn(waiting)
        .then(Mono.defer(onwards));
  }

  /** What a broken gateway in front of the participant would say: not the protocol's own form. */
  private static Mono<Void> error(RecordedResponse response, int status) {
    response.setStatusCode(HttpStatusCode.valueOf(status));
    response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
    var text = "fault: error status " + status;
    return response.writeWith(
        Mono.just(response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static Mono<Void> delay(List<Faults.Decision> decisions) {
    long millis =
        decisions.stream()
            .filter(each -> each.fault().name() == FaultName.DELAY)
            .mapToLong(FaultPlay::millis)
            .sum();
    return millis == 0
        ? Mono.empty()
        : Mono.delay(Duration.ofMillis(Math.min(millis, MAX_DELAY_MS))).then();
  }

  private static long millis(Faults.Decision decision) {
    var fault = decision.fault();
    double median = fault.decimal("median_ms", 0);
    if (median <= 0) {
      return fault.number("ms", 1_000);
    }
    return Math.round(
        median * Math.exp(fault.decimal("sigma", 0.5) * decision.random().nextGaussian()));
  }

  private static void disturb(Scene scene, List<Fault> faults) {
    for (var fault : faults) {
      switch (fault.name()) {
        case PRICE_MOVED -> {
          var percent = new BigDecimal(fault.text("percent", "10"));
          eachOffer(scene, offer -> new Disturbance.PriceMoved(offer, percent));
        }
        case SOLD_OUT -> eachOffer(scene, Disturbance.SoldOut::new);
        case DELAY,
            ERROR_STATUS,
            CONNECTION_CUT,
            LOST_ANSWER,
            CUT_MID_BODY,
            MALFORMED_BODY,
            MALFORMED_HEADER -> {}
      }
    }
  }

  private static void eachOffer(Scene scene, Function<String, Disturbance> disturbance) {
    var merchants = scene.world().part(Merchants.class);
    Consumer<String> disturb =
        offer -> {
          try {
            merchants.get(scene.surface().participant()).disturb(disturbance.apply(offer));
          } catch (Refusal unknownOffer) {
            // The cart request is wrong by itself; the merchant will say so.
            log.debug("nothing to disturb at {}", offer, unknownOffer);
          }
        };
    offers(scene.body()).forEach(disturb);
  }

  private static List<String> offers(byte[] cart) {
    try {
      return StreamSupport.stream(Json.parse(cart).path("lines").spliterator(), false)
          .map(line -> line.path("offer_id").asString(""))
          .filter(id -> !id.isEmpty())
          .distinct()
          .limit(20)
          .toList();
    } catch (JacksonException notJson) {
      return List.of();
    }
  }
}
