package org.actsandbox.merchants.a2a;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.toy.ToyAgent;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests the agent card by the schemas of A2A 0.3 and 1.0, and the endpoint that it names. The tests
 * read raw JSON and use none of the merchants' own records.
 */
class A2aTests extends ToyTestBase {

  private static final String PARTS = "\"parts\":[{\"kind\":\"text\",\"text\":\"Hello\"}]";

  @ParameterizedTest
  @ValueSource(strings = {"luma-mart", "bazaar88"})
  void theCardFitsBothVersions(String merchant) {
    var card = world.agentAt(merchant).gets("/.well-known/agent-card.json").json();

    for (var text : List.of("name", "description", "url", "version", "protocolVersion")) {
      assertThat(card.path(text).isString()).as(text).isTrue();
      assertThat(card.path(text).stringValue()).as(text).isNotBlank();
    }
    assertThat(card.path("protocolVersion").stringValue()).startsWith("0.3");
    assertThat(card.path("preferredTransport").stringValue()).isEqualTo("JSONRPC");
    assertThat(card.path("version").stringValue()).matches("[0-9]+\\.[0-9]+\\.[0-9]+");
    assertThat(card.path("capabilities").isObject()).isTrue();
    assertThat(card.at("/capabilities/streaming").isBoolean()).isTrue();
    assertThat(card.at("/capabilities/pushNotifications").isBoolean()).isTrue();
    assertThat(texts(card.path("defaultInputModes"))).contains("text/plain");
    assertThat(texts(card.path("defaultOutputModes"))).contains("text/plain");
    assertThat(card.path("skills").isEmpty()).isFalse();
    for (var skill : card.path("skills")) {
      for (var text : List.of("id", "name", "description")) {
        assertThat(skill.path(text).isString()).as(text).isTrue();
      }
      assertThat(texts(skill.path("tags"))).isNotEmpty();
    }
    assertThat(card.path("supportedInterfaces").valueStream())
        .extracting(
            each -> each.path("url").asString(),
            each -> each.path("protocolBinding").asString(),
            each -> each.path("protocolVersion").asString())
        .contains(
            org.assertj.core.groups.Tuple.tuple(card.path("url").asString(), "JSONRPC", "1.0"),
            org.assertj.core.groups.Tuple.tuple(card.path("url").asString(), "JSONRPC", "0.3"));
    assertThat(card.path("agent_id").asString()).isEqualTo("did:act:" + merchant);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::stringValue).toList();
  }

  @Test
  void aMessageOf03IsAnsweredWithAMessageThatSaysHowToShop() {
    var answer =
        sends(
            """
            {"jsonrpc":"2.0","id":7,"method":"message/send","params":{"message":
              {"kind":"message","messageId":"m-1","contextId":"c-1","role":"user",%s}}}
            """
                .formatted(PARTS));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("jsonrpc").asString()).isEqualTo("2.0");
    assertThat(answer.json().path("id").asInt()).isEqualTo(7);
    var message = answer.json().path("result");
    assertThat(message.path("kind").asString()).isEqualTo("message");
    assertThat(message.path("role").asString()).isEqualTo("agent");
    assertThat(message.path("messageId").asString()).isNotBlank();
    assertThat(message.path("contextId").asString()).isEqualTo("c-1");
    assertThat(message.at("/parts/0/kind").asString()).isEqualTo("text");
    assertThat(message.at("/parts/0/text").asString()).contains("/intents", "沙箱");
    assertAddressesAnswer(message.at("/parts/1/data"));
  }

  @Test
  void aMessageOf10IsAnsweredInTheFormOf10() {
    var answer =
        sends(
            """
            {"jsonrpc":"2.0","id":"r","method":"SendMessage","params":{"message":
              {"messageId":"m-1","role":"ROLE_USER",%s}}}
            """
                .formatted(PARTS),
            Map.of("A2A-Version", "1.0"));

    assertThat(answer.json().path("id").asString()).isEqualTo("r");
    var message = answer.json().at("/result/message");
    assertThat(message.path("role").asString()).isEqualTo("ROLE_AGENT");
    assertThat(message.has("kind")).isFalse();
    assertThat(message.path("contextId").asString()).isNotBlank();
    assertAddressesAnswer(message.at("/parts/1/data"));
  }

  /** Asserts that the addresses in the data answer. */
  private void assertAddressesAnswer(JsonNode data) {
    for (var address : List.of("catalog", "capability_url", "agent_card")) {
      var path = data.path(address).asString("").replaceFirst(".*/luma-mart", "");
      assertThat(agent.gets(path).status()).as(address).isEqualTo(200);
    }
    assertThat(data.path("intents").asString("")).endsWith("/luma-mart/intents");
    assertThat(data.path("agent_id").asString("")).isEqualTo("did:act:luma-mart");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"jsonrpc":"2.0","id":1,                                           | -32700 | null
          []                                                                 | -32600 | null
          [{"jsonrpc":"2.0","id":1,"method":"message/send"}]                 | -32600 | null
          {"id":1,"method":"message/send"}                                   | -32600 | 1
          {"jsonrpc":"2.0","id":{},"method":"message/send"}                  | -32600 | null
          {"jsonrpc":"2.0","id":1.5,"method":"message/send"}                 | -32600 | null
          {"jsonrpc":"2.0","id":1}                                           | -32600 | 1
          {"jsonrpc":"2.0","id":1,"method":"message/send","params":[]}       | -32600 | 1
          {"jsonrpc":"2.0","id":1,"method":"message/send"}                   | -32602 | 1
          {"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":{"messageId":"m","role":"ROLE_USER","parts":[]}}} | -32602 | 1
          {"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":{"messageId":"m","role":"ROLE_USER","parts":["x"]}}} | -32602 | 1
          {"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":{"messageId":"m","role":"ROLE_USER","taskId":"t","parts":[{"text":"x"}]}}} | -32001 | 1
          {"jsonrpc":"2.0","id":1,"method":"tasks/get","params":{"id":"t"}}  | -32001 | 1
          {"jsonrpc":"2.0","id":1,"method":"GetTask","params":{"id":"t"}}    | -32001 | 1
          {"jsonrpc":"2.0","id":1,"method":"CancelTask","params":{"id":"t"}} | -32001 | 1
          {"jsonrpc":"2.0","id":1,"method":"message/stream","params":{}}     | -32004 | 1
          {"jsonrpc":"2.0","id":1,"method":"SendStreamingMessage"}           | -32004 | 1
          {"jsonrpc":"2.0","id":1,"method":"tasks/pushNotificationConfig/set"} | -32003 | 1
          {"jsonrpc":"2.0","id":1,"method":"GetExtendedAgentCard"}           | -32007 | 1
          {"jsonrpc":"2.0","id":1,"method":"shop"}                           | -32601 | 1
          """)
  void anUnsupportedRequestIsAnErrorOfJsonRpc(String request, int code, String id) {
    var answer = sends(request);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/error/code").asInt()).as(answer.text()).isEqualTo(code);
    assertThat(answer.json().at("/error/message").asString()).isNotBlank();
    assertThat(answer.json().has("id")).isTrue();
    assertThat(answer.json().path("id").toString()).isEqualTo(id);
    assertThat(answer.json().has("result")).isFalse();
  }

  @Test
  void unknownVersionsAndLongBodiesAreErrorsAndANotificationHasNoAnswer() {
    var request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\"}";
    var version = sends(request, Map.of("A2A-Version", "7.0"));
    assertThat(version.json().at("/error/code").asInt()).isEqualTo(-32009);

    var tooLong = sends("{\"x\":\"" + "x".repeat(JsonRpc.MAX_BYTES) + "\"}");
    assertThat(tooLong.json().at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(sends("").json().at("/error/code").asInt()).isEqualTo(-32700);

    var notification = sends("{\"jsonrpc\":\"2.0\",\"method\":\"message/send\"}");
    assertThat(notification.status()).isEqualTo(204);
    assertThat(notification.text()).isEmpty();
  }

  private ToyAgent.Answer sends(String body) {
    return sends(body, Map.of());
  }

  private ToyAgent.Answer sends(String body, Map<String, String> headers) {
    return agent.posts("/a2a", body.getBytes(StandardCharsets.UTF_8), headers);
  }
}
