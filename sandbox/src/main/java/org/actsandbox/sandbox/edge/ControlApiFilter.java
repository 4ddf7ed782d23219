package org.actsandbox.sandbox.edge;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.edge.access.AdminKeyCheck;
import org.actsandbox.sandbox.edge.access.CallerAuthentication;
import org.actsandbox.sandbox.edge.access.RequiredControlKey;
import org.actsandbox.sandbox.edge.exchange.BoundedBody;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.world.LoadedWorlds;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Guards the control API: it limits bodies, checks keys, and writes errors as RFC 9457. The list of
 * worlds is open on loopback and requires the admin key elsewhere; everything below one world
 * requires the key of its operator.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class ControlApiFilter implements WebFilter {

  private final LoadedWorlds worlds;
  private final CallerAuthentication callerAuthentication;
  private final AdminKeyCheck adminKey;
  private final EdgeExceptionHandler edgeExceptionHandler;
  private final Scheduler waiting;

  ControlApiFilter(
      LoadedWorlds worlds,
      CallerAuthentication callerAuthentication,
      AdminKeyCheck adminKey,
      EdgeExceptionHandler edgeExceptionHandler,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.worlds = worlds;
    this.callerAuthentication = callerAuthentication;
    this.adminKey = adminKey;
    this.edgeExceptionHandler = edgeExceptionHandler;
    this.waiting = waiting;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var path = exchange.getRequest().getPath().value();
    if (!RequiredControlKey.covers(path)) {
      return chain.filter(exchange);
    }
    return checkKey(exchange, path)
        .then(
            Mono.defer(
                () ->
                    BoundedBody.read(exchange.getRequest())
                        .flatMap(body -> chain.filter(buffered(exchange, body)))))
        .onErrorResume(
            failed ->
                exchange.getResponse().isCommitted()
                    ? Mono.empty()
                    : edgeExceptionHandler.write(exchange, failed));
  }

  private static ServerWebExchange buffered(ServerWebExchange exchange, byte[] body) {
    return exchange.mutate().request(new BufferedRequest(exchange.getRequest(), body)).build();
  }

  private Mono<Void> checkKey(ServerWebExchange exchange, String path) {
    return switch (RequiredControlKey.of(path)) {
      case NONE -> Mono.empty();
      case ADMIN -> Mono.fromRunnable(() -> adminKey.require(exchange.getRequest().getHeaders()));
      case OPERATOR ->
          Mono.<Void>fromRunnable(() -> enterWorld(exchange, RequiredControlKey.world(path), false))
              .subscribeOn(waiting);
      case OWNER ->
          Mono.<Void>fromRunnable(() -> enterWorld(exchange, RequiredControlKey.world(path), true))
              .subscribeOn(waiting);
    };
  }

  private void enterWorld(ServerWebExchange exchange, String name, boolean owner) {
    if (owner) {
      // The key is checked before the world is looked up: a caller without it may not learn whether
      // the world exists.
      adminKey.requireAdmitted(
          exchange.getRequest().getHeaders(), "this gives power over the world, so it needs a key");
    }
    var worldLease =
        worlds
            .enter(name)
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "there is no such world")
                        .at("world")
                        .observed(name)
                        .remedy("GET /api/worlds lists them."));
    // The lease is not kept for the request: resetting a world waits until no request is inside.
    try (worldLease) {
      ServerHttpRequest request = exchange.getRequest();
      var caller =
          owner
              ? new Caller(Role.PRINCIPAL, Principals.FIRST)
              : callerAuthentication
                  .in(name, worldLease.generation(), request.getHeaders())
                  .require(Role.OPERATOR);
      WorldRequest.unrecorded(worldLease.world(), caller).putInto(exchange);
    }
  }
}
