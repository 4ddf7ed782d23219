package org.actsandbox.kit.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.actsandbox.kit.A402Gate;
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
      // No other spelling of a paid path passes, because the application is mapped by this one.
      var path = ServletExchange.path(http);
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
    var read = ServletExchange.read(request);
    if (read == null) {
      ServletExchange.send(request, response, A402Gate.bodyTooLarge());
      return;
    }
    var answer =
        note
            ? gate.serviceMessage(read)
            : gate.answer(
                read, (_, proof) -> deliver(request, response, chain, read.body(), proof));
    ServletExchange.send(request, response, answer);
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
}
