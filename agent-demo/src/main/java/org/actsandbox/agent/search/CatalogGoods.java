package org.actsandbox.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.JsonNode;

/**
 * Finds goods in the catalog of a merchant that takes carts but answers no intents. The id of an
 * entry is what the cart orders, and its price is for one piece.
 */
final class CatalogGoods {

  private static final int ENTRIES_PER_PAGE = 200;

  /** Ours: more entries than this are not read at a merchant that cannot search for itself. */
  private static final int MAX_ENTRIES = 1_000;

  private static final int MAX_TEXT = 120;

  /** Ours: a catalog that states no end of its prices is asked again before a later purchase. */
  private static final Duration VALIDITY = Duration.ofMinutes(15);

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;

  CatalogGoods(AgentWorld world, AgentHttpClient agentHttpClient) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
  }

  /**
   * Holds the goods that were found.
   *
   * @param complete whether the whole catalog was read
   */
  record Found(List<OfferRanking.Candidate> candidates, boolean complete) {}

  /**
   * Finds the goods that mention the wished words.
   *
   * @param timeouts the time for each page
   * @throws org.actsandbox.agent.wire.ParticipantRefusal if the merchant publishes no catalog
   */
  Found find(Platform platform, String intentId, ShopWish wish, Supplier<Duration> timeouts) {
    var entries = new ArrayList<JsonNode>();
    var next = "";
    do {
      var target =
          platform.at(
              "/catalog?limit="
                  + ENTRIES_PER_PAGE
                  + (next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, UTF_8)));
      var page =
          AgentHttpClient.body(platform, agentHttpClient.get(target, intentId, timeouts.get()));
      page.path("items").forEach(entries::add);
      next = page.path("items").isEmpty() ? "" : page.path("next").asString("");
    } while (!next.isEmpty() && entries.size() < MAX_ENTRIES);
    var found = new ArrayList<OfferRanking.Candidate>();
    var need = wish.needs().getFirst();
    entries.stream()
        .limit(MAX_ENTRIES)
        .filter(entry -> isUsable(entry, wish))
        .map(entry -> offer(platform, entry, wish))
        .filter(offer -> wish.terms() == null || GoodsText.mentions(offer, wish.terms()))
        .forEach(offer -> found.add(new OfferRanking.Candidate(offer, need)));
    return new Found(found, next.isEmpty() && entries.size() <= MAX_ENTRIES);
  }

  /** An entry without the members of CID-1 is never bought. */
  private static boolean isUsable(JsonNode entry, ShopWish wish) {
    return entry.path("id").asString("").matches("[A-Za-z0-9._:~-]{1,120}")
        && entry.path("price").asString("").matches("[0-9]{1,9}(\\.[0-9]{1,2})?")
        && !Money.yuan(entry.path("price").asString("")).isZero()
        && entry.path("currency").asString("").equals(Money.CNY.getCurrencyCode())
        && !entry.path("availability").asString("").equals("sold_out")
        && entry.path("available").asInt(wish.quantity()) >= wish.quantity()
        && !text(entry.path("name")).en().isEmpty();
  }

  private Offer offer(Platform platform, JsonNode entry, ShopWish wish) {
    var id = entry.path("id").asString("");
    var name = text(entry.path("name"));
    var total = Money.yuan(entry.path("price").asString("")).times(wish.quantity()).decimal();
    var shipping = text(entry.path("fulfilment"));
    return new Offer(
        id,
        id,
        platform.id(),
        platform.did().value(),
        MerchantKind.SHOP,
        name,
        text(entry.path("category")),
        wish.quantity(),
        List.of(new Offer.PriceLine("base", name, total)),
        total,
        Money.CNY.getCurrencyCode(),
        entry.path("available").asInt(wish.quantity()),
        validUntil(entry),
        platform.at("/catalog/" + id).toString(),
        new OfferDetails.Shop(
            name,
            text(entry.path("description")),
            "",
            attributes(entry),
            wish.quantity(),
            shipping.en().isEmpty() ? AgentPhrases.bilingual("catalog.shipping") : shipping,
            null,
            ""),
        null,
        null);
  }

  private Instant validUntil(JsonNode entry) {
    var latest = world.now().plus(VALIDITY);
    try {
      var stated = Instant.parse(entry.path("price_valid_until").asString(""));
      return stated.isBefore(latest) ? stated : latest;
    } catch (DateTimeParseException unstated) {
      return latest;
    }
  }

  private static Map<String, String> attributes(JsonNode entry) {
    var attributes = new TreeMap<String, String>();
    entry.path("attributes").properties().stream()
        .limit(20)
        .forEach(
            each ->
                attributes.put(
                    UntrustedText.sanitize(each.getKey(), MAX_TEXT),
                    UntrustedText.sanitize(each.getValue().asString(""), MAX_TEXT)));
    return attributes;
  }

  /** Reads a text that a merchant wrote in one language or in both. */
  private static Text text(JsonNode node) {
    var en = node.isString() ? node.stringValue() : node.path("en").asString("");
    var zh = node.path("zh").asString(en);
    return UntrustedText.sanitize(new Text(en.isEmpty() ? zh : en, zh), MAX_TEXT);
  }
}
