package org.actsandbox.merchants.psp;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls the payment service with the merchant's API key. */
public final class PspClient {

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final MerchantContext merchantContext;

  public PspClient(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /**
   * Represents the outcome of a call. {@code Done} and {@code Refused} say what the payment service
   * did; {@code Unknown} says nothing about it (A402-9).
   */
  public sealed interface Answer {

    record Done(JsonNode body) implements Answer {}

    /** The payment service refused, and the same request would be refused again. */
    record Refused(int status, String code) implements Answer {}

    /** The payment service did not answer, or with a temporary failure. */
    record Unknown(String why) implements Answer {}
  }

  /** Reads a public document of the payment service. */
  public Answer get(URI target) {
    return send(
        OutboundClient.Call.get(
            target, Map.of("Act-Sender", merchantContext.did().value()), TIMEOUT));
  }

  /**
   * Posts a message to the payment service.
   *
   * @param intentId the intent that the call is a part of, for the journal; null if it is not known
   */
  public Answer post(String path, Object message, @Nullable String intentId) {
    var headers = new HashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", "Bearer " + merchantContext.identity().apiKey().get());
    headers.put("Act-Sender", merchantContext.did().value());
    if (intentId != null) {
      headers.put("Act-Intent-Id", intentId);
    }
    var target = merchantContext.world().psp().at(path);
    return send(new OutboundClient.Call("POST", target, headers, Json.bytes(message), TIMEOUT));
  }

  private Answer send(OutboundClient.Call call) {
    try {
      var answer = merchantContext.world().outbound().send(call);
      if (answer.isSuccess()) {
        return new Answer.Done(Json.parse(answer.body()));
      }
      return answer.isFinalRefusal()
          ? new Answer.Refused(answer.status(), code(answer.body()))
          : new Answer.Unknown("status " + answer.status());
    } catch (NoAnswerException silence) {
      return new Answer.Unknown(String.valueOf(silence.getMessage()));
    } catch (JacksonException notJson) {
      return new Answer.Unknown("an answer that is not JSON");
    }
  }

  private static String code(byte[] body) {
    return Json.parse(body).path("error").path("details").path("code").asString("");
  }
}
