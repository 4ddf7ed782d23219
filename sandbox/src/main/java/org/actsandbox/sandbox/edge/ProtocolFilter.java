package org.actsandbox.sandbox.edge;

import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.access.CallerAuthentication;
import org.actsandbox.sandbox.edge.exchange.BoundedBody;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
import org.actsandbox.sandbox.edge.exchange.ContentTypeCheck;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.actsandbox.sandbox.edge.exchange.ExchangeMetrics;
import org.actsandbox.sandbox.edge.exchange.ExchangeRecorder;
import org.actsandbox.sandbox.edge.exchange.ParticipantPath;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.edge.fault.FaultContext;
import org.actsandbox.sandbox.edge.fault.FaultInjection;
import org.actsandbox.sandbox.edge.fault.RecordedResponse;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldLease;
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
 * Guards every participant: it finds the world, reads the body, checks the key, applies the faults
 * and writes the journal. Endpoints behind it see one world and its caller.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ProtocolFilter implements WebFilter {

  private final LoadedWorlds worlds;
  private final CallerAuthentication callerAuthentication;
  private final FaultInjection faults;
  private final ExchangeMetrics metrics;
  private final EdgeExceptionHandler edgeExceptionHandler;
  private final DirectEndpoints directEndpoints;
  private final Scheduler waiting;

  ProtocolFilter(
      LoadedWorlds worlds,
      CallerAuthentication callerAuthentication,
      FaultInjection faults,
      ExchangeMetrics metrics,
      EdgeExceptionHandler edgeExceptionHandler,
      DirectEndpoints directEndpoints,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.worlds = worlds;
    this.callerAuthentication = callerAuthentication;
    this.faults = faults;
    this.metrics = metrics;
    this.edgeExceptionHandler = edgeExceptionHandler;
    this.directEndpoints = directEndpoints;
    this.waiting = waiting;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var request = exchange.getRequest();
    var participantPath = ParticipantPath.of(request.getPath().value());
    if (participantPath.isEmpty() || isConsolePage(request)) {
      return chain.filter(exchange);
    }
    return enter(participantPath.get().world())
        .flatMap(
            worldLease ->
                Mono.defer(() -> inWorld(exchange, chain, participantPath.get(), worldLease))
                    .doFinally(_ -> worldLease.close()))
        .onErrorResume(
            failed ->
                exchange.getResponse().isCommitted()
                    ? Mono.empty()
                    : edgeExceptionHandler.write(exchange, failed));
  }

  /**
   * Says whether a browser asks for the console's page at an address that, without a world, is both
   * a page and an endpoint.
   */
  private static boolean isConsolePage(ServerHttpRequest request) {
    return HttpMethod.GET.equals(request.getMethod())
        && !request.getPath().value().startsWith("/w/")
        && request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT).stream()
            .anyMatch(accepted -> accepted.contains(MediaType.TEXT_HTML_VALUE));
  }

  private Mono<WorldLease> enter(String world) {
    return Mono.defer(
            () ->
                worlds
                    .enterIfLoaded(world)
                    .map(Mono::just)
                    .orElseGet(() -> Mono.fromCallable(() -> visit(world)).subscribeOn(waiting)))
        .doOnDiscard(WorldLease.class, WorldLease::close);
  }

  private WorldLease visit(String world) {
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
      ServerWebExchange exchange,
      WebFilterChain chain,
      ParticipantPath participantPath,
      WorldLease worldLease) {
    var world = worldLease.world();
    var exchangeRecorder = ExchangeRecorder.of(world.journal(), metrics, participantPath, exchange);
    var response =
        new RecordedResponse(exchange.getResponse(), exchangeRecorder, worldLease::becomeStream);
    var recorded = exchange.mutate().response(response).build();
    return BoundedBody.read(exchange.getRequest())
        .flatMap(
            body -> {
              exchangeRecorder.requestBody(body);
              ContentTypeCheck.check(exchange.getRequest(), body);
              var caller =
                  callerAuthentication.in(
                      world.name(), worldLease.generation(), exchange.getRequest().getHeaders());
              exchangeRecorder.caller(caller);
              requireRegistered(world, caller);
              new WorldRequest(world, caller, exchangeRecorder.afterwards()).putInto(recorded);
              var onwards =
                  recorded.mutate().request(behindTheEdge(exchange, participantPath, body)).build();
              return faults.apply(
                  new FaultContext(world, participantPath, body, response, onwards),
                  arriving -> onwards(chain, arriving));
            })
        .onErrorResume(
            failed -> refused(recorded, exchangeRecorder, participantPath, worldLease, failed))
        .doFinally(signal -> recordDisconnect(signal, exchangeRecorder, response));
  }

  /**
   * Refuses the key of a deregistered agent or a removed merchant, because a role key remains valid
   * longer than its identity.
   */
  private static void requireRegistered(World world, Caller caller) {
    if (caller.is(Role.AGENT)
        && caller.did().filter(world.externalAgents()::isDeregistered).isPresent()) {
      throw new Refusal(Problem.KEY_INVALID, "the agent was deregistered")
          .at("Authorization")
          .expected("the key of an agent that is registered in this world");
    }
    if (caller.is(Role.MERCHANT)
        && caller.did().filter(world.externalMerchants()::isRemoved).isPresent()) {
      throw new Refusal(Problem.KEY_INVALID, "the merchant was removed")
          .at("Authorization")
          .expected("the key of a merchant that takes part in this world");
    }
  }

  private static ServerHttpRequest behindTheEdge(
      ServerWebExchange exchange, ParticipantPath participantPath, byte[] body) {
    var request = exchange.getRequest();
    var path = participantPath.rewritten();
    var rewritten =
        request.getPath().value().equals(path) ? request : request.mutate().path(path).build();
    return new BufferedRequest(rewritten, body);
  }

  private Mono<Void> onwards(WebFilterChain chain, ServerWebExchange exchange) {
    var direct = directEndpoints.answer(exchange);
    if (direct.isPresent()) {
      return direct.get();
    }
    var answer = chain.filter(exchange);
    return exchange.getRequest().getHeaders().getAccept().contains(MediaType.TEXT_EVENT_STREAM)
        ? answer
        : answer.timeout(RequestDeadlines.MAX_TIME);
  }

  private Mono<Void> refused(
      ServerWebExchange recorded,
      ExchangeRecorder exchangeRecorder,
      ParticipantPath participantPath,
      WorldLease worldLease,
      Throwable failed) {
    EdgeExceptionHandler.refusal(failed)
        .filter(refusal -> isAboutKeys(refusal.problem()))
        .ifPresent(
            refusal -> note(worldLease, exchangeRecorder, participantPath, recorded, refusal));
    return edgeExceptionHandler.write(recorded, failed);
  }

  private static boolean isAboutKeys(Problem problem) {
    return problem == Problem.KEY_FORBIDDEN
        || problem == Problem.KEY_MISSING
        || problem == Problem.KEY_INVALID;
  }

  private static void note(
      WorldLease worldLease,
      ExchangeRecorder exchangeRecorder,
      ParticipantPath participantPath,
      ServerWebExchange recorded,
      Refusal refusal) {
    var method = recorded.getRequest().getMethod().name();
    worldLease
        .world()
        .journal()
        .noteAsync(
            new JournalNote(
                exchangeRecorder.callerName(),
                JournalNote.Kind.REFUSAL,
                participantPath.component(method),
                refusal.problem().code(),
                participantPath.ids(method),
                Map.of(
                    "code",
                    refusal.problem().code(),
                    "detail",
                    refusal.detail(),
                    "operation",
                    method + " " + participantPath.path(),
                    "expected",
                    String.valueOf(refusal.expected()))));
  }

  /** Records that the caller disconnected before the answer; the request's effects remain. */
  private static void recordDisconnect(
      SignalType signal, ExchangeRecorder exchangeRecorder, RecordedResponse response) {
    if (signal == SignalType.CANCEL) {
      exchangeRecorder.remark("the caller hung up");
      exchangeRecorder.recordAnswer(0, response.getHeaders(), new byte[0]).subscribe();
    }
    exchangeRecorder.afterwards().answerWritten();
  }
}
