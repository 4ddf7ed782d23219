package org.actsandbox.sandbox.edge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.actsandbox.protocol.time.WorkScope;
import org.actsandbox.sandbox.edge.exchange.BufferedRequest;
import org.actsandbox.sandbox.edge.exchange.WorldRequest;
import org.actsandbox.sandbox.edge.fault.RecordedResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Calls the endpoints of participants straight from the edge, by a tree of paths that is made once
 * (ADR 92). Only plain requests are dealt with: everything out of the ordinary, such as a query, a
 * wish for another form of answer, an encoded path or a missing body, is left to the framework,
 * which refuses or serves it as ever.
 */
@Component
final class DirectEndpoints {

  private static final String WORLD = "/w/";

  /** The name of the variable for merchants in all paths. */
  private static final String MERCHANT = "merchant";

  /** The values of an Accept header for which every endpoint here has an answer. */
  private static final Set<String> ACCEPTED =
      Set.of("*/*", "application/json", "application/json, */*");

  private final Node root = new Node();
  private final AsyncTaskExecutor threads;
  private final RequestDeadlines deadlines;

  DirectEndpoints(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
      WorldArguments worldArguments,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor threads,
      RequestDeadlines deadlines) {
    this.threads = threads;
    this.deadlines = deadlines;
    mapping
        .getHandlerMethods()
        .forEach(
            (info, handler) -> {
              var endpoint =
                  isPlain(info) ? DirectEndpoint.of(handler, worldArguments).orElse(null) : null;
              for (var pattern : info.getPatternsCondition().getPatterns()) {
                add(pattern.getPatternString(), methods(info), endpoint);
              }
            });
  }

  /**
   * Represents what is mapped to a path.
   *
   * @param endpoint null if the framework has to call it
   * @param names the names of the path's variables, in their order
   */
  private record Mapping(@Nullable DirectEndpoint endpoint, List<String> names) {}

  /** Is a place in the tree: what may follow, and what is mapped here by method. */
  private static final class Node {
    private final Map<String, Node> fixed = new HashMap<>();
    private final Map<String, List<Mapping>> mappings = new HashMap<>();
    private @Nullable Node variable;
  }

  private static boolean isPlain(RequestMappingInfo info) {
    return info.getMethodsCondition().getMethods().size() == 1
        && info.getPatternsCondition().getPatterns().size() == 1
        && info.getParamsCondition().isEmpty()
        && info.getHeadersCondition().isEmpty()
        && info.getConsumesCondition().isEmpty()
        && info.getProducesCondition().isEmpty()
        && info.getCustomCondition() == null;
  }

  private static List<String> methods(RequestMappingInfo info) {
    var methods = info.getMethodsCondition().getMethods();
    return methods.isEmpty()
        ? List.of("GET", "POST", "PUT", "DELETE", "PATCH")
        : methods.stream().map(Enum::name).toList();
  }

  private void add(String pattern, List<String> methods, @Nullable DirectEndpoint endpoint) {
    if (!pattern.startsWith(WORLD) || pattern.contains("*")) {
      return;
    }
    var node = root;
    var names = new ArrayList<String>();
    boolean readable = true;
    for (var segment : pattern.substring(1).split("/", -1)) {
      int open = segment.indexOf('{');
      if (open < 0) {
        node = node.fixed.computeIfAbsent(segment, _ -> new Node());
        continue;
      }
      // A pattern within a segment is taken for a variable, and left to the framework.
      readable &= open == 0 && segment.matches("\\{[A-Za-z]+}");
      names.add(segment.replaceAll("[{}]", ""));
      node.variable = node.variable == null ? new Node() : node.variable;
      node = node.variable;
    }
    for (var method : methods) {
      node.mappings
          .computeIfAbsent(method, _ -> new ArrayList<>())
          .add(new Mapping(readable ? endpoint : null, List.copyOf(names)));
    }
  }

