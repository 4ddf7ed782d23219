package org.actsandbox.scenarios.check.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds something to buy in the merchant's own catalog. What cannot be found is read from the
 * configuration.
 */
public final class Goods {

  public static final String OFFERS = "intent.offers";
  public static final String CARTS = "cart.confirms";
  public static final String CATALOG = "catalog.readable";

  private static final String CATALOG_OFFER = "catalog offer";

  private static final ZoneId PLACE = ZoneId.of("Asia/Shanghai");

  /** Says that an address is not served. */
  private static final List<Integer> ABSENT = List.of(404, 405, 501);

  private static final String NOTHING_KNOWN =
      "nothing to order is known (GET /catalog answered {0}): name an offer in the configuration,"
          + " {\"offer\": {\"offer_id\": \"...\", \"quantity\": 1, \"total\": \"25.00\","
          + " \"currency\": \"CNY\"}}, or list goods in a catalog";

  /** Ours: what a shop does not offer among its first entries is asked of its owner. */
  private static final int TRIED = 12;

  private final CheckContext context;
  private int days;
  private @Nullable JsonNode found;

  /** What the offer of the configuration costs since a check raised its price. */
  private @Nullable String raisedTotal;

  Goods(CheckContext context) {
    this.context = context;
  }

  /** Returns train, hotel, shop or service; {@code gate} for a single paid resource. */
  public String kind() {
    return context.once(
        "kind",
        () -> {
          var said = context.setting("/kind");
          if (said != null) {
            return said;
          }
          if (resource() != null) {
            return "gate";
          }
          if (configuredOffer().isObject()) {
            return "shop";
          }
          var vertical = card().path("vertical").asString("");
          return vertical.isEmpty() ? "shop" : vertical;
        });
  }

  /** Below the level of a shop a merchant need not have a card. */
  private JsonNode card() {
    if (context.level() == CheckLevel.SHOP || context.target().mock()) {
      return context.card();
    }
    var reply = context.get("/.well-known/agent-card.json");
    return reply.status() == 200 ? reply.json() : Json.object();
  }

  /**
   * Says whether goods are found by intents. A merchant that only takes orders need not answer
   * them: then the ids of its catalog are what a cart orders.
   */
  private boolean answersIntents() {
    return context.once(
        "intents",
        () ->
            context.level() == CheckLevel.SHOP
                || context.target().mock()
                || !ABSENT.contains(context.post("/intents", buyer(), Json.object()).status()));
  }

  /** Returns the entry of the catalog of which most is left, as an offer of one piece. */
  private JsonNode catalogOffer() {
    return context.once(
        CATALOG_OFFER,
        () -> {
          var reply = context.get("/catalog?limit=50");
          var entries =
              reply.json().path("items").valueStream().filter(Goods::isOrderable).toList();
          if (reply.status() != 200 || entries.isEmpty()) {
            throw CheckEnd.notTested(NOTHING_KNOWN, reply.status());
          }
          return offer(best(entries));
        });
  }

  private static boolean isOrderable(JsonNode entry) {
    return entry.path("id").isString()
        && amount(entry.path("price")).signum() > 0
        && !entry.path("availability").asString("").equals("sold_out");
  }

  private static JsonNode offer(JsonNode entry) {
    var offer = Json.object();
    offer.set("offer_id", entry.path("id"));
    offer.set("item_id", entry.path("id"));
    offer.set("title", entry.path("name"));
    offer.set("total", entry.path("price"));
    offer.put("quantity", 1).put("currency", entry.path("currency").asString("CNY"));
    if (entry.path("available").isNumber()) {
      offer.set("available", entry.path("available"));
    }
    return offer;
  }

  /** Says whether goods are put in carts, rather than requested one by one. */
  public boolean hasCarts() {
    return !kind().equals("gate") && !kind().equals("service");
  }

  public void requireCarts() {
    if (!hasCarts()) {
      throw CheckEnd.notApplicable("it sells by request, and takes no carts");
    }
  }

  /** Returns the address of the one paid resource; null if the merchant has more than that. */
  @Nullable String resource() {
    var said = context.setting("/resource/url");
    return said == null && context.level() == CheckLevel.GATE && !context.target().mock()
        ? context.target().base().toString()
        : said;
  }

