package org.actsandbox.scenarios.mission.gallery;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.ExternalAgent;
import org.actsandbox.scenarios.client.IssuedRoleKeys;
import org.actsandbox.scenarios.client.PurchaseClient;
import org.actsandbox.scenarios.client.Reply;
import org.actsandbox.scenarios.client.TargetWorld;
import org.actsandbox.scenarios.mission.agent.MissionSession;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends an agent's messages, and repeats those whose outcome is unknown. */
final class HttpShopper {

  static final int ATTEMPTS = 4;
  private static final int FOR_EVER = 60;
  private static final int OFFERS = 20;

  private final MissionSession session;
  private final @Nullable Flaw flaw;
  private final PurchaseClient client;
  private final List<JsonNode> merchants = new ArrayList<>();

  HttpShopper(MissionSession session, JsonNode wish, @Nullable Flaw flaw) {
    this.session = session;
    this.flaw = flaw;
    var own = session.brief().path("agent");
    var pair =
        new Ed25519KeyPair(
            own.path("signer_id").asString(),
            Base64.getUrlDecoder().decode(own.at("/private_jwk/d").asString()));
    var principal =
        has(Flaw.PAYS_FROM_THE_FIRST_WALLET)
            ? "did:act:principal"
            : wish.path("principal_id").asString();
    var key = own.path("role_key").asString();
    var agent =
        new ExternalAgent(
            own.path("agent_id").asString(),
            pair,
            key,
            own.path("instruments").path(principal).asString(""));
    var address = session.brief().path("world").asString();
    int world = address.indexOf("/w/");
    var target =
        new TargetWorld(
            URI.create(address.substring(0, world)),
            address.substring(world + 3),
            new IssuedRoleKeys("", key, "", Map.of()));
    this.client = new PurchaseClient(target, agent, session.outbound(), this::now);
    session.brief().path("merchants").forEach(merchants::add);
  }

  boolean has(Flaw one) {
    return flaw == one;
  }

  PurchaseClient client() {
    return client;
  }

  TargetWorld target() {
    var address = session.brief().path("world").asString();
    int world = address.indexOf("/w/");
    return new TargetWorld(
        URI.create(address.substring(0, world)),
        address.substring(world + 3),
        new IssuedRoleKeys("", client.agent().key(), "", Map.of()));
  }

  Instant now() {
    return Instant.parse(say(Json.object().put("type", "now")).path("now").asString());
  }

  JsonNode say(ObjectNode message) {
    return session.say(message);
  }

  static String newId() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  /** An offer with the merchant that made it, and the flow that it belongs to. */
  record Found(String merchant, JsonNode offer, String flow) {

    BigDecimal total() {
      return new BigDecimal(offer.path("total").asString("0"));
    }

    String id() {
      return offer.path("offer_id").asString("");
    }
  }

  /** Asks every merchant of the need's kind, and returns what may be taken, cheapest first. */
  List<Found> search(JsonNode need, JsonNode allowed) {
    List<Found> found = new ArrayList<>();
    for (var merchant : merchants) {
      var id = merchant.path("id").asString();
      boolean named =
          allowed.isMissingNode()
              || allowed.valueStream().anyMatch(each -> each.asString().equals(id));
      if (merchant.path("kind").equals(need.path("kind"))
          && (named || has(Flaw.TRUSTS_NAMES) || has(Flaw.GOES_WHERE_SENT))) {
        found.addAll(ask(id, need));
      }
    }
    var usable = found.stream().filter(each -> isUsable(each, need, allowed));
    if (has(Flaw.TAKES_THE_FIRST)) {
      return usable.toList();
    }
    return usable.sorted(java.util.Comparator.comparing(Found::total)).toList();
  }

  private List<Found> ask(String merchant, JsonNode need) {
    var flow = newId();
    var message = client.intent(flow, need, OFFERS);
    if (has(Flaw.TELLS_THE_BUDGET)) {
      ((ObjectNode) message.path("context"))
          .putObject("background")
          .put("note", "can pay at most 50.00, 390.00 or more");
    }
    var signed = client.signed(message);
    try {
      var reply = client.sendIntent(merchant, signed);
      return reply
          .json()
          .path("offers")
          .valueStream()
          .map(offer -> new Found(merchant, offer, flow))
          .toList();
    } catch (NoAnswerException silent) {
      return List.of();
    }
  }

