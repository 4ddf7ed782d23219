package org.actsandbox.sandbox.edge;

import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.edge.exchange.EdgeExceptionHandler;
import org.actsandbox.sandbox.edge.exchange.RequestLog;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Is the first filter for every request. It marks the answer as a sandbox's, and keeps other web
 * sites away from a server on this machine (DNS rebinding, cross-site requests).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class CrossSiteRequestFilter implements WebFilter {

  /** Header of every answer, which says that it comes from a sandbox. */
  static final String SANDBOX = "Act-Sandbox";

  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private static final Set<String> GATEWAY_NAMES =
      Set.of("openapi.alipay.com", "openapi.alipaydev.com", "openapi-sandbox.dl.alipaydev.com");

  private final EdgeExceptionHandler edgeExceptionHandler;
  private final RequestLog log;
  private final boolean loopback;
  private final Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  CrossSiteRequestFilter(
      EdgeExceptionHandler edgeExceptionHandler, RequestLog log, SandboxSettings sandboxSettings) {
    this.edgeExceptionHandler = edgeExceptionHandler;
    this.log = log;
    this.loopback = sandboxSettings.loopback();
    hosts.addAll(CallerOrigin.knownNames(sandboxSettings));
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    exchange.getResponse().getHeaders().set(SANDBOX, "true");
    return log.around(exchange, checked(exchange, chain));
  }

  private Mono<Void> checked(ServerWebExchange exchange, WebFilterChain chain) {
    try {
      var request = exchange.getRequest();
      checkHost(request);
      checkOrigin(request);
    } catch (Refusal refusal) {
      return edgeExceptionHandler.write(exchange, refusal);
    }
    return chain.filter(exchange);
  }

  private void checkHost(ServerHttpRequest request) {
    var host = request.getHeaders().getFirst("Host");
    if (loopback && !hosts.contains(CallerOrigin.nameOf(host)) && !isAlipayAddress(request, host)) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "this server does not answer to that name")
          .at("Host")
          .expected(String.join(", ", hosts))
          .observed(String.valueOf(host))
          .remedy("Use http://localhost, or allow the name with act.allowed-hosts.");
    }
  }

  /**
   * A merchant's page posts its form from another site. Each call carries its own signature, and no
   * cookie counts there (AIP-305).
   */
  private static boolean isGateway(ServerHttpRequest request) {
    return request.getPath().value().endsWith(AlipayWorldFilter.GATEWAY);
  }

  /**
   * A program whose addresses are fixed keeps Alipay's name when it is redirected here; each name
   * counts for its own address only (AIP-6, AIP-304).
   */
  private static boolean isAlipayAddress(ServerHttpRequest request, @Nullable String host) {
    var name = CallerOrigin.nameOf(host);
    var path = request.getPath().value();
    return path.equals(AlipayWorldFilter.CASHIER)
        ? name.equals("aicashier.dl.alipaydev.com")
        : path.equals(AlipayWorldFilter.GATEWAY) && GATEWAY_NAMES.contains(name);
  }

  private static void checkOrigin(ServerHttpRequest request) {
    if (READING.contains(request.getMethod()) || isGateway(request)) {
      return;
    }
    var headers = request.getHeaders();
    var origin = headers.getFirst("Origin");
    boolean foreign =
        "cross-site".equals(headers.getFirst("Sec-Fetch-Site"))
            || (origin != null && !authority(origin).equals(headers.getFirst("Host")));
    if (foreign) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "another web site may not do this")
          .at("Origin")
          .expected("no Origin, or this server's own")
          .observed(String.valueOf(origin));
    }
  }

  private static String authority(String origin) {
    try {
      return String.valueOf(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException notAnAddress) {
      return "null";
    }
  }
}
