package org.actsandbox.scenarios;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in for a merchant that does one thing wrong: the honest merchant's answers, changed on
 * their way and signed again with its key, so that only the one thing is wrong.
 */
interface WireDefect {

  OutboundClient.Answer answer(OutboundClient.Call call, OutboundClient honest, Signer merchant);

  /** Changes the answers to requests that are selected. */
  static WireDefect on(
      Predicate<OutboundClient.Call> which,
      BiFunction<OutboundClient.Answer, Signer, OutboundClient.Answer> change) {
    return (call, honest, merchant) -> {
      var answer = honest.send(call);
      return which.test(call) ? change.apply(answer, merchant) : answer;
    };
  }

  static Predicate<OutboundClient.Call> path(String regex) {
    return call -> call.target().getPath().matches(".*" + regex);
  }

  static Predicate<OutboundClient.Call> method(String method) {
    return call -> call.method().equals(method);
  }

  static Predicate<OutboundClient.Call> resource() {
    return path("/(fulfilment/[^/]+|services/[^/]+)");
  }

  static boolean hasProof(OutboundClient.Call call) {
    return call.headers().keySet().stream()
        .anyMatch(name -> name.equalsIgnoreCase(A402Headers.PAYMENT_PROOF));
  }

  static Predicate<OutboundClient.Call> withProof() {
    return WireDefect::hasProof;
  }

  static OutboundClient.Answer status(int status, String body) {
    return new OutboundClient.Answer(
        status,
        Map.of("content-type", List.of("application/json")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static OutboundClient.Answer withStatus(OutboundClient.Answer answer, int status) {
    return new OutboundClient.Answer(status, answer.headers(), answer.body());
  }

  static OutboundClient.Answer withBody(OutboundClient.Answer answer, byte[] body) {
    return new OutboundClient.Answer(answer.status(), answer.headers(), body);
  }

  static OutboundClient.Answer withHeader(OutboundClient.Answer answer, String name, String value) {
    var headers = new HashMap<>(answer.headers());
    headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return new OutboundClient.Answer(answer.status(), headers, answer.body());
  }

  static OutboundClient.Answer withoutHeader(OutboundClient.Answer answer, String name) {
    var headers = new HashMap<>(answer.headers());
    headers.remove(name.toLowerCase(Locale.ROOT));
    return new OutboundClient.Answer(answer.status(), headers, answer.body());
  }

  /** Changes JSON objects; those that were signed are signed again. */
  static BiFunction<OutboundClient.Answer, Signer, OutboundClient.Answer> json(
      Consumer<ObjectNode> change) {
    return (answer, merchant) -> {
      if (!(new Reply(answer).json() instanceof ObjectNode body) || body.isEmpty()) {
        return answer;
      }
      change.accept(body);
      if (body.has(SignedJson.SIGNATURE_CONTENT)) {
        SignedJson.sign(body, merchant);
      }
      return withBody(answer, Json.bytes(body));
    };
  }

  /** Changes both layers of every bill and signs them again. */
  static WireDefect bill(Consumer<ObjectNode> change) {
    return bill((_, needed) -> change.accept(needed));
  }

  static WireDefect bill(java.util.function.BiConsumer<OutboundClient.Call, ObjectNode> change) {
    return (call, honest, merchant) -> {
      var answer = honest.send(call);
      var header = answer.header(A402Headers.PAYMENT_NEEDED);
      if (header.isEmpty()) {
        return answer;
      }
      var needed =
          (ObjectNode) A402Headers.decode(A402Headers.PAYMENT_NEEDED, header.get()).deepCopy();
      change.accept(call, needed);
      return withHeader(
          answer, A402Headers.PAYMENT_NEEDED, A402Headers.encode(signed(needed, merchant)));
    };
  }

  private static ObjectNode signed(ObjectNode needed, Signer merchant) {
    var bill = (ObjectNode) needed.path("protocol");
    SignedJson.sign(bill, merchant);
    var members = new HashMap<String, Object>();
    needed
        .path("method")
        .properties()
        .forEach(
            each -> {
              if (!List.of("bill_digest", "signer_id", "signature_type", "signature_content")
                  .contains(each.getKey())) {
                members.put(each.getKey(), each.getValue());
              }
            });
    needed.set("method", Json.tree(MethodLayer.signed(bill, members, merchant)));
    return needed;
  }

  static ObjectNode protocol(ObjectNode layers) {
    return (ObjectNode) layers.path("protocol");
  }

  /** Changes Payment-Validation of answers with one of these states. */
  static WireDefect validation(
      Predicate<OutboundClient.Answer> which, Consumer<ObjectNode> change) {
    return on(
        withProof(),
        (answer, _) -> {
          var header = answer.header(A402Headers.PAYMENT_VALIDATION);
          if (header.isEmpty() || !which.test(answer)) {
            return answer;
          }
          var layers =
              (ObjectNode)
                  A402Headers.decode(A402Headers.PAYMENT_VALIDATION, header.get()).deepCopy();
          change.accept(layers);
          return withHeader(answer, A402Headers.PAYMENT_VALIDATION, A402Headers.encode(layers));
        });
  }

  /** Delivers although the honest merchant refused, for this code and field. */
  static WireDefect opensOn(String code, String field) {
    return on(
        withProof(),
        (answer, _) -> {
          var details = new Reply(answer).json().at("/error/details");
          boolean fits =
              details.path("code").asString("").equals(code)
                  && details.path("field").asString("").endsWith(field);
          return fits ? status(200, "{\"kind\":\"shop\",\"goods\":\"for nothing\"}") : answer;
        });
  }

  /** Answers success although the honest merchant refused with this code at these paths. */
  static WireDefect accepts(String path, String code, String body) {
    return on(
        path(path),
        (answer, _) -> new Reply(answer).code().equals(code) ? status(201, body) : answer);
  }

  /** Forwards all and lets {@code state} say what becomes of an answer, call by call. */
  static WireDefect stateful(
      java.util.function.Supplier<
              BiFunction<OutboundClient.Call, OutboundClient.Answer, OutboundClient.Answer>>
          fresh) {
    var state =
        new ArrayList<
            BiFunction<OutboundClient.Call, OutboundClient.Answer, OutboundClient.Answer>>();
    return (call, honest, _) -> {
      synchronized (state) {
        if (state.isEmpty()) {
          state.add(fresh.get());
        }
        return state.getFirst().apply(call, honest.send(call));
      }
    };
  }

  /** Returns the client through which the checks reach this stand-in. */
  default UnaryOperator<OutboundClient> over(Signer merchant) {
    return honest -> call -> answer(call, honest, merchant);
  }

  static ObjectNode first(ObjectNode body, String list) {
    return (ObjectNode) body.path(list).path(0);
  }

  static JsonNode text(String value) {
    return Json.tree(value);
  }
}
