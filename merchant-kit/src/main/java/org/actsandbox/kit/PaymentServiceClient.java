package org.actsandbox.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls the payment service with the merchant's role key. */
final class PaymentServiceClient {

  private final MerchantSettings settings;
  private final BoundedHttp http;

  PaymentServiceClient(MerchantSettings settings, BoundedHttp http) {
    this.settings = settings;
    this.http = http;
  }

  record Reply(int status, JsonNode body) {

    String code() {
      return body.at("/error/details/code").asString("");
    }
  }

  /**
   * Posts JSON text.
   *
   * @throws IOException if there is no whole answer in time, or it is not JSON
   */
  Reply post(String path, String json) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(settings.paymentService() + path))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + settings.roleKey())
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    var answer = http.send(request);
    try {
      return new Reply(
          answer.status(), answer.body().length == 0 ? Json.object() : Json.parse(answer.body()));
    } catch (JacksonException notJson) {
      // A gateway's page says as much as no answer does.
      throw new IOException("status %d without JSON".formatted(answer.status()), notJson);
    }
  }
}
