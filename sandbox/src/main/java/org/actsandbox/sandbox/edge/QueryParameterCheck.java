package org.actsandbox.sandbox.edge;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.KnownQueryParameters;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses query parameters that nobody reads, or that are there twice: a misspelt filter would
 * silently filter nothing. Pages for people are left alone, and so are endpoints that read the
 * request themselves: the query of a paid resource is part of what was paid for.
 */
final class QueryParameterCheck {

  private static final String CONTROL = "/api/";
  private static final int SHOWN = 60;

  /** Empty where the endpoint reads the request itself. */
  private final Map<Method, Optional<SortedSet<String>>> known = new ConcurrentHashMap<>();

  /**
   * @throws Refusal {@code invalid_field}, naming the parameter, and those there are
   */
  void check(HandlerMethod handler, ServerHttpRequest request) {
    var asked = request.getQueryParams();
    var path = request.getPath().pathWithinApplication().value();
    if (!asked.isEmpty() && (path.startsWith(CONTROL) || ParticipantPath.of(path).isPresent())) {
      known
          .computeIfAbsent(handler.getMethod(), _ -> names(handler))
          .ifPresent(names -> asked.forEach((name, values) -> check(name, values, names)));
    }
  }

  private static void check(String name, List<String> values, SortedSet<String> names) {
    var at = name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…";
    if (!names.contains(name)) {
      throw new Refusal(Problem.INVALID_FIELD, "nothing here reads this query parameter")
          .at(at)
          .expected(names.isEmpty() ? "no query parameters" : "one of " + String.join(", ", names));
    }
    if (values.size() > 1) {
      // Two readers could take different ones.
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

  private static boolean readsAll(MethodParameter parameter) {
    var type = parameter.getParameterType();
    return type == ServerWebExchange.class
        || type == ServerHttpRequest.class
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

  /** As it is written in a query, where that differs from how the code calls it. */
  static String nameOf(MethodParameter parameter) {
    var asked = parameter.getParameterAnnotation(RequestParam.class);
    return asked == null || asked.name().isEmpty()
        ? parameter.getParameter().getName()
        : asked.name();
  }
}