  /** Returns the first page of the catalog. */
  public List<JsonNode> catalog() {
    return context.step(
        CATALOG,
        () ->
            context.once(
                "catalog",
                () -> {
                  var reply = context.get("/catalog?limit=50");
                  context.require(
                      reply.status() == 200 && reply.json().path("items").isArray(),
                      "200 and an object with items at /catalog",
                      reply);
                  var items = reply.json().path("items").valueStream().toList();
                  context.require(
                      !items.isEmpty(), "at least one entry", CheckSentence.of("an empty catalog"));
                  return items;
                }));
  }

  /** Returns an agent with messages of its own, for one purchase or one question. */
  public PurchaseClient buyer() {
    return context.world().buyer(context.world().nextAgent());
  }

  /** Returns a need that this merchant has offers for. */
  public JsonNode need() {
    var known = found;
    if (known != null) {
      return dated(known);
    }
    for (var need : candidates()) {
      var dated = dated(need);
      if (!offers(buyer(), context.world().nextId(), dated).isEmpty()) {
        found = need;
        return dated;
      }
    }
    throw CheckEnd.deviates(
            "offers for something of its own catalog",
            CheckSentence.of("no offer for any of its first entries"))
        .in(OFFERS);
  }

  private List<JsonNode> candidates() {
    var said = context.target().config().path("need");
    if (said.isObject()) {
      return List.of(said);
    }
    var needs = new ArrayList<JsonNode>();
    var entries = catalog();
    entries.stream().limit(TRIED).forEach(entry -> needs.add(needFor(entry)));
    return needs;
  }

  private JsonNode needFor(JsonNode entry) {
    var attributes = entry.path("attributes");
    return switch (kind()) {
      case "train" ->
          Json.object()
              .put("kind", "train")
              .put("from", attributes.path("from").asString(""))
              .put("to", attributes.path("to").asString(""))
              .put("date", "")
              .put("passengers", 1);
      case "hotel" ->
          Json.object()
              .put("kind", "hotel")
              .put("city", attributes.path("city").asString(""))
              .put("check_in", "")
              .put("nights", 1)
              .put("guests", 1)
              .put("rooms", 1);
      default -> {
        var need = Json.object().put("kind", "shop").put("terms", text(entry.path("name")));
        need.putArray("features");
        need.put("quantity", 1);
        yield need;
      }
    };
  }

  /** Sets the day, which moves on so that no day's stock runs out under the checks. */
  private JsonNode dated(JsonNode need) {
    var copy = (ObjectNode) need.deepCopy();
    var day = LocalDate.ofInstant(context.world().now(), PLACE).plusDays(2 + days++ % 9);
    if (copy.has("date")) {
      copy.put("date", day.toString());
    }
    if (copy.has("check_in")) {
      copy.put("check_in", day.toString());
    }
    return copy;
  }

  /** Asks for offers and returns them; none if the answer is a refusal. */
  public List<JsonNode> offers(PurchaseClient buyer, String id, JsonNode need) {
    var reply = context.post("/intents", buyer, buyer.signed(buyer.intent(id, need, 20)));
    return reply.status() == 200
        ? reply.json().path("offers").valueStream().filter(JsonNode::isObject).toList()
        : List.of();
  }

  /** Returns the offer that the configuration names, for a merchant that takes no intents. */
  private JsonNode configuredOffer() {
    return context.target().config().path("offer");
  }

  /** Returns the offer of a merchant that is not asked with intents; null for the others. */
  @Nullable JsonNode certainOffer() {
    if (configuredOffer() instanceof ObjectNode configured) {
      return raisedTotal == null ? configured : configured.deepCopy().put("total", raisedTotal);
    }
    return answersIntents() ? null : catalogOffer();
  }

  /**
   * Takes note that a check raised the price of an offer. An intent is answered with the new price,
   * the catalog has to be read again, and the offer of the configuration is reckoned.
   */
  void priceRaised(int percent) {
    context.forget(CATALOG_OFFER);
    if (configuredOffer().isObject()) {
      var before =
          raisedTotal == null ? configuredOffer().path("total").asString("0") : raisedTotal;
      raisedTotal =
          new BigDecimal(before)
              .multiply(BigDecimal.valueOf(100L + percent).movePointLeft(2))
              .setScale(2, RoundingMode.CEILING)
              .toPlainString();
    }
  }

