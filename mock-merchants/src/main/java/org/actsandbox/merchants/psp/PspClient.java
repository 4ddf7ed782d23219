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

/** Calls the PSP with the merchant's key. */
public final class PspClient {

  static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final MerchantContext merchantContext;

  public PspClient(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /** What came back. Only the first two say what the PSP did; the third says nothing (A402-9). */
  public sealed interface Answer {

    record Done(JsonNode body) implements Answer {}

    /** Asking again will not help. */
    record Refused(int status, String code) implements Answer {}

    record Unknown(String why) implements Answer {}
  }

  /** A public document of the PSP. */
  public Answer get(URI target) {
    return send(
        OutboundClient.Call.get(
            target, Map.of("Act-Sender", merchantContext.did().value()), TIMEOUT));
  }

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
