package org.actsandbox.sandbox.edge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.sandbox.edge.exchange.QueryParameterCheck;
import org.actsandbox.sandbox.edge.exchange.UnreadBodyCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Is Spring's handler mapping with two additions. Spring tries the conditions of every pattern of
 * the application on every request; this mapping looks among the patterns with the first segment
 * and the length of the path, and skips those whose fixed segments differ. For a match it checks
 * that the endpoint reads the query parameters and the body.
 */
final class FixedSegmentHandlerMapping extends RequestMappingHandlerMapping {

  /** Keyed by identity, because the framework always asks with the same objects. */
  private final IdentityHashMap<RequestMappingInfo, FixedSegments> fixed = new IdentityHashMap<>();

  /** The routes by first segment and length of the path, for those that have both. */
  private final Map<RouteKey, List<Route>> routes = new HashMap<>();

  /** The routes that fit paths of any length, or of any first segment. */
  private final List<Route> openRoutes = new ArrayList<>();

  private record RouteKey(String first, int elements) {}

  private record Route(RequestMappingInfo info, HandlerMethod handler) {}

  private final QueryParameterCheck query = new QueryParameterCheck();
  private final UnreadBodyCheck bodies = new UnreadBodyCheck();

  @Override
  public void afterPropertiesSet() {
    super.afterPropertiesSet();
    getHandlerMethods()
        .forEach(
            (info, handler) -> {
              fixed.put(info, FixedSegments.of(info));
              routesLike(info).add(new Route(info, handler));
            });
  }

  private List<Route> routesLike(RequestMappingInfo info) {
    var patterns = info.getPatternsCondition().getPatterns();
    var segments = patterns.iterator().next().getPatternString().split("/", -1);
    boolean isOpen =
        patterns.size() > 1
            || segments.length < 2
            || Stream.of(segments).anyMatch(each -> each.contains("*"))
            || segments[1].contains("{");
    return isOpen
        ? openRoutes
        : routes.computeIfAbsent(
            new RouteKey(segments[1], 2 * (segments.length - 1)), _ -> new ArrayList<>());
  }

  /**
   * Finds the only route that fits. Where none fits, or several, Spring decides among all of them.
   */
  @Override
  protected @Nullable HandlerMethod lookupHandlerMethod(ServerWebExchange exchange)
      throws Exception {
    var path = exchange.getRequest().getPath().pathWithinApplication().elements();
    if (path.size() < 2) {
      return super.lookupHandlerMethod(exchange);
    }
    var key = new RouteKey(FixedSegments.valueOf(path.get(1)), path.size());
    RequestMappingInfo only = null;
    HandlerMethod handler = null;
    for (var like : List.of(routes.getOrDefault(key, List.of()), openRoutes)) {
      for (var route : like) {
        var match = getMatchingMapping(route.info(), exchange);
        if (match != null && only != null) {
          return super.lookupHandlerMethod(exchange);
        }
        if (match != null) {
          only = match;
          handler = route.handler();
        }
      }
    }
    if (only == null || handler == null) {
      return super.lookupHandlerMethod(exchange);
    }
    handleMatch(only, handler, exchange);
    return handler;
  }

  @Override
  protected void handleMatch(
      RequestMappingInfo info, HandlerMethod handler, ServerWebExchange exchange) {
    super.handleMatch(info, handler, exchange);
    query.check(handler, exchange.getRequest());
    bodies.check(handler, exchange.getRequest());
  }

  @Override
  protected @Nullable RequestMappingInfo getMatchingMapping(
      RequestMappingInfo info, ServerWebExchange exchange) {
    var segments = fixed.get(info);
    return segments == null
            || segments.fit(exchange.getRequest().getPath().pathWithinApplication().elements())
        ? super.getMatchingMapping(info, exchange)
        : null;
  }

  /**
   * Holds the segments of a pattern that are not variables.
   *
   * @param positions indexes among a path's elements, where separators count, too; the last comes
   *     first, because it tells most patterns apart
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and read on every request
  record FixedSegments(int[] positions, String[] texts) {

    static FixedSegments of(RequestMappingInfo info) {
      var patterns = info.getPatternsCondition().getPatterns();
      return of(patterns.size() == 1 ? patterns.iterator().next().getPatternString() : "/**");
    }

    static FixedSegments of(String pattern) {
      var positions = new ArrayList<Integer>();
      var texts = new ArrayList<String>();
      var segments = pattern.substring(1).split("/", -1);
      for (int i = 0; i < segments.length && !segments[i].contains("*"); i++) {
        if (!segments[i].isEmpty() && !segments[i].contains("{") && !segments[i].contains("?")) {
          positions.addFirst(2 * i + 1);
          texts.addFirst(segments[i]);
        }
      }
      return new FixedSegments(
          positions.stream().mapToInt(Integer::intValue).toArray(), texts.toArray(String[]::new));
    }

    boolean fit(List<PathContainer.Element> path) {
      for (int i = 0; i < positions.length; i++) {
        if (positions[i] >= path.size() || !valueOf(path.get(positions[i])).equals(texts[i])) {
          return false;
        }
      }
      return true;
    }

    /**
     * Returns the segment decoded and without matrix parameters, as the framework compares
     * patterns.
     */
    private static String valueOf(PathContainer.Element element) {
      return element instanceof PathContainer.PathSegment segment
          ? segment.valueToMatch()
          : element.value();
    }
  }
}
