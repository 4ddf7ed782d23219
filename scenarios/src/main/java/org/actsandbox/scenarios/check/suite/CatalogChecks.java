package org.actsandbox.scenarios.check.suite;

import static org.actsandbox.scenarios.check.model.CheckLevel.SHOP;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.Goods;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import tools.jackson.databind.JsonNode;

/** Checks the catalog: what each entry says, and that its pages end (CID-1). */
final class CatalogChecks {

  /** Ours: a catalog of a thousand pages is as right as one of these. */
  private static final int MAX_PAGES = 10;

  private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]*)([.][0-9]{1,2})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  static final List<MerchantCheck> ALL =
      List.of(
          must(Goods.CATALOG, SHOP, "CID-1.a")
              .says(
                  "Reads the first page of the catalog.",
                  "What is not in the catalog is not found by any agent.",
                  "Serve {items: [...], next} at /catalog.")
              .runs(context -> context.goods().catalog()),
          must("catalog.entries", SHOP, "CID-1.a")
              .says(
                  "Looks in every entry for id, name, category, price and currency.",
                  "An entry without one of them cannot be compared or bought.",
                  "Fill all five members in every entry.")
              .needs(Goods.CATALOG)
              .runs(CatalogChecks::entries),
          must("catalog.prices", SHOP, "CID-1.a")
              .says(
                  "Reads every price as a decimal text and every currency as an ISO 4217 code.",
                  "A price that programs read differently is not a price.",
                  "Write prices such as \"12.50\" and currencies such as \"CNY\".")
              .needs(Goods.CATALOG)
              .runs(CatalogChecks::prices),
          must("catalog.ids", SHOP, "CID-1.a")
              .says(
                  "Walks over the pages and looks for an id that stands twice.",
                  "An id that means two things buys the wrong one.",
                  "Give every item an id of its own, and every page only its own items.")
              .needs(Goods.CATALOG)
              .runs(
                  context -> {
                    var seen = new HashSet<String>();
                    for (var entry : pages(context)) {
                      var id = entry.path("id").asString("");
                      context.require(
                          seen.add(id), "each id once", CheckSentence.of("{0} stands twice", id));
                    }
                  }),
          should("catalog.pages", SHOP, "CID-1.b")
              .says(
                  "Follows the cursor and looks whether the pages move on.",
                  "A cursor that leads back keeps a reader for ever.",
                  "Let next lead to other items, and leave it out on the last page.")
              .needs(Goods.CATALOG)
              .runs(CatalogChecks::cursors),
          should("catalog.details", SHOP, "CID-1.b")
              .says(
                  "Looks for availability, merchant and detail reference in every entry.",
                  "They spare the agent a request for each entry.",
                  "Add availability, merchant_id and detail_ref.")
              .needs(Goods.CATALOG)
              .runs(
                  context ->
                      context
                          .goods()
                          .catalog()
                          .forEach(
                              entry ->
                                  List.of("availability", "merchant_id", "detail_ref")
                                      .forEach(
                                          member ->
                                              context.require(
                                                  entry.has(member),
                                                  CheckSentence.of("a member {0}", member),
                                                  entry)))),
          should("catalog.item", SHOP, "CID-1.b")
              .says(
                  "Reads the first entry at its own address and compares id and price.",
                  "Two prices for one thing are one too many.",
                  "Serve the same entry at /catalog/{id} as in the list.")
              .needs(Goods.CATALOG)
              .runs(CatalogChecks::item),
          should("catalog.text", SHOP, "CID-1.b")
              .says(
                  "Reads names and descriptions for text that gives orders to agents.",
                  "An agent is there for its principal; such a text is an attack on it.",
                  "Describe the goods, and nothing else.")
              .needs(Goods.CATALOG)
              .playedBy("hidden-instruction-in-a-title")
              .runs(
                  context ->
                      context
                          .goods()
                          .catalog()
                          .forEach(entry -> AgentText.requirePlain(context, entry))));

  private CatalogChecks() {}

  private static void entries(CheckContext context) {
    for (var entry : context.goods().catalog()) {
      context.require(
          entry.path("id").isString() && !entry.path("id").stringValue().isEmpty(), "an id", entry);
      for (var member : List.of("name", "category")) {
        context.require(
            !Goods.text(entry.path(member)).isEmpty(),
            CheckSentence.of("a member {0}", member),
            entry);
      }
      for (var member : List.of("price", "currency")) {
        context.require(entry.has(member), CheckSentence.of("a member {0}", member), entry);
      }
    }
  }

  private static void prices(CheckContext context) {
    for (var entry : context.goods().catalog()) {
      context.require(
          entry.path("price").isString()
              && AMOUNT.matcher(entry.path("price").stringValue()).matches(),
          "a price as decimal text with at most two decimals",
          entry.path("id") + ": " + entry.path("price"));
      context.require(
          CURRENCY.matcher(entry.path("currency").asString("")).matches(),
          "an ISO 4217 code",
          entry.path("id") + ": " + entry.path("currency"));
    }
  }

  private static List<JsonNode> pages(CheckContext context) {
    return context.once(
        "pages",
        () -> {
          var entries = new ArrayList<JsonNode>();
          var cursor = "";
          for (int page = 0; page < MAX_PAGES; page++) {
            var reply = context.get("/catalog?limit=20" + cursor);
            context.require(reply.status() == 200, "200 for every page", reply);
            reply.json().path("items").forEach(entries::add);
            var next = reply.json().path("next").asString("");
            if (next.isEmpty()) {
              break;
            }
            cursor = "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
          }
          return List.copyOf(entries);
        });
  }

  private static void cursors(CheckContext context) {
    var seen = new HashSet<String>();
    var cursor = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      var json = context.get("/catalog?limit=20" + cursor).json();
      var next = json.path("next").asString("");
      if (next.isEmpty()) {
        return;
      }
      context.require(
          seen.add(next), "a cursor that moves on", CheckSentence.of("cursor {0} again", next));
      context.require(
          !json.path("items").isEmpty(),
          "items on a page before the last",
          CheckSentence.of("an empty page"));
      cursor = "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }
  }

  private static void item(CheckContext context) {
    var entry = context.goods().catalog().getFirst();
    var reference = entry.path("detail_ref").asString("");
    if (reference.isEmpty()) {
      throw CheckEnd.notApplicable("the first entry has no detail_ref");
    }
    var reply = context.send("GET", context.resolve(reference), Map.of(), new byte[0]);
    context.require(reply.status() == 200, "200 at the detail_ref", reply);
    for (var member : List.of("id", "price", "currency")) {
      context.requireSame(
          member, entry.path(member).asString(""), reply.json().path(member).asString(""));
    }
  }
}
