package org.actsandbox.sandbox.edge;

import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.actsandbox.sandbox.world.Visit;
import org.actsandbox.sandbox.world.World;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;

/**
 * The edge of every participant: finds the world, reads the body, checks the key, plays the faults,
 * writes the journal. Endpoints behind it see one world and its caller.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ProtocolFilter implements WebFilter {

  /** Longer than the longest poll; whoever takes longer is stuck. */
  private static final Duration MAX_TIME = Duration.ofSeconds(60);

  private final LoadedWorlds worlds;
  private final Callers callers;
  private final FaultPlay faults;
  private final ExchangeMetrics metrics;
  private final Errors errors;
  private final Scheduler waiting;

  ProtocolFilter(
      LoadedWorlds worlds,
      Callers callers,
      FaultPlay faults,
      ExchangeMetrics metrics,
      Errors errors,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.worlds = worlds;
    this.callers = callers;
    this.faults = faults;
    this.metrics = metrics;
    this.errors = errors;
    this.waiting = waiting;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var request = exchange.getRequest();
    var surface = Surface.of(request.getPath().value());
    if (surface.isEmpty() || isConsolePage(request)) {
      return chain.filter(exchange);
    }
    return Mono.usingWhen(
            enter(surface.get().world()),
            visit -> inWorld(exchange, chain, surface.get(), visit),
            visit -> Mono.fromRunnable(visit::close))
        .onErrorResume(
            failed ->
                exchange.getResponse().isCommitted()
                    ? Mono.empty()
                    : errors.write(exchange, failed));
  }

  /** People's browsers get the console's page where a path without world is both. */
  private static boolean isConsolePage(ServerHttpRequest request) {
    return HttpMethod.GET.equals(request.getMethod())
        && !request.getPath().value().startsWith("/w/")
        && request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT).stream()
            .anyMatch(accepted -> accepted.contains(MediaType.TEXT_HTML_VALUE));
  }

  private Mono<Visit> enter(String world) {
    return Mono.defer(
            () ->
                worlds
                    .enterIfLoaded(world)
                    .map(Mono::just)
                    .orElseGet(() -> Mono.fromCallable(() -> visit(world)).subscribeOn(waiting)))
        .doOnDiscard(Visit.class, Visit::close);
  }

  private Visit visit(String world) {
    return worlds
        .enter(world)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such world")
                    .at("world")
                    .observed(world)
                    .remedy("POST /api/worlds makes one."));
  }

  private Mono<Void> inWorld(
      ServerWebExchange exchange, WebFilterChain chain, Surface surface, Visit visit) {
    var world = visit.world();
    var recording = new Recording(world.journal(), metrics, surface, exchange.getRequest());
    var response = new RecordedResponse(exchange.getResponse(), recording, visit::becomeStream);
    var recorded = exchange.mutate().response(response).build();
    return BoundedBody.read(exchange.getRequest())
        .flatMap(
            body -> {
              recording.requestBody(body);
              JsonOnly.check(exchange.getRequest(), body);
              var caller =
                  callers.in(world.name(), visit.generation(), exchange.getRequest().getHeaders());
              recording.caller(caller);
              requireRegistered(world, caller);
              new WorldRequest(world, caller, recording.afterwards()).putInto(recorded);
              var onwards =
                  recorded.mutate().request(behindTheEdge(exchange, surface, body)).build();
              return faults.play(
                  new Scene(world, surface, body, response, onwards),
                  arriving -> onwards(chain, arriving));
            })
        .onErrorResume(failed -> refused(recorded, recording, surface, visit, failed))
        .doFinally(signal -> hungUp(signal, recording, response));
  }

  /** A role key outlives the identity it was given for; what it opens does not. */
  private static void requireRegistered(World world, Caller caller) {
    if (caller.is(Role.AGENT)
        && caller.did().filter(world.externalAgents()::isDeregistered).isPresent()) {
      throw new Refusal(Problem.KEY_INVALID, "the agent was deregistered")
          .at("Authorization")
          .expected("the key of an agent that is registered in this world");
    }
  }

  private static ServerHttpRequest behindTheEdge(
      ServerWebExchange exchange, Surface surface, byte[] body) {
    var request = exchange.getRequest();
    var path = surface.rewritten();
    var there =
        request.getPath().value().equals(path) ? request : request.mutate().path(path).build();
    return new BufferedRequest(there, body);
  }

  private static Mono<Void> onwards(WebFilterChain chain, ServerWebExchange exchange) {
    var answer = chain.filter(exchange);
    return exchange.getRequest().getHeaders().getAccept().contains(MediaType.TEXT_EVENT_STREAM)
        ? answer
        : answer.timeout(MAX_TIME);
  }

  private Mono<Void> refused(
      ServerWebExchange recorded,
      Recording recording,
      Surface surface,
      Visit visit,
      Throwable failed) {
    Errors.refusal(failed)
        .filter(refusal -> isAboutKeys(refusal.problem()))
        .ifPresent(refusal -> note(visit, recording, surface, recorded, refusal));
    return errors.write(recorded, failed);
  }

  private static boolean isAboutKeys(Problem problem) {
    return problem == Problem.KEY_FORBIDDEN
        || problem == Problem.KEY_MISSING
        || problem == Problem.KEY_INVALID;
  }

  private static void note(
      Visit visit,
      Recording recording,
      Surface surface,
      ServerWebExchange recorded,
      Refusal refusal) {
    var method = recorded.getRequest().getMethod().name();
    visit
        .world()
        .journal()
        .noteSoon(
            new JournalNote(
                recording.from(),
                JournalNote.Kind.REFUSAL,
                surface.component(method),
                refusal.problem().code(),
                surface.ids(method),
                Map.of(
                    "code",
                    refusal.problem().code(),
                    "detail",
                    refusal.detail(),
                    "operation",
                    method + " " + surface.path(),
                    "expected",
                    String.valueOf(refusal.expected()))));
  }

  /** The caller went away before the answer: what happened meanwhile happened. */
  private static void hungUp(SignalType signal, Recording recording, RecordedResponse response) {
    if (signal == SignalType.CANCEL) {
      recording.remark("the caller hung up");
      recording.answered(0, response.getHeaders(), new byte[0]).subscribe();
    }
    recording.afterwards().answered();
  }
}