  /** Returns the offer of which most is left, the cheapest of these. */
  public JsonNode offer(PurchaseClient buyer, String id) {
    var certain = certainOffer();
    if (certain != null) {
      return certain;
    }
    return context.step(
        OFFERS,
        () -> {
          var offers = offers(buyer, id, need());
          context.require(
              !offers.isEmpty(),
              "an offer",
              CheckSentence.of("no offer for what it offered before"));
          return best(offers);
        });
  }

  private static JsonNode best(List<JsonNode> offers) {
    return offers.stream()
        .max(
            Comparator.<JsonNode>comparingInt(
                    offer -> Math.min(20, offer.path("available").asInt(0)))
                .thenComparing(
                    Comparator.comparing(
                            (JsonNode offer) ->
                                amount(
                                    offer.has("total") ? offer.path("total") : offer.path("price")))
                        .reversed()))
        .orElseThrow();
  }

  /** Returns the amount of a decimal text; zero if it is none. */
  public static BigDecimal amount(JsonNode text) {
    try {
      return new BigDecimal(text.asString("0"));
    } catch (NumberFormatException notDecimal) {
      return BigDecimal.ZERO;
    }
  }

  /**
   * Something certain to buy under an authority.
   *
   * @param need the need that finds it; an empty object where nothing is searched
   * @param itemId its id in the catalog; empty where nothing is searched
   * @param title what it is called
   * @param details what the offer says about it, such as the stations by name
   */
  public record Wish(JsonNode need, String itemId, String title, JsonNode details) {

    /** Returns the target of an authority for it, in the members of an ISR. */
    public ObjectNode target(String kind) {
      var target = Json.object().put("kind", kind).put("item_id", itemId).put("times", 9);
      for (var member : List.of("from", "to", "date", "city", "nights")) {
        if (need.has(member)) {
          // A need may name a station by its code, and an authority names it by its name.
          var named = text(details.path(member));
          target.put(member, named.isEmpty() ? need.path(member).asString() : named);
        }
      }
      if (need.has("nights")) {
        target.set("nights", need.path("nights"));
      }
      if (need.has("check_in")) {
        target.set("date", need.path("check_in"));
      }
      if (kind.equals("shop")) {
        target.put("what", title);
      }
      return target;
    }
  }

  /** Chooses something certain to buy under an authority. */
  public Wish wish() {
    if (!hasCarts()) {
      return new Wish(Json.object(), "", "", Json.object());
    }
    var certain = certainOffer();
    if (certain != null) {
      // An authority names the goods as the merchant's order names them.
      var buyer = buyer();
      var order = context.purchases().ordered(buyer, context.world().nextId(), certain).order();
      var line = order == null ? Json.object() : order.path("lines").path(0);
      return new Wish(
          Json.object(),
          line.path("item_id").asString(certain.path("offer_id").asString("")),
          text(line.path("title")),
          Json.object());
    }
    var need = need();
    var offers = offers(buyer(), context.world().nextId(), need);
    if (offers.isEmpty()) {
      throw CheckEnd.inconclusive("no offer for what it offered before");
    }
    var offer = best(offers);
    return new Wish(
        need, offer.path("item_id").asString(""), text(offer.path("title")), offer.path("details"));
  }

  /** Returns the input of the first service, which its catalog entry shows. */
  public JsonNode serviceInput() {
    var said = context.target().config().path("input");
    if (!said.isMissingNode()) {
      return said;
    }
    var example = catalog().getFirst().path("attributes").path("input").asString("{}");
    try {
      return Json.parse(example);
    } catch (JacksonException notJson) {
      return Json.object();
    }
  }

  /** Returns the text of a name, which may be one text or one for each language. */
  public static String text(JsonNode name) {
    if (name.isString()) {
      return name.stringValue();
    }
    var english = name.path("en").asString("");
    return english.isEmpty() ? name.path("zh").asString("") : english;
  }
}
