package org.actsandbox.sandbox.edge;

import java.util.Map;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.sandbox.edge.exchange.BoundedBody;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Resolves the world, the caller or the participant that an endpoint takes as argument. */
final class WorldArgumentResolver implements HandlerMethodArgumentResolver {

  private final WorldArguments arguments;
  private final Scheduler waiting;

  WorldArgumentResolver(WorldArguments arguments, Scheduler waiting) {
    this.arguments = arguments;
    this.waiting = waiting;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == GatewayRequest.class || arguments.supports(type);
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
    return Mono.defer(
        () -> {
          var type = parameter.getParameterType();
          if (type == GatewayRequest.class) {
            return gatewayRequest(exchange.getRequest());
          }
          var argument =
              Mono.fromSupplier(
                  () ->
                      arguments.of(
                          type,
                          parameter.getParameterAnnotation(AllowedRoles.class),
                          exchange,
                          name -> pathVariable(exchange, name)));
          return arguments.isToBeOpened(type, exchange) ? argument.subscribeOn(waiting) : argument;
        });
  }

  /** Reads query and body as bytes: only the request itself says which charset they are in. */
  private static Mono<Object> gatewayRequest(ServerHttpRequest request) {
    return BoundedBody.read(request)
        .map(
            body ->
                GatewayRequest.read(
                    request.getURI().getRawQuery(),
                    request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE),
                    body));
  }

  private static String pathVariable(ServerWebExchange exchange, String name) {
    Map<String, String> variables =
        exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
    return variables.getOrDefault(name, "");
  }
}
