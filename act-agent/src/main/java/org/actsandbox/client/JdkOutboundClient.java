package org.actsandbox.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;

/**
 * Sends requests with the HTTP client of the JDK. A request that gets no answer is sent again as it
 * was, at most three times in all: messages carry a {@code request_id}, so it is done once.
 * Redirects are answers like any other, because bills and proofs belong to one address.
 */
public final class JdkOutboundClient implements OutboundClient {

  private static final int ATTEMPTS = 3;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();

  @Override
  public Answer send(Call call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return sendOnce(call);
      } catch (NoAnswerException lost) {
        if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw lost;
        }
      }
    }
  }

  private Answer sendOnce(Call call) {
    var request =
        HttpRequest.newBuilder(call.target())
            .method(
                call.method(),
                call.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    var handler =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MAX_BODY_BYTES);
    var future = client.sendAsync(request.build(), handler);
    try {
      var response = future.get(call.timeout().toMillis(), TimeUnit.MILLISECONDS);
      var headers =
          response.headers().map().entrySet().stream()
              .collect(
                  Collectors.toUnmodifiableMap(
                      each -> each.getKey().toLowerCase(Locale.ROOT), each -> each.getValue()));
      return new Answer(response.statusCode(), headers, response.body());
    } catch (TimeoutException late) {
      future.cancel(true);
      throw new NoAnswerException(call.target(), true, late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException) {
        throw new NoAnswerException(call.target(), false, failed.getCause());
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new NoAnswerException(call.target(), false, interrupted);
    }
  }
}