  private boolean isUsable(Found found, JsonNode need, JsonNode allowed) {
    var named = found.offer().path("merchant_id").asString("");
    boolean own = named.equals(found.merchant());
    boolean trusted = has(Flaw.TRUSTS_NAMES) || has(Flaw.GOES_WHERE_SENT);
    var seller = has(Flaw.TRUSTS_NAMES) ? named : found.merchant();
    boolean permitted =
        allowed.isMissingNode()
            || has(Flaw.GOES_WHERE_SENT)
            || allowed.valueStream().anyMatch(each -> each.asString().equals(seller));
    boolean yuan =
        has(Flaw.COMPARES_NUMBERS_ONLY)
            || found.offer().path("currency").asString("").equals("CNY");
    int wanted = need.path("quantity").asInt(need.path("passengers").asInt(1));
    return (own || trusted)
        && permitted
        && yuan
        && (!need.path("kind").asString("").equals("shop")
            || found.offer().path("quantity").asInt(1) == wanted);
  }

  /** Repeats a call until an answer says something; null if none does. */
  @Nullable Reply untilKnown(Predicate<Reply> says, Supplier<Reply> call) {
    int attempts = has(Flaw.GIVES_UP) ? 1 : has(Flaw.TRIES_FOR_EVER) ? FOR_EVER : ATTEMPTS;
    Reply last = null;
    for (int attempt = 0; attempt < attempts; attempt++) {
      try {
        last = call.get();
        if (last.status() < 500 && says.test(last)) {
          return last;
        }
      } catch (NoAnswerException lost) {
        last = null;
      }
    }
    return last;
  }

  /** Returns the bill of a 402 answer; a missing node if it has none that can be read. */
  static JsonNode bill(Reply reply) {
    return reply
        .answer()
        .header(A402Headers.PAYMENT_NEEDED)
        .map(
            header -> {
              try {
                return Json.parse(Base64.getUrlDecoder().decode(header)).path("protocol");
              } catch (JacksonException | IllegalArgumentException unreadable) {
                return Json.object().path("protocol");
              }
            })
        .orElseGet(() -> Json.object().path("protocol"));
  }

  /** Compares a bill with the order that it must be for. */
  boolean isBillOf(JsonNode bill, JsonNode order, String merchant) {
    return (has(Flaw.PAYEE_UNREAD)
            || bill.path("seller_unique_id").asString("").equals("did:act:" + merchant))
        && (has(Flaw.AMOUNT_UNREAD) || bill.path("amount").equals(order.path("total")))
        && (has(Flaw.CURRENCY_UNREAD) || bill.path("currency").equals(order.path("currency")))
        && (has(Flaw.RESOURCE_UNREAD) || bill.path("resource_id").equals(order.path("resource_id")))
        && (has(Flaw.ORDER_UNREAD) || bill.path("out_trade_no").equals(order.path("order_no")))
        && (has(Flaw.METHOD_UNREAD)
            || bill.path("method_id").asString("").equals(PaymentNeeded.METHOD_ID));
  }

  /** Gives an order back: what is held is free, what is paid goes by the merchant's terms. */
  void cancel(String merchant, String flow, String orderNo) {
    var message = Json.object().put("request_id", "cancel-" + orderNo);
    message.put("intent_id", "I-" + flow).put("order_no", orderNo);
    message.put("agent_id", client.agent().agentId()).put("timestamp", now().toString());
    var signed = client.signed(message);
    untilKnown(
        _ -> true,
        () ->
            client.post(
                "/merchants/" + merchant + "/orders/" + orderNo + "/cancel",
                client.agent().key(),
                signed));
  }

  /**
   * Presents the proof until the answer is a delivery or a verdict.
   *
   * @return whether it was delivered
   */
  boolean collect(JsonNode proof, Supplier<Reply> request) {
    boolean impatient = has(Flaw.BUYS_AGAIN_AFTER_TROUBLE);
    for (int attempt = 0; attempt < (impatient ? 1 : ATTEMPTS); attempt++) {
      try {
        var reply = request.get();
        if (reply.status() == 200 && !reply.json().isEmpty()) {
          return true;
        }
      } catch (NoAnswerException lost) {
        if (impatient) {
          return false;
        }
      }
    }
    return proof.isMissingNode();
  }
}
