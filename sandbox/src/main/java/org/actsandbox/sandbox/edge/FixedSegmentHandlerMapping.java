package org.actsandbox.sandbox.edge;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Spring's mapping, which tries the conditions of every pattern of the application on every request
 * whose path has a variable. Those whose fixed segments are others are passed over first, and what
 * a query asks must be known to the endpoint.
 */
final class FixedSegmentHandlerMapping extends RequestMappingHandlerMapping {

  /** By identity: the same objects are asked for again and again. */
  private final IdentityHashMap<RequestMappingInfo, Fixed> fixed = new IdentityHashMap<>();

  private final QueryParameterCheck query = new QueryParameterCheck();

  @Override
  public void afterPropertiesSet() {
    super.afterPropertiesSet();
    getHandlerMethods().keySet().forEach(info -> fixed.put(info, Fixed.of(info)));
  }

  @Override
  protected void handleMatch(
      RequestMappingInfo info, HandlerMethod handler, ServerWebExchange exchange) {
    super.handleMatch(info, handler, exchange);
    query.check(handler, exchange.getRequest());
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
   * The segments of a pattern that are no variables.
   *
   * @param places among a path's elements, where separators count, too; the last first, because it
   *     tells most patterns apart
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and read on every request
  record Fixed(int[] places, String[] texts) {

    static Fixed of(RequestMappingInfo info) {
      var patterns = info.getPatternsCondition().getPatterns();
      return of(patterns.size() == 1 ? patterns.iterator().next().getPatternString() : "/**");
    }

    static Fixed of(String pattern) {
      var places = new ArrayList<Integer>();
      var texts = new ArrayList<String>();
      var segments = pattern.substring(1).split("/", -1);
      for (int i = 0; i < segments.length && !segments[i].contains("*"); i++) {
        if (!segments[i].isEmpty() && !segments[i].contains("{") && !segments[i].contains("?")) {
          places.addFirst(2 * i + 1);
          texts.addFirst(segments[i]);
        }
      }
      return new Fixed(
          places.stream().mapToInt(Integer::intValue).toArray(), texts.toArray(String[]::new));
    }

    boolean fit(List<PathContainer.Element> path) {
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= path.size() || !valueOf(path.get(places[i])).equals(texts[i])) {
          return false;
        }
      }
      return true;
    }

    /** Decoded and without matrix parameters, as patterns are compared. */
    private static String valueOf(PathContainer.Element element) {
      return element instanceof PathContainer.PathSegment segment
          ? segment.valueToMatch()
          : element.value();
    }
  }
}
