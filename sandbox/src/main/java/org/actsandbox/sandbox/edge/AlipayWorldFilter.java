package org.actsandbox.sandbox.edge;

import java.util.Optional;
import java.util.Set;
import org.actsandbox.alipay.a2m.CashierOrder;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.edge.exchange.BoundedBody;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.actsandbox.sandbox.world.Worlds;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Finds the world of a request whose address names none, because Alipay's addresses are fixed in
 * other people's programs: the application's number says it (AIP-306). Unknown numbers are answered
 * by the demo world.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class AlipayWorldFilter implements WebFilter {

  static final String GATEWAY = "/gateway.do";
  static final String CASHIER = "/openclawpay/agent/v1/pay";

  private static final Set<String> PATHS = Set.of(GATEWAY, CASHIER);

  private final AlipayApps apps;
  private final EdgeExceptionHandler edgeExceptionHandler;
  private final Scheduler waiting;

  AlipayWorldFilter(
      AlipayApps apps,
      EdgeExceptionHandler edgeExceptionHandler,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.apps = apps;
    this.edgeExceptionHandler = edgeExceptionHandler;
    this.waiting = waiting;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var request = exchange.getRequest();
    var path = request.getPath().value();
    if (!PATHS.contains(path)) {
      return chain.filter(exchange);
    }
    return BoundedBody.read(request)
        .flatMap(
            body ->
                Mono.fromCallable(() -> world(request, path, body))
                    .subscribeOn(waiting)
                    .map(world -> inWorld(exchange, world + path, body)))
        .onErrorResume(failed -> edgeExceptionHandler.write(exchange, failed).then(Mono.empty()))
        .flatMap(chain::filter);
  }

  private String world(ServerHttpRequest request, String path, byte[] body) {
    var appId =
        path.equals(GATEWAY)
            ? GatewayRequest.read(
                    request.getURI().getRawQuery(),
                    request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
                    body)
                .value("app_id")
            : CashierOrder.read(body)
                .flatMap(order -> Optional.ofNullable(order.bill().method().sellerAppId()));
    return appId.filter(id -> id.length() <= 16).flatMap(apps::worldOf).orElse(Worlds.DEMO);
  }

  private static ServerWebExchange inWorld(ServerWebExchange exchange, String path, byte[] body) {
    var request = exchange.getRequest().mutate().path("/w/" + path).build();
    return exchange.mutate().request(new BufferedRequest(request, body)).build();
  }
}
