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
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
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
  private static final String FIRST = "did:act:principal";

  private final MissionSession session;
  private final Conduct conduct;
  private final PurchaseClient client;
  private final List<JsonNode> merchants = new ArrayList<>();

  HttpShopper(MissionSession session, JsonNode wish, Conduct conduct) {
    this.session = session;
    this.conduct = conduct;
    var own = session.brief().path("agent");
    var pair =
        new Ed25519KeyPair(
            own.path("signer_id").asString(),
            Base64.getUrlDecoder().decode(own.at("/private_jwk/d").asString()));
    var principal = wish.path("principal_id").asString();
    if (!principal.equals(FIRST) && conduct.meets(Flaw.PAYS_FROM_THE_FIRST_WALLET)) {
      principal = FIRST;
    }
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
          && (named || conduct.meets(Flaw.TRUSTS_NAMES) || conduct.meets(Flaw.GOES_WHERE_SENT))) {
        found.addAll(ask(id, need));
      }
    }
    var usable = found.stream().filter(each -> isUsable(each, need, allowed)).toList();
    var sorted = usable.stream().sorted(java.util.Comparator.comparing(Found::total)).toList();
    return sorted.equals(usable) || !conduct.meets(Flaw.TAKES_THE_FIRST) ? sorted : usable;
  }

  private List<Found> ask(String merchant, JsonNode need) {
    var flow = newId();
    var message = client.intent(flow, need, OFFERS);
    if (conduct.meets(Flaw.TELLS_THE_BUDGET)) {
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
    if (!own) {
      conduct.meets(Flaw.TRUSTS_NAMES);
      conduct.meets(Flaw.GOES_WHERE_SENT);
    }
    boolean trusted = conduct.is(Flaw.TRUSTS_NAMES) || conduct.is(Flaw.GOES_WHERE_SENT);
    var seller = conduct.is(Flaw.TRUSTS_NAMES) ? named : found.merchant();
    boolean permitted =
        allowed.isMissingNode()
            || allowed.valueStream().anyMatch(each -> each.asString().equals(seller))
            || conduct.meets(Flaw.GOES_WHERE_SENT);
    boolean yuan =
        found.offer().path("currency").asString("").equals("CNY")
            || conduct.meets(Flaw.COMPARES_NUMBERS_ONLY);
    int wanted = need.path("quantity").asInt(need.path("passengers").asInt(1));
    return (own || trusted)
        && permitted
        && yuan
        && (!need.path("kind").asString("").equals("shop")
            || found.offer().path("quantity").asInt(1) == wanted);
  }

  /** Repeats a call until an answer says something; null if none does. */
  @Nullable Reply untilKnown(Predicate<Reply> says, Supplier<Reply> call) {
    Reply last = null;
    for (int attempt = 0; goesOn(attempt); attempt++) {
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

  private boolean goesOn(int attempts) {
    if (attempts == 1) {
      conduct.meets(Flaw.NEVER_ASKS_FOR_THE_OUTCOME);
      if (conduct.meets(Flaw.GIVES_UP)) {
        return false;
      }
    }
    return attempts < ATTEMPTS || (attempts < FOR_EVER && conduct.meets(Flaw.TRIES_FOR_EVER));
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
    return (bill.path("seller_unique_id").asString("").equals("did:act:" + merchant)
            || conduct.meets(Flaw.PAYEE_UNREAD))
        && (bill.path("amount").equals(order.path("total")) || conduct.meets(Flaw.AMOUNT_UNREAD))
        && (bill.path("currency").equals(order.path("currency"))
            || conduct.meets(Flaw.CURRENCY_UNREAD))
        && (bill.path("resource_id").equals(order.path("resource_id"))
            || conduct.meets(Flaw.RESOURCE_UNREAD))
        && (bill.path("out_trade_no").equals(order.path("order_no"))
            || conduct.meets(Flaw.ORDER_UNREAD))
        && (bill.path("method_id").asString("").equals(PaymentNeeded.METHOD_ID)
            || conduct.meets(Flaw.METHOD_UNREAD));
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
    boolean delivered = false;
    for (int attempt = 0; attempt < ATTEMPTS && !delivered; attempt++) {
      if (attempt > 0 && conduct.meets(Flaw.BUYS_AGAIN_AFTER_TROUBLE)) {
        break;
      }
      try {
        var reply = request.get();
        delivered = reply.status() == 200 && !reply.json().isEmpty();
      } catch (NoAnswerException lost) {
        // The same proof is shown again: what was delivered without an answer is delivered once.
        delivered = false;
      }
    }
    return delivered || proof.isMissingNode();
  }
}
