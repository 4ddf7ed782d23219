package org.actsandbox.sandbox.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.Faults.Decision;
import org.actsandbox.sandbox.proxy.AnswerRelay.End;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Represents one request through a proxy and its answer, with the faults applied to them. */
final class ProxyExchange implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ProxyExchange.class);
  private static final Duration MAX_DELAY = Duration.ofSeconds(60);

  /**
   * Limit of the bytes that are read of a refused request, so that its sender can read the answer.
   */
  private static final int MAX_UNREAD_BYTES = 1024 * 1024;

  private static final int LINGER_MILLIS = 1_000;

  private final Socket caller;
  private final ProxyTarget proxyTarget;
  private final FaultDecider faultDecider;
  private volatile Socket server = new Socket();

  ProxyExchange(Socket caller, ProxyTarget proxyTarget, FaultDecider faultDecider) {
    this.caller = caller;
    this.proxyTarget = proxyTarget;
    this.faultDecider = faultDecider;
  }

  void run() {
    var operation = "";
    try {
      caller.setSoTimeout((int) FaultProxy.IDLE_TIMEOUT.toMillis());
      caller.setTcpNoDelay(true);
      var in = new BufferedInputStream(caller.getInputStream());
      var httpHead = HttpHead.read(in);
      if (httpHead.isEmpty()) {
        return;
      }
      var request = RequestLine.of(httpHead.get());
      if (request.isEmpty()) {
        answer(in, 400, "proxy: expected METHOD /path HTTP/1.1");
        return;
      }
      if (!httpHead.get().isForThisMachine()) {
        answer(in, 403, "proxy: expected the Host localhost, 127.0.0.1 or [::1]");
        return;
      }
      operation = request.get().method() + " " + request.get().path();
      faultDecider.reportPassed(operation, pass(request.get(), httpHead.get(), in));
    } catch (IOException cut) {
      // Either side disconnected, or the proxy did: the other side learns it when both sockets are
      // closed.
      log.debug("exchange {} ended early", operation, cut);
      faultDecider.reportPassed(operation, "ended early: " + cut.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String pass(RequestLine request, HttpHead httpHead, InputStream in)
      throws IOException, InterruptedException {
    var decisions = faultDecider.decide(request.method(), request.path());
    for (var decision : decisions) {
      faultDecider.recordFired(decision, request.method() + " " + request.path());
    }
    Thread.sleep(delay(decisions));
    var cut = find(decisions, FaultName.CONNECTION_CUT);
    if (cut.isPresent()) {
      hangUp(End.of(cut.get()));
      return "cut before it was passed on";
    }
    var error = find(decisions, FaultName.ERROR_STATUS);
    if (error.isPresent()) {
      int status = (int) error.get().number("status");
      answer(in, status, "fault: error status " + status);
      return "answered " + status;
    }
    return forward(request, httpHead, in, decisions);
  }

  private String forward(
      RequestLine request, HttpHead httpHead, InputStream in, List<Decision> decisions)
      throws IOException {
    try {
      server = proxyTarget.connect(FaultProxy.IDLE_TIMEOUT);
    } catch (IOException unreachable) {
      answer(
          in,
          502,
          "proxy: " + proxyTarget.base() + " does not answer: " + unreachable.getMessage());
      return "target unreachable";
    }
    var sent =
        new HttpHead(proxyTarget.line(request), httpHead.lines())
            .withHost(proxyTarget.authority())
            .withConnectionClose();
    server.getOutputStream().write(sent.bytes());
    Thread.ofVirtual().name("proxy-request-body").start(() -> passBody(in));
    var relay =
        new AnswerRelay(server.getInputStream(), caller.getOutputStream(), request.method());
    var outcome = relay.pass(decisions.stream().map(Decision::fault).toList());
    if (outcome.end() != End.NORMAL) {
      hangUp(outcome.end());
    }
    return outcome.summary();
  }

  /** Passes the rest of the caller's bytes on; they all belong to its one request. */
  private void passBody(InputStream in) {
    try {
      in.transferTo(server.getOutputStream());
    } catch (IOException closed) {
      log.debug("the rest of the request was not passed on", closed);
    }
  }

  private static Optional<Fault> find(List<Decision> decisions, FaultName name) {
    return decisions.stream()
        .map(Decision::fault)
        .filter(fault -> fault.name() == name)
        .findFirst();
  }

  private static Duration delay(List<Decision> decisions) {
    long millis =
        decisions.stream()
            .filter(each -> each.fault().name() == FaultName.DELAY)
            .mapToLong(Decision::delayMillis)
            .sum();
    return Duration.ofMillis(Math.min(millis, MAX_DELAY.toMillis()));
  }

  /** Answers as a broken gateway would; then the connection ends normally. */
  private void answer(InputStream in, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 %d Proxy\r\nContent-Type: text/plain; charset=utf-8\r\nAct-Sandbox: true\r\n"
                .formatted(status)
            + "Content-Length: %d\r\nConnection: close\r\n\r\n".formatted(body.length);
    var out = caller.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    caller.shutdownOutput();
    // Closing with unread bytes would reset the connection, and the answer would be lost.
    caller.setSoTimeout(LINGER_MILLIS);
    try {
      new BoundedInputStream(in, MAX_UNREAD_BYTES).transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException silent) {
      log.debug("the caller says nothing more", silent);
    }
  }

  private void hangUp(End end) {
    try {
      if (end == End.RESET) {
        // A linger time of zero makes the socket send RST instead of FIN.
        caller.setSoLinger(true, 0);
      }
      caller.close();
    } catch (IOException alreadyClosed) {
      log.debug("the caller was gone already", alreadyClosed);
    }
  }

  @Override
  public void close() {
    for (var socket : List.of(caller, server)) {
      try {
        socket.close();
      } catch (IOException alreadyClosed) {
        log.debug("a connection was gone already", alreadyClosed);
      }
    }
  }
}
