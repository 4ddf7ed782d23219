package org.actsandbox.kit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls the payment service and the trust service of the world with the merchant's role key. */
final class WorldClient {

  private final MerchantSettings settings;
  private final BoundedHttp http;

  WorldClient(MerchantSettings settings, BoundedHttp http) {
    this.settings = settings;
    this.http = http;
  }

  record Reply(int status, JsonNode body) {

    String code() {
      return body.at("/error/details/code").asString("");
    }

    boolean isSuccess() {
      return status < 300;
    }

    /** Returns whether there is a record now: an event has one, whose id says which. */
    boolean isRecorded() {
      return isSuccess() || code().equals("duplicate_request");
    }

    String refusal() {
      return status + " " + code();
    }

    /**
     * Returns this reply if it is the last word.
     *
     * @throws IOException if the same request may be answered otherwise later
     */
    Reply orRetry() throws IOException {
      if (status == 408 || status == 429 || status >= 500) {
        throw new IOException("status " + status);
      }
      return this;
    }
  }

  /**
   * Posts JSON text to the payment service.
   *
   * @throws IOException if there is no whole answer in time, or it is not JSON
   */
  Reply askPaymentService(String path, String json) throws IOException {
    return post(URI.create(settings.paymentService() + path), json);
  }

  /**
   * Has the trust service anchor a record of the merchant.
   *
   * @throws IOException if there is no whole answer in time, or it is not JSON
   */
  Reply deposit(OffChainRecord made) throws IOException {
    return post(URI.create(settings.world() + "/trust/records"), Json.write(made));
  }

  private Reply post(URI target, String json) throws IOException {
    var request =
        HttpRequest.newBuilder(target)
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
