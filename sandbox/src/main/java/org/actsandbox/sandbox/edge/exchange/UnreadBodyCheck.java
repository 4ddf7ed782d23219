package org.actsandbox.sandbox.edge.exchange;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;

/**
 * Refuses a body that the endpoint does not read, because its sender relies on it. An empty object
 * says nothing and is accepted: some clients send it with every request.
 */
public final class UnreadBodyCheck {

  private static final String NOTHING = "{}";

  private final Map<Method, Boolean> readers = new ConcurrentHashMap<>();

  /**
   * @throws Refusal {@code invalid_field}
   */
  public void check(HandlerMethod handler, ServerHttpRequest request) {
    if (request instanceof BufferedRequest buffered
        && !readers.computeIfAbsent(handler.getMethod(), _ -> reads(handler))) {
      var body = new String(buffered.body(), StandardCharsets.UTF_8).replaceAll("\\s", "");
      if (!body.isEmpty() && !body.equals(NOTHING)) {
        throw new Refusal(Problem.INVALID_FIELD, "nothing here reads a body")
            .at("body")
            .expected("no body")
            .observed(buffered.body().length + " bytes")
            .remedy("Leave the body out.");
      }
    }
  }

  private static boolean reads(HandlerMethod handler) {
    return Arrays.stream(handler.getMethodParameters())
        .anyMatch(
            parameter ->
                parameter.hasParameterAnnotation(RequestBody.class)
                    || QueryParameterCheck.readsAll(parameter));
  }
}