  /** Answers the request; empty if the framework has to. */
  Optional<Mono<Void>> answer(ServerWebExchange exchange) {
    var request = exchange.getRequest();
    if (!(request instanceof BufferedRequest buffered)
        || !(exchange.getResponse() instanceof RecordedResponse response)
        || request.getURI().getRawQuery() != null
        || !isAnyFormAccepted(request.getHeaders())
        || isUnusualBody(request.getMethod(), request.getHeaders(), buffered.body())) {
      return Optional.empty();
    }
    var route = find(request.getMethod().name(), request.getPath().value());
    if (route == null
        || route.endpoint() == null
        || !route.endpoint().takes(buffered.body())
        || isMerchantFromOutside(exchange, route.variables())) {
      return Optional.empty();
    }
    var call = route.endpoint().in(exchange, buffered.body(), route.variables());
    return Optional.of(started(call).flatMap(answer -> write(answer, exchange, response)));
  }

  /** Calls the endpoint on a thread that may wait. */
  private Mono<DirectEndpoint.Answer> started(Callable<DirectEndpoint.Answer> call) {
    return Mono.create(
        sink -> {
          var ended = deadlines.start(sink::error);
          threads.execute(
              () -> {
                try {
                  sink.success(WorkScope.call(call));
                } catch (Error error) {
                  // Reactor would throw some errors past all operators, without an answer.
                  sink.error(new EndpointErrorFilter.EndpointErrorException(error));
                } catch (Exception failed) {
                  sink.error(failed);
                } finally {
                  ended.run();
                }
              });
        });
  }

  private static Mono<Void> write(
      DirectEndpoint.Answer answer, ServerWebExchange exchange, RecordedResponse response) {
    answer.putHeadInto(exchange);
    return answer.isKnown(exchange) ? response.setComplete() : response.writeBytes(answer.body());
  }

  /**
   * Represents an endpoint that was found for a path.
   *
   * @param endpoint null if the framework has to call it
   */
  private record Match(@Nullable DirectEndpoint endpoint, Map<String, String> variables) {}

  /** Finds the only endpoint for the path; null if there is none, or several. */
  private @Nullable Match find(String method, String path) {
    if (!path.startsWith(WORLD) || path.indexOf('%') >= 0 || path.indexOf(';') >= 0) {
      return null;
    }
    var found = new ArrayList<Match>(1);
    collect(root, method, path, 1, new ArrayList<>(4), found);
    return found.size() == 1 ? found.getFirst() : null;
  }

  /**
   * Follows the path from a segment on, and adds what is mapped at its end.
   *
   * @param found gets an entry for each mapping; those that are left to the framework have none, so
   *     the caller sees that there are several
   */
  private static void collect(
      Node node, String method, String path, int from, List<String> values, List<Match> found) {
    if (from > path.length()) {
      for (var mapping : node.mappings.getOrDefault(method, List.of())) {
        found.add(new Match(mapping.endpoint(), variables(mapping.names(), values)));
      }
      return;
    }
    int slash = path.indexOf('/', from);
    int end = slash < 0 ? path.length() : slash;
    var segment = path.substring(from, end);
    var next = node.fixed.get(segment);
    if (next != null) {
      collect(next, method, path, end + 1, values, found);
    }
    if (node.variable != null && !segment.isEmpty()) {
      values.add(segment);
      collect(node.variable, method, path, end + 1, values, found);
      values.removeLast();
    }
  }

  private static Map<String, String> variables(List<String> names, List<String> values) {
    var variables = HashMap.<String, String>newHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      variables.put(names.get(i), values.get(i));
    }
    return variables;
  }

  /** Says whether a GET has a body of a type, which only the framework looks at. */
  private static boolean isUnusualBody(HttpMethod method, HttpHeaders headers, byte[] body) {
    return method.equals(HttpMethod.GET)
        && body.length > 0
        && headers.getFirst(HttpHeaders.CONTENT_TYPE) != null;
  }

  private static boolean isAnyFormAccepted(HttpHeaders headers) {
    var accepted = headers.get(HttpHeaders.ACCEPT);
    return accepted == null
        || accepted.isEmpty()
        || (accepted.size() == 1 && ACCEPTED.contains(accepted.getFirst()));
  }

  /** Says whether the path is one of a merchant from outside, to which a filter relays. */
  private static boolean isMerchantFromOutside(
      ServerWebExchange exchange, Map<String, String> variables) {
    var merchant = variables.get(MERCHANT);
    return merchant != null
        && WorldRequest.of(exchange).world().externalMerchants().get(merchant).isPresent();
  }
}
