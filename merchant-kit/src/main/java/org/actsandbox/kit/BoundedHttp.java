package org.actsandbox.kit;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls the world and its payment service: an answer is bounded in time and size. */
final class BoundedHttp {

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration WHOLE_ANSWER = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 256 * 1024;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
  record Answer(int status, byte[] body) {}

  /**
   * Sends a request. Redirects are not followed.
   *
   * @throws IOException if there is no whole answer in time, or it is too long
   */
  Answer send(HttpRequest request) throws IOException {
    var handler =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES);
    var future = client.sendAsync(request, handler);
    try {
      var response = future.get(WHOLE_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new IOException("no answer within %d s".formatted(WHOLE_ANSWER.toSeconds()), late);
    } catch (ExecutionException failed) {
      var cause = failed.getCause();
      throw new IOException(
          cause == null || cause.getMessage() == null ? "no connection" : cause.getMessage(),
          failed);
    } catch (InterruptedException stopped) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("the call was interrupted", stopped);
    }
  }
}
