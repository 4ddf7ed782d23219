package org.actsandbox.web.check;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A merchant that answers with what was set for a path, and counts the requests. */
public final class ScriptedMerchant implements AutoCloseable {

  public final Map<String, String> answers = new ConcurrentHashMap<>();

  /** Status of the answer to a path, where it is not 200. */
  public final Map<String, Integer> statuses = new ConcurrentHashMap<>();

  final Map<String, Integer> requests = new ConcurrentHashMap<>();
  final CountDownLatch called = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final HttpServer http;
  private volatile boolean silent;

  public ScriptedMerchant() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          requests.merge(path, 1, Integer::sum);
          if (silent) {
            called.countDown();
            awaitRelease();
          }
          var answer = answers.get(path);
          var body = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(
              answer == null ? 404 : statuses.getOrDefault(path, 200), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    http.start();
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets requests wait for an answer from now on. */
  void fallSilent() {
    silent = true;
  }

  /** Answers what waits, and all that comes. */
  void answerAgain() {
    silent = false;
    released.countDown();
  }

  public String url(String host) {
    return "http://" + host + ":" + http.getAddress().getPort();
  }

  @Override
  public void close() {
    answerAgain();
    http.stop(0);
  }
}
