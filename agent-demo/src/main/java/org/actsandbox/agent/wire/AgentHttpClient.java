package org.actsandbox.agent.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.ParticipantClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends the agent's HTTP calls with the intent that each belongs to. */
public final class AgentHttpClient {

  private static final int GATEWAY_TIMEOUT = 504;

  private final AgentWorld world;

  public AgentHttpClient(AgentWorld world) {
    this.world = world;
  }

  /**
   * Sends a GET request.
   *
   * @throws NoAnswerException when there is no answer in time
   */
  public OutboundClient.Answer get(URI target, String intentId, Duration timeout) {
    return get(target, intentId, Map.of(), timeout);
  }

  public OutboundClient.Answer get(
      URI target, String intentId, Map<String, String> moreHeaders, Duration timeout) {
    return requireAnswered(target, keyless(timeout).fetch(target, headers(intentId, moreHeaders)));
  }

  public OutboundClient.Answer post(URI target, String intentId, String json, Duration timeout) {
    return post(target, intentId, json, Map.of(), timeout);
  }

  public OutboundClient.Answer post(
      URI target, String intentId, String json, Map<String, String> moreHeaders, Duration timeout) {
    return requireAnswered(
        target, keyless(timeout).exchange(target, bytes(json), headers(intentId, moreHeaders)));
  }

  /**
   * Sends the agent's own key with the call: for the payment service, and for cancelling an own
   * order.
   */
  public OutboundClient.Answer getWithKey(URI target, String intentId, Duration timeout) {
    return requireAnswered(target, keyed(timeout).fetch(target, headers(intentId, Map.of())));
  }

  public OutboundClient.Answer postWithKey(
      URI target, String intentId, String json, Duration timeout) {
    return requireAnswered(
        target, keyed(timeout).exchange(target, bytes(json), headers(intentId, Map.of())));
  }

  private ParticipantClient keyless(Duration timeout) {
    return new ParticipantClient(world.outbound(), world.agent(), timeout);
  }

  private ParticipantClient keyed(Duration timeout) {
    return new ParticipantClient(world.outbound(), world.agent(), world.apiKey(), timeout);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(String intentId, Map<String, String> moreHeaders) {
    var headers = new LinkedHashMap<>(moreHeaders);
    headers.putIfAbsent("Accept", "application/json");
    if (!intentId.isEmpty()) {
      headers.put("Act-Intent-Id", intentId);
    }
    return headers;
  }

  private static OutboundClient.Answer requireAnswered(URI target, OutboundClient.Answer answer) {
    if (answer.status() == GATEWAY_TIMEOUT) {
      // A participant between gave up waiting: the outcome is as unknown as if the agent had done
      // so (A402-9).
      throw new NoAnswerException(target, true, null);
    }
    return answer;
  }

  /**
   * Returns the body of a successful answer.
   *
   * @throws ParticipantRefusal with the participant's own words when the status is another one
   */
  public static JsonNode body(Platform platform, OutboundClient.Answer answer) {
    return body(platform.id(), answer);
  }

  public static JsonNode body(String participant, OutboundClient.Answer answer) {
    if (!answer.isSuccess()) {
      throw ParticipantRefusal.from(participant, answer);
    }
    return json(participant, answer);
  }

  static JsonNode json(String participant, OutboundClient.Answer answer) {
    try {
      var tree = Json.parse(answer.body());
      if (tree.isObject()) {
        return tree;
      }
    } catch (JacksonException notJson) {
      throw new ParticipantRefusal(
          participant, answer.status(), "malformed_json", "its answer is not JSON", notJson);
    }
    throw new ParticipantRefusal(
        participant, answer.status(), "malformed_json", "its answer is no JSON object", null);
  }
}
