package org.actsandbox.sandbox.edge;

import org.actsandbox.protocol.json.Json;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Answers the REST form of Alipay's gateway (v3), which is not served, in that form's own shape: a
 * program that calls it reads what to do instead (AIP-105, AIP-107).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class AlipayRestFilter implements WebFilter {

  private static final String PATHS = "/v3/alipay/";

  private static final byte[] REFUSAL = refusal();

  private static byte[] refusal() {
    var refusal =
        Json.object()
            .put("code", "invalid-method")
            .put(
                "message",
                "此沙箱没有 v3 接口，请用 gateway.do（the sandbox does not serve the REST form v3; send the method"
                    + " to /gateway.do, in the Node SDK with exec in the place of curl)");
    refusal.putArray("links");
    return Json.bytes(refusal);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (!exchange.getRequest().getPath().value().startsWith(PATHS)) {
      return chain.filter(exchange);
    }
    var response = exchange.getResponse();
    response.setStatusCode(HttpStatus.NOT_FOUND);
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(REFUSAL)));
  }
}
