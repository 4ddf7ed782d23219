package org.actsandbox.sandbox.edge;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.actsandbox.protocol.identity.AllowedRoles;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;
import tools.jackson.databind.JsonNode;

/**
 * Is an endpoint that the edge calls itself, without the framework's mapping, argument resolvers,
 * codecs and result handlers. Endpoints that take or answer anything else than what is listed here
 * are left to the framework.
 */
final class DirectEndpoint {

  private static final byte[] NONE = {};

  private final HandlerMethod handler;
  private final List<Argument> arguments;

  /** Says whether the endpoint needs a body; the framework refuses a request without one. */
  private final boolean bodyRequired;

  private final boolean bodyRead;

  private DirectEndpoint(
      HandlerMethod handler, List<Argument> arguments, boolean bodyRequired, boolean bodyRead) {
    this.handler = handler;
    this.arguments = List.copyOf(arguments);
    this.bodyRequired = bodyRequired;
    this.bodyRead = bodyRead;
  }

  /** Reads one argument from a request. */
  private interface Argument {

    @Nullable Object of(ServerWebExchange exchange, byte[] body, Map<String, String> variables);
  }

  /**
   * Represents an answer before it is written.
   *
   * @param entity what the endpoint says of status and headers; null for 200 and JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // written, never compared
  record Answer(@Nullable ResponseEntity<?> entity, byte[] body, boolean json) {

    /** Sets status and headers as the framework would. */
    void putHeadInto(ServerWebExchange exchange) {
      var response = exchange.getResponse();
      HttpStatusCode status = entity == null ? HttpStatus.OK : entity.getStatusCode();
      response.setStatusCode(status);
      if (entity != null && !entity.getHeaders().isEmpty()) {
        response.getHeaders().putAll(entity.getHeaders());
      }
      if (json && response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE) == null) {
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, "application/json");
      }
    }

    /** Says whether the caller has this answer already, and if so sets status 304. */
    boolean isKnown(ServerWebExchange exchange) {
      var etag = entity == null || body.length == 0 ? null : entity.getHeaders().getETag();
      return etag != null
          && "GET".equals(exchange.getRequest().getMethod().name())
          && exchange.checkNotModified(etag);
    }
  }

  /** Returns the endpoint; empty if it takes or answers what only the framework can deal with. */
  static Optional<DirectEndpoint> of(HandlerMethod declared, WorldArguments worldArguments) {
    var handler = declared.createWithResolvedBean();
    if (handler.hasMethodAnnotation(ResponseStatus.class)
        || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), ResponseStatus.class)
        || !isAnswered(handler.getReturnType())) {
      return Optional.empty();
    }
    var arguments = new ArrayList<Argument>();
    boolean bodyRequired = false;
    boolean bodyRead = false;
    for (var parameter : handler.getMethodParameters()) {
      var argument = argument(parameter, worldArguments);
      if (argument == null) {
        return Optional.empty();
      }
      arguments.add(argument);
      var body = parameter.getParameterAnnotation(RequestBody.class);
      bodyRead |= body != null;
      bodyRequired |= body != null && body.required();
    }
    ReflectionUtils.makeAccessible(handler.getMethod());
    return Optional.of(new DirectEndpoint(handler, arguments, bodyRequired, bodyRead));
  }

  private static @Nullable Argument argument(
      MethodParameter parameter, WorldArguments worldArguments) {
    var type = parameter.getParameterType();
    if (worldArguments.supports(type)) {
      var roles = parameter.getParameterAnnotation(AllowedRoles.class);
      return (exchange, _, variables) ->
          worldArguments.of(type, roles, exchange, name -> variables.getOrDefault(name, ""));
    }
    if (type == ServerHttpRequest.class) {
      return (exchange, _, _) -> exchange.getRequest();
    }
    var variable = parameter.getParameterAnnotation(PathVariable.class);
    if (variable != null && type == String.class && variable.value().isEmpty()) {
      var name = String.valueOf(parameter.getParameter().getName());
      return (_, _, variables) -> variables.get(name);
    }
    return parameter.hasParameterAnnotation(RequestBody.class) && type == byte[].class
        ? (_, body, _) -> body.length == 0 ? null : body
        : null;
  }

  /** Says whether the result is bytes, a tree or a plain record, alone or in a response entity. */
  private static boolean isAnswered(MethodParameter result) {
    var type = ResolvableType.forMethodParameter(result);
    boolean entity = type.toClass() == ResponseEntity.class;
    var body = entity ? type.getGeneric(0) : type;
    var bodyClass = body.toClass();
    return (entity && bodyClass == byte[].class)
        || JsonNode.class.isAssignableFrom(bodyClass)
        || (bodyClass.isRecord() && bodyClass.getTypeParameters().length == 0);
  }

  /** Says whether the body is one that the endpoint can take. */
  boolean takes(byte[] body) {
    return body.length == 0 ? !bodyRequired : bodyRead;
  }

  /**
   * Returns the call of the endpoint, which may have to wait.
   *
   * @param variables the variables of the path, with their texts
   */
  Callable<Answer> in(ServerWebExchange exchange, byte[] body, Map<String, String> variables) {
    return () -> call(exchange, body, variables);
  }

  private Answer call(ServerWebExchange exchange, byte[] body, Map<String, String> variables)
      throws Exception {
    var values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).of(exchange, body, variables);
    }
    try {
      return answer(handler.getMethod().invoke(handler.getBean(), values));
    } catch (InvocationTargetException failed) {
      switch (failed.getCause()) {
        case Exception cause -> throw cause;
        case Error error -> throw error;
        case null, default -> throw failed;
      }
    }
  }

  private static Answer answer(@Nullable Object result) {
    var entity = result instanceof ResponseEntity<?> found ? found : null;
    var value = result instanceof HttpEntity<?> found ? found.getBody() : result;
    return switch (value) {
      case null -> new Answer(entity, NONE, false);
      case byte[] bytes -> new Answer(entity, bytes, false);
      default -> new Answer(entity, Json.bytes(value), true);
    };
  }
}
