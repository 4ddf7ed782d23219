package org.actsandbox.sandbox.edge.exchange;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.protocol.http.KnownQueryParameters;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.NearestWord;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses query parameters that no endpoint reads, or that occur twice, because a misspelt filter
 * would silently filter nothing. Pages for people are not checked, nor are endpoints that read the
 * request themselves: the query of a paid resource is part of what was paid for.
 */
public final class QueryParameterCheck {

  private static final String CONTROL = "/api/";
  private static final int MAX_SHOWN = 60;

  /** Names of the parameters by endpoint; empty where the endpoint reads the request itself. */
  private final Map<Method, Optional<SortedSet<String>>> known = new ConcurrentHashMap<>();

  /**
   * @throws Refusal {@code invalid_field}, which names the parameter and the known ones
   */
  public void check(HandlerMethod handler, ServerHttpRequest request) {
    var requested = request.getQueryParams();
    var path = request.getPath().pathWithinApplication().value();
    if (!requested.isEmpty()
        && (path.startsWith(CONTROL) || ParticipantPath.of(path).isPresent())) {
      known
          .computeIfAbsent(handler.getMethod(), _ -> names(handler))
          .ifPresent(names -> requested.forEach((name, values) -> check(name, values, names)));
    }
  }

  private static void check(String name, List<String> values, SortedSet<String> names) {
    var at = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
    if (!names.contains(name)) {
      throw new Refusal(Problem.INVALID_FIELD, "nothing here reads this query parameter")
          .at(at)
          .expected(names.isEmpty() ? "no query parameters" : "one of " + String.join(", ", names))
          .remedy(
              NearestWord.find(name, names)
                  .map(near -> "Did you mean " + near + "?")
                  .orElse("Leave it out."));
    }
    if (values.size() > 1) {
      // Two readers could take different values.
      throw new Refusal(Problem.INVALID_FIELD, "a query parameter is there more than once")
          .at(at)
          .expected("once")
          .observed(values.size() + " times");
    }
  }

  static Optional<SortedSet<String>> names(HandlerMethod handler) {
    var names = new TreeSet<String>();
    for (var parameter : handler.getMethodParameters()) {
      if (readsAll(parameter)) {
        return Optional.empty();
      }
      of(parameter).forEach(names::add);
    }
    return Optional.of(names);
  }

  /** Says whether the endpoint takes the request itself. */
  static boolean readsAll(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == ServerWebExchange.class
        || type == ServerHttpRequest.class
        || type == GatewayRequest.class
        || (Map.class.isAssignableFrom(type)
            && parameter.hasParameterAnnotation(RequestParam.class)
            && !parameter.hasParameterAnnotation(KnownQueryParameters.class));
  }

  private static Stream<String> of(MethodParameter parameter) {
    var knownQueryParameters = parameter.getParameterAnnotation(KnownQueryParameters.class);
    if (knownQueryParameters != null) {
      return Arrays.stream(knownQueryParameters.value());
    }
    return parameter.hasParameterAnnotation(RequestParam.class)
        ? Stream.of(nameOf(parameter))
        : Stream.empty();
  }

  /** Returns the parameter's name in a query, which may differ from its name in the code. */
  static String nameOf(MethodParameter parameter) {
    var requested = parameter.getParameterAnnotation(RequestParam.class);
    return requested == null || requested.name().isEmpty()
        ? parameter.getParameter().getName()
        : requested.name();
  }
}
