package org.actsandbox.web.console.guard;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Adds the security headers, which let a browser load and send only what belongs to this server.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class SecurityHeaders implements WebFilter {

  static final String REFERRER_POLICY = "Referrer-Policy";

  static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self' data:",
          "connect-src 'self'",
          "form-action 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'");

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (ConsolePaths.isPage(exchange) || ConsolePaths.isAsset(exchange)) {
      var headers = exchange.getResponse().getHeaders();
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("X-Frame-Options", "DENY");
      headers.set(REFERRER_POLICY, "same-origin");
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Act-Sandbox", "true");
      if (ConsolePaths.isPage(exchange)) {
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
      }
    }
    return chain.filter(exchange);
  }
}
