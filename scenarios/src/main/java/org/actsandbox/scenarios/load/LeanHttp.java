package org.actsandbox.scenarios.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Blocking HTTP with kept connections and little else, because the driver shares the machine with
 * the server it measures.
 */
final class LeanHttp implements AutoCloseable {

  /**
   * @param paymentNeeded the header of a 402 answer
   */
  @SuppressWarnings("ArrayRecordComponent") // passed through, never compared
  record Answer(int status, byte[] body, @Nullable String paymentNeeded) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final CloseableHttpClient client;

  LeanHttp(int connections) {
    var manager = new PoolingHttpClientConnectionManager();
    manager.setMaxTotal(connections);
    manager.setDefaultMaxPerRoute(connections);
    manager.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.ofSeconds(5))
            .setSocketTimeout(Timeout.ofSeconds(30))
            .setValidateAfterInactivity(TimeValue.ofSeconds(30))
            .build());
    this.client =
        HttpClients.custom()
            .setConnectionManager(manager)
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.ofSeconds(30)).build())
            .disableAutomaticRetries()
            .disableContentCompression()
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableAuthCaching()
            .build();
  }

  Answer send(
      String method, URI target, @Nullable String key, byte @Nullable [] body, String... headers)
      throws IOException {
    var request = new HttpUriRequestBase(method, target);
    if (key != null) {
      request.setHeader("Authorization", "Bearer " + key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    if (body != null) {
      request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    }
    return client.execute(request, LeanHttp::read);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    var header = response.getFirstHeader("Payment-Needed");
    var body =
        response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity());
    return new Answer(response.getCode(), body, header == null ? null : header.getValue());
  }
}
