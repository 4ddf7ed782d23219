package org.actsandbox.protocol.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Predicate;

/** {@link Outbound} on the JDK's client; made for virtual threads, which simply wait. */
public final class JdkOutbound implements Outbound, AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final HttpClient client;
  private final Predicate<URI> allowed;

  /**
   * @param allowed where calls may go; everything else is refused before a connection is made
   */
  public JdkOutbound(Predicate<URI> allowed) {
    this.allowed = allowed;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public Answer send(Call call) {
    if (!allowed.test(call.target())) {
      throw new Unanswered(
          call.target(), false, new IOException("outbound calls to this address are not allowed"));
    }
    try {
      var response = client.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        return new Answer(response.statusCode(), response.headers().map(), bounded(body));
      }
    } catch (HttpTimeoutException late) {
      throw new Unanswered(call.target(), true, late);
    } catch (IOException cut) {
      throw new Unanswered(call.target(), false, cut);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Unanswered(call.target(), false, interrupted);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static HttpRequest request(Call call) {
    var request =
        HttpRequest.newBuilder(call.target())
            .timeout(call.timeout())
            .method(
                call.method(),
                call.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    return request.build();
  }

  private static byte[] bounded(InputStream body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > MAX_BODY_BYTES) {
        throw new IOException("answer larger than " + MAX_BODY_BYTES + " bytes");
      }
    }
    return bytes.toByteArray();
  }
}
