package org.actsandbox.kit.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateRequest;
import org.jspecify.annotations.Nullable;

/** Reads the kit's requests from a servlet container, and sends the kit's answers through it. */
final class ServletExchange {

  private ServletExchange() {}

  /** Returns the normalized path by which the application is mapped, below the context path. */
  static String path(HttpServletRequest request) {
    return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
  }

  /** Reads a request with its body; null if the body is too long. */
  static @Nullable GateRequest read(HttpServletRequest request) throws IOException {
    var body = request.getInputStream().readNBytes(GateRequest.MAX_BODY + 1);
    if (body.length > GateRequest.MAX_BODY) {
      return null;
    }
    var headers = new TreeMap<String, List<String>>();
    for (var name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    var query = request.getQueryString();
    return new GateRequest(
        request.getMethod(),
        request.getRequestURI() + (query == null ? "" : "?" + query),
        headers,
        body);
  }

  static void send(HttpServletRequest request, HttpServletResponse response, GateAnswer answer)
      throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setContentLengthLong(answer.body().length());
    if (!request.getMethod().equals("HEAD")) {
      try (var body = answer.body().open()) {
        body.transferTo(response.getOutputStream());
      }
    }
  }
}
