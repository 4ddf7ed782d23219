package org.actsandbox.kit.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.kit.delivery.DeliveredContent;

/**
 * Puts a gate before paths of a servlet application: what the application answers to a paid request
 * is the delivery. Other paths pass.
 *
 * <p>The application's answer is taken down before it is sent, up to 8 MiB, because a proof that is
 * shown again gets it again. An answer that is not 2xx delivers nothing. Asynchronous answers are
 * not supported on paid paths, and the application reads a form from the body, not from {@code
 * getParameter}. What the services of the world send ({@link A402Gate#SERVICE_PATHS}) is answered
 * by the gate.
 */
public final class A402Filter implements Filter {

  private final A402Gate gate;
  private final List<String> paths;

  /**
   * @param paths paths below the context path, such as {@code /report}; one that ends with {@code
   *     /*} names everything below it, too
   */
  public A402Filter(A402Gate gate, List<String> paths) {
    if (paths.isEmpty() || paths.stream().anyMatch(path -> !path.startsWith("/"))) {
      throw new IllegalArgumentException("name the paid paths, each with a slash first: " + paths);
    }
    this.gate = gate;
    this.paths = List.copyOf(paths);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse to) {
      // The normalized path that the application is mapped by, so that no other spelling of it
      // passes.
      var path = http.getServletPath() + (http.getPathInfo() == null ? "" : http.getPathInfo());
      boolean notification = A402Gate.SERVICE_PATHS.contains(path);
      if (notification || paths.stream().anyMatch(paid -> covers(paid, path))) {
        answer(http, to, chain, notification);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  /** A slash at the end, and path parameters, lead to the same handler in many applications. */
  private static boolean covers(String paid, String path) {
    var plain = path.replaceAll(";[^/]*", "").replaceAll("/+$", "");
    if (paid.endsWith("/*")) {
      var root = paid.substring(0, paid.length() - 2);
      return plain.equals(root) || plain.startsWith(root + "/");
    }
    return plain.equals(paid.replaceAll("/+$", ""));
  }

  private void answer(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, boolean note)
      throws IOException {
    var body = request.getInputStream().readNBytes(GateRequest.MAX_BODY + 1);
    if (body.length > GateRequest.MAX_BODY) {
      send(request, response, A402Gate.bodyTooLarge());
      return;
    }
    var answer =
        note
            ? gate.serviceMessage(read(request, body))
            : gate.answer(
                read(request, body), (_, proof) -> deliver(request, response, chain, body, proof));
    send(request, response, answer);
  }

  private static GateRequest read(HttpServletRequest request, byte[] body) {
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

  private static DeliveredContent deliver(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      byte[] body,
      VerifiedProof proof)
      throws IOException {
    var captured = new CapturedResponse(response);
    var paid = new PaidRequest(request, body);
    paid.setAttribute(VerifiedProof.class.getName(), proof);
    try {
      chain.doFilter(paid, captured);
    } catch (ServletException failed) {
      throw new IOException("the application failed", failed);
    }
    if (request.isAsyncStarted()) {
      throw new IOException("the application answers asynchronously, which is not supported");
    }
    return captured.content();
  }

  private static void send(
      HttpServletRequest request, HttpServletResponse response, GateAnswer answer)
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
