package org.actsandbox.merchants.a2a;

import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.a2a.JsonRpc.Code;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers A2A messages with the addresses of the catalog, of intents and of the payment capability.
 * It does not read needs from a message: offers answer signed intents, which A2A does not have.
 */
public final class A2aAgent {

  private static final int MAX_PARTS = 64;
  private static final int MAX_TEXT = 256;

  private final MerchantContext merchantContext;

  public A2aAgent(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /** The two versions of A2A differ in the names of methods and in the form of a message. */
  private enum Dialect {
    V0_3("agent"),
    V1_0("ROLE_AGENT");

    private final String role;

    Dialect(String role) {
      this.role = role;
    }
  }

  /**
   * Returns the answer in the form of JSON-RPC; empty for a notification, which gets no answer.
   *
   * @param version the header {@code A2A-Version}; clients of A2A 0.3 do not send it
   */
  public Optional<byte[]> answer(byte[] body, @Nullable String version) {
    ObjectNode request;
    try {
      request = JsonRpc.parse(body);
    } catch (JsonRpc.Failure unreadable) {
      return Optional.of(failed(JsonRpc.id(Json.object()), unreadable));
    }
    var id = JsonRpc.id(request);
    try {
      var method = JsonRpc.method(request);
      if (!request.has("id")) {
        return Optional.empty();
      }
      checkVersion(version);
      var result = result(method, request.path("params"));
      return Optional.of(Json.bytes(new JsonRpc.Response(JsonRpc.VERSION, id, result, null)));
    } catch (JsonRpc.Failure failure) {
      return Optional.of(failed(id, failure));
    }
  }

  private static byte[] failed(JsonNode id, JsonRpc.Failure failure) {
    return Json.bytes(new JsonRpc.Response(JsonRpc.VERSION, id, null, failure.asObject()));
  }

  private static void checkVersion(@Nullable String version) {
    if (version != null && !version.isBlank() && !version.strip().matches("0\\.3|1\\.0")) {
      throw new JsonRpc.Failure(Code.VERSION_NOT_SUPPORTED, "A2A-Version: 0.3 or 1.0");
    }
  }

  private JsonNode result(String method, JsonNode params) {
    return switch (method) {
      case "message/send" -> reply(Dialect.V0_3, params);
      case "SendMessage" -> Json.object().set("message", reply(Dialect.V1_0, params));
      case "tasks/get",
          "tasks/cancel",
          "tasks/resubscribe",
          "GetTask",
          "CancelTask",
          "SubscribeToTask" ->
          throw new JsonRpc.Failure(Code.TASK_NOT_FOUND, "message/send or SendMessage");
      case "message/stream", "SendStreamingMessage", "tasks/list", "ListTasks" ->
          throw new JsonRpc.Failure(Code.UNSUPPORTED_OPERATION, "message/send or SendMessage");
      case "tasks/pushNotificationConfig/set",
          "tasks/pushNotificationConfig/get",
          "tasks/pushNotificationConfig/list",
          "tasks/pushNotificationConfig/delete",
          "CreateTaskPushNotificationConfig",
          "GetTaskPushNotificationConfig",
          "ListTaskPushNotificationConfigs",
          "DeleteTaskPushNotificationConfig" ->
          throw new JsonRpc.Failure(Code.PUSH_NOT_SUPPORTED, "message/send or SendMessage");
      case "agent/getAuthenticatedExtendedCard", "GetExtendedAgentCard" ->
          throw new JsonRpc.Failure(Code.NO_EXTENDED_CARD, "/.well-known/agent-card.json");
      default -> throw new JsonRpc.Failure(Code.METHOD_NOT_FOUND, "message/send or SendMessage");
    };
  }

  private ObjectNode reply(Dialect dialect, JsonNode params) {
    var received = params.path("message");
    check(received);
    var idGenerator = merchantContext.world().ids();
    var message = Json.object();
    if (dialect == Dialect.V0_3) {
      message.put("kind", "message");
    }
    message.put("messageId", idGenerator.next("M"));
    message.put("contextId", received.path("contextId").asString(idGenerator.next("X")));
    message.put("role", dialect.role);
    var parts = message.putArray("parts");
    var text = parts.addObject();
    var data = parts.addObject();
    if (dialect == Dialect.V0_3) {
      text.put("kind", "text");
      data.put("kind", "data");
    }
    text.put("text", instructions());
    data.set("data", addresses());
    return message;
  }

  private static void check(JsonNode message) {
    checkText(message, "messageId", true);
    checkText(message, "role", true);
    checkText(message, "contextId", false);
    var parts = message.path("parts");
    if (!parts.isArray() || parts.isEmpty() || parts.size() > MAX_PARTS) {
      throw invalid("parts", "1 to " + MAX_PARTS + " parts");
    }
    if (!parts.valueStream().allMatch(JsonNode::isObject)) {
      throw invalid("parts", "an object each");
    }
    if (!message.path("taskId").asString("").isEmpty()) {
      throw new JsonRpc.Failure(Code.TASK_NOT_FOUND, "message.taskId: none");
    }
  }

  private static void checkText(JsonNode message, String field, boolean required) {
    var value = message.path(field);
    boolean good = value.isString() && value.stringValue().length() <= MAX_TEXT;
    if (required ? !good || value.stringValue().isEmpty() : !good && !value.isMissingNode()) {
      throw invalid(field, "a text of at most " + MAX_TEXT + " letters");
    }
  }

  private static JsonRpc.Failure invalid(String field, String expected) {
    return new JsonRpc.Failure(Code.INVALID_PARAMS, "message.%s: %s".formatted(field, expected));
  }

  private String instructions() {
    var name = merchantContext.profile().name();
    var base = merchantContext.identity().base();
    return merchantContext.profile().kind().hasOffers()
        ? """
          ACT Sandbox: no real money, no real goods. %s sells by ACT 2.1. POST a signed intent to %2$s/intents, \
          confirm an offer at %2$s/carts, pay the bill that the order's resource answers with 402, and fetch it \
          with Payment-Proof. The catalog is at %2$s/catalog.
          ACT 沙箱：没有真实的资金和商品。%3$s 按 ACT 2.1 出售商品：向 %2$s/intents 发送签名意图，在 %2$s/carts 确认报价，\
          支付订单资源以 402 返回的账单，再携带 Payment-Proof 取货。目录在 %2$s/catalog。"""
            .formatted(name.en(), base, name.zh())
        : """
          ACT Sandbox: no real money, no real goods. %s sells by ACT 2.1. Read the catalog (GET %2$s/catalog), \
          POST a signed request to %2$s/services/{service}, pay the bill of the 402 answer, and send the same bytes \
          with Payment-Proof.
          ACT 沙箱：没有真实的资金和商品。%3$s 按 ACT 2.1 出售服务：读取目录（GET %2$s/catalog），向 %2$s/services/{service} \
          发送签名请求，支付 402 返回的账单，再携带 Payment-Proof 重发原请求。"""
            .formatted(name.en(), base, name.zh());
  }

  private ObjectNode addresses() {
    var identity = merchantContext.identity();
    var data = Json.object();
    data.put("protocol", "ACT 2.1");
    data.put("agent_id", merchantContext.did().value());
    data.put("agent_card", identity.at("/.well-known/agent-card.json"));
    data.put("catalog", identity.at("/catalog"));
    if (merchantContext.profile().kind().hasOffers()) {
      data.put("intents", identity.at("/intents"));
      data.put("carts", identity.at("/carts"));
    } else {
      data.put("services", identity.at("/services/{service}"));
    }
    if (merchantContext.profile().twoWay()) {
      data.put("negotiation_endpoint", identity.at("/act/negotiation"));
    } else {
      data.put("capability_url", identity.at("/.well-known/act-payment-capability.json"));
    }
    data.put("sandbox", true);
    return data;
  }
}
