package org.actsandbox.sandbox.edge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.endpoint.Merchant;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.edge.exchange.BoundedBody;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.world.World;
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

  private final List<Class<?>> participants;
  private final CallerOrigin callerOrigin;
  private final Scheduler waiting;

  WorldArgumentResolver(List<Class<?>> participants, CallerOrigin callerOrigin, Scheduler waiting) {
    this.participants = List.copyOf(participants);
    this.callerOrigin = callerOrigin;
    this.waiting = waiting;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == World.class
        || type == Caller.class
        || type == CallerAddress.class
        || type == FollowUpTasks.class
        || type == GatewayRequest.class
        || type == Merchant.class
        || participants.contains(type);
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
    return Mono.defer(
        () -> {
          var type = parameter.getParameterType();
          if (type == CallerAddress.class) {
            return Mono.just(callerOrigin.of(exchange.getRequest()));
          }
          if (type == GatewayRequest.class) {
            return gatewayRequest(exchange.getRequest());
          }
          var request = WorldRequest.of(exchange);
          if (type == World.class) {
            return Mono.just(request.world());
          }
          if (type == Caller.class) {
            return Mono.just(admitted(request.caller(), parameter));
          }
          if (type == FollowUpTasks.class) {
            return Mono.just(request.afterwards());
          }
          return type == Merchant.class
              ? merchant(request.world(), pathVariable(exchange, "merchant"))
              : part(request.world(), type).map(part -> part);
        });
  }

  /** Checks the caller's role before anything else of the request is read. */
  private static Caller admitted(Caller caller, MethodParameter parameter) {
    var only = parameter.getParameterAnnotation(AllowedRoles.class);
    return only == null || only.checkedByEndpoint() ? caller : caller.require(only.value());
  }

  /**
   * Returns the merchant. A merchant that takes no part in the world is not found, even if the
   * request has other errors.
   */
  private Mono<Object> merchant(World world, String id) {
    var here = world.settings().roster().stream().map(MerchantProfile::id).toList();
    return here.contains(id)
        ? part(world, Merchants.class).map(merchants -> merchants.get(id))
        : Mono.error(Merchants.notFound(id, here));
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

  /** Opens the participant on the waiting scheduler, because that reads the database. */
  private <P> Mono<P> part(World world, Class<P> type) {
    Optional<P> open = world.openParticipant(type);
    return open.map(Mono::just)
        .orElseGet(() -> Mono.fromCallable(() -> world.participant(type)).subscribeOn(waiting));
  }

  private static String pathVariable(ServerWebExchange exchange, String name) {
    Map<String, String> variables =
        exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of());
    return variables.getOrDefault(name, "");
  }
}
