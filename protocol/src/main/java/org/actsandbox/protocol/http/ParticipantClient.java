package org.actsandbox.protocol.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls other participants in the name of one of them, with its key where it has one. */
public final class ParticipantClient {

  private final OutboundClient outbound;
  private final Did sender;
  private final @Nullable Supplier<String> key;
  private final Duration timeout;

  /** Makes the client of a participant that is known by its signatures alone. */
  public ParticipantClient(OutboundClient outbound, Did sender, Duration timeout) {
    this(outbound, sender, null, timeout);
  }

  /**
   * @param key the sender's API key, read for each call, because it may change
   */
  public ParticipantClient(
      OutboundClient outbound, Did sender, @Nullable Supplier<String> key, Duration timeout) {
    this.outbound = outbound;
    this.sender = sender;
    this.key = key;
    this.timeout = timeout;
  }

  /** Reads a public document, without the key. */
  public ParticipantAnswer get(URI target) {
    return send(OutboundClient.Call.get(target, headers(Map.of(), null), timeout), true);
  }

  /** Posts a message whose answer is JSON or empty. */
  public ParticipantAnswer post(URI target, Object message) {
    return send(message(target, Json.bytes(message), Map.of()), true);
  }

  /**
   * Posts a message whose answer is JSON or empty.
   *
   * @param headers more headers, such as {@code Act-Intent-Id}
   */
  public ParticipantAnswer post(URI target, Object message, Map<String, String> headers) {
    return send(message(target, Json.bytes(message), headers), true);
  }

  /**
   * Reads a document and returns the answer as it is, for callers that decide by its status.
   *
   * @param headers more headers, such as {@code Act-Intent-Id}
   * @throws NoAnswerException if there is none in time
   */
  public OutboundClient.Answer fetch(URI target, Map<String, String> headers) {
    return outbound.send(OutboundClient.Call.get(target, headers(headers, key), timeout));
  }

  /**
   * Posts a message and returns the answer as it is, for callers that decide by its status.
   *
   * @throws NoAnswerException if there is none in time
   */
  public OutboundClient.Answer exchange(URI target, byte[] message, Map<String, String> headers) {
    return outbound.send(message(target, message, headers));
  }

  /** Posts a message of which only the status of the answer counts: its body is not read. */
  public ParticipantAnswer tell(URI target, byte[] message, Map<String, String> headers) {
    return send(message(target, message, headers), false);
  }

  private OutboundClient.Call message(URI target, byte[] message, Map<String, String> more) {
    var headers = headers(more, key);
    headers.put("Content-Type", "application/json");
    return new OutboundClient.Call("POST", target, headers, message, timeout);
  }

  private Map<String, String> headers(
      Map<String, String> more, @Nullable Supplier<String> currentKey) {
    var headers = new LinkedHashMap<>(more);
    headers.put("Act-Sender", sender.value());
    if (currentKey != null) {
      headers.put("Authorization", "Bearer " + currentKey.get());
    }
    return headers;
  }

  private ParticipantAnswer send(OutboundClient.Call call, boolean read) {
    try {
      return read(outbound.send(call), read);
    } catch (NoAnswerException silence) {
      return new ParticipantAnswer.Unknown(
          0,
          silence.isTimeout() ? "no answer in time" : "no answer",
          String.valueOf(silence.getMessage()));
    }
  }

  private static ParticipantAnswer read(OutboundClient.Answer answer, boolean read) {
    int status = answer.status();
    try {
      var body = read && answer.body().length > 0 ? Json.parse(answer.body()) : Json.object();
      if (answer.isSuccess()) {
        return new ParticipantAnswer.Done(status, body);
      }
      return answer.isFinalRefusal()
          ? new ParticipantAnswer.Refused(status, code(body))
          : unknown(status, "status " + status);
    } catch (JacksonException notJson) {
      return answer.isSuccess() || answer.isFinalRefusal()
          ? unknown(status, "an answer that is not JSON")
          : unknown(status, "status " + status);
    }
  }

  private static ParticipantAnswer unknown(int status, String why) {
    return new ParticipantAnswer.Unknown(status, why, why);
  }

  private static String code(JsonNode body) {
    return body.path("error").path("details").path("code").asString("");
  }
}
