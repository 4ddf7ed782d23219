package org.actsandbox.agent.wire;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Sends the agent's HTTP calls with the sender and the intent that each belongs to. */
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
    return get(target, headers(intentId, false), timeout);
  }

  public OutboundClient.Answer get(
      URI target, String intentId, Map<String, String> moreHeaders, Duration timeout) {
    var headers = headers(intentId, false);
    headers.putAll(moreHeaders);
    return get(target, headers, timeout);
  }

  public OutboundClient.Answer post(URI target, String intentId, String json, Duration timeout) {
    return post(target, json, headers(intentId, false), timeout);
  }

  public OutboundClient.Answer post(
      URI target, String intentId, String json, Map<String, String> moreHeaders, Duration timeout) {
    var headers = headers(intentId, false);
    headers.putAll(moreHeaders);
    return post(target, json, headers, timeout);
  }

  /**
   * Sends the agent's own key with the call: for the payment service, and for cancelling an own
   * order.
   */
  public OutboundClient.Answer getWithKey(URI target, String intentId, Duration timeout) {
    return get(target, headers(intentId, true), timeout);
  }

  public OutboundClient.Answer postWithKey(
      URI target, String intentId, String json, Duration timeout) {
    return post(target, json, headers(intentId, true), timeout);
  }

  private OutboundClient.Answer post(
      URI target, String json, Map<String, String> headers, Duration timeout) {
    headers.put("Content-Type", "application/json");
    var body = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return send(new OutboundClient.Call("POST", target, headers, body, timeout));
  }

  private OutboundClient.Answer get(URI target, Map<String, String> headers, Duration timeout) {
    return send(OutboundClient.Call.get(target, headers, timeout));
  }

  private OutboundClient.Answer send(OutboundClient.Call call) {
    var answer = world.outbound().send(call);
    if (answer.status() == GATEWAY_TIMEOUT) {
      // A participant between gave up waiting: the outcome is as unknown as if the agent had done
      // so (A402-9).
      throw new NoAnswerException(call.target(), true, null);
    }
    return answer;
  }

  private Map<String, String> headers(String intentId, boolean key) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Accept", "application/json");
    headers.put("Act-Sender", world.agent().value());
    if (!intentId.isEmpty()) {
      headers.put("Act-Intent-Id", intentId);
    }
    if (key) {
      headers.put("Authorization", "Bearer " + world.apiKey().get());
    }
    return headers;
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
