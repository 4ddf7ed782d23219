package org.actsandbox.agent.builtin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Tells the principal in a few sentences what a tool answered; each of several recommendations has
 * a line of its own.
 */
final class ToolResultReport {

  /** Merchants' text is quoted up to this length. */
  private static final int MAX_QUOTED_CHARS = 160;

  private static final int MAX_ANSWER_CHARS = 900;

  /** The states of {@code purchase_status} that have no sentence of their own. */
  private static final Set<String> STATES =
      Set.of(
          "planned", "held", "requested", "paid", "unavailable", "failed", "released", "returned");

  /** The states in which the money has moved and was not given back. */
  private static final Set<String> PAID = Set.of("paid", "delivered");

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

  private final Lang lang;
  private final @Nullable Budget budget;
  private final List<String> sentences = new ArrayList<>();

  ToolResultReport(Lang lang, @Nullable Budget budget) {
    this.lang = lang;
    this.budget = budget;
  }

  String of(String tool, String result) {
    JsonNode answer;
    try {
      answer = Json.parse(result);
    } catch (JacksonException notJson) {
      return BuiltInReplies.text("unreadable", lang);
    }
    if (answer.hasNonNull("error")) {
      return BuiltInReplies.text("error", lang, quoted(answer.path("error")));
    }
    switch (tool) {
      case "search_offers" -> search(answer);
      case "buy_offers", "purchase_status" -> purchases(answer);
      case "request_authority" -> authority(answer);
      case "explain_offers" -> sentences.add(ownSentence(answer.path("answer")));
      case "ask_principal" -> sentences.add(quoted(answer.path("asked")));
      default -> sentences.add(BuiltInReplies.text("unreadable", lang));
    }
    return String.join(lang == Lang.ZH ? "" : " ", sentences).replace("\n ", "\n").strip();
  }

  private void authority(JsonNode answer) {
    var questions = answer.path("open_questions");
    if (questions.isEmpty()) {
      sentences.add(
          BuiltInReplies.text("authority.asked", lang, quoted(answer.path("confirm_url"))));
      return;
    }
    for (var question : questions) {
      sentences.add(BuiltInReplies.text("authority.open", lang, quoted(question)));
    }
  }

  private void search(JsonNode answer) {
    Set<String> recommended = new HashSet<>();
    answer.path("recommended").forEach(id -> recommended.add(id.asString("")));
    int reported = 0;
    for (var search : answer.path("searches")) {
      if (search.path("offers").isEmpty()) {
        reportNothing(search);
      }
      for (var offer : search.path("offers")) {
        if (recommended.contains(offer.path("offer_id").asString(""))) {
          sentences.add(recommendation(offer) + (recommended.size() > 1 ? "\n" : ""));
          reported++;
        }
      }
    }
    remarks(answer);
    leftOut(answer);
    reportTotal(answer, reported);
  }

  /** Says what was not found, in the words of the wish, and what the merchants said about it. */
  private void reportNothing(JsonNode search) {
    var want = ownSentence(search.path("want"));
    var reasons =
        search
            .path("reasons")
            .valueStream()
            .map(ToolResultReport::ownSentence)
            .distinct()
            .limit(2)
            .collect(Collectors.joining(lang == Lang.ZH ? "；" : "; "));
    if (isUnsold(search)) {
      sentences.add(BuiltInReplies.text("no_seller." + kind(search), lang));
    } else if (want.isEmpty()) {
      sentences.add(BuiltInReplies.text("nothing." + kind(search), lang));
    } else if (!reasons.isEmpty()) {
      sentences.add(
          BuiltInReplies.text("nothing.because", lang, want, reasons)
              .replaceFirst("([?？])[.。]$", "$1"));
    } else if (search.path("nearest").isObject()) {
      var nearest = search.path("nearest");
      sentences.add(
          BuiltInReplies.text(
              "nothing.nearest",
              lang,
              want,
              ownSentence(nearest.path("title")),
              price(nearest.path("total"), nearest.path("currency"))));
    } else {
      sentences.add(BuiltInReplies.text("nothing.want", lang, want));
    }
  }

  /** Says which of the principal's words were not searched for, and what was assumed. */
  private void remarks(JsonNode answer) {
    for (var type : List.of("unsupported", "unread", "assumed")) {
      var words =
          answer
              .path(type)
              .valueStream()
              .map(ToolResultReport::ownSentence)
              .collect(
                  Collectors.joining(
                      type.equals("assumed") && lang == Lang.ZH
                          ? "；"
                          : lang == Lang.ZH ? "、" : type.equals("assumed") ? "; " : ", "));
      if (!words.isEmpty()) {
        sentences.add(BuiltInReplies.text("remark." + type, lang, words));
      }
    }
  }

  private static boolean isUnsold(JsonNode search) {
    var asked = search.path("platforms_asked");
    return asked.isArray() && asked.isEmpty() && search.path("platforms_left_out").isEmpty();
  }

  private static String kind(JsonNode search) {
    return MerchantKind.find(search.path("kind").asString(""))
        .filter(MerchantKind::hasOffers)
        .orElse(MerchantKind.SHOP)
        .code();
  }

  private String recommendation(JsonNode offer) {
    var why = quoted(offer.path("why")).replaceAll("[.。!！]+$", "");
    var key = why.isEmpty() ? "recommend" : "recommend.why";
    return BuiltInReplies.text(
        key,
        lang,
        quoted(offer.path("title")),
        price(offer.path("total"), offer.path("currency")),
        quoted(merchantName(offer, "merchant")),
        why);
  }

  private void leftOut(JsonNode answer) {
    answer
        .path("searches")
        .valueStream()
        .flatMap(search -> search.path("platforms_left_out").valueStream())
        .map(left -> quoted(left.path("reason")))
        .filter(reason -> !reason.isEmpty() && reported(answer).noneMatch(reason::contains))
        .distinct()
        .forEach(reason -> sentences.add(BuiltInReplies.text("left.out", lang, reason)));
  }

  /** Returns the reasons that were reported already for what was not found. */
  private static Stream<String> reported(JsonNode answer) {
    return answer
        .path("searches")
        .valueStream()
        .flatMap(search -> search.path("reasons").valueStream())
        .map(ToolResultReport::ownSentence);
  }

  private void reportTotal(JsonNode answer, int reported) {
    boolean offers =
        answer.path("searches").valueStream().anyMatch(s -> !s.path("offers").isEmpty());
    var total = price(answer.path("total"), answer.path("currency"));
    if (!offers) {
      var searches = answer.path("searches");
      boolean explained = searches.valueStream().anyMatch(s -> !s.path("reasons").isEmpty());
      if (!explained
          && (searches.isEmpty() || !searches.valueStream().allMatch(ToolResultReport::isUnsold))) {
        boolean goods =
            searches.valueStream().allMatch(s -> kind(s).equals(MerchantKind.SHOP.code()));
        sentences.add(BuiltInReplies.text(goods ? "nothing.try.shop" : "nothing.try", lang));
      }
    } else if (!answer.path("fits_budget").asBoolean(true)) {
      sentences.add(
          budget == null
              ? BuiltInReplies.text("over.budget", lang, total)
              : BuiltInReplies.text(
                  "over.budget.of", lang, total, yuan(budget.amount(), budget.currency())));
    } else if (reported == 0) {
      boolean missing =
          answer.path("searches").valueStream().anyMatch(s -> s.path("offers").isEmpty());
      sentences.add(BuiltInReplies.text(missing ? "nothing.try" : "choose", lang));
    } else {
      if (reported > 1) {
        sentences.add(BuiltInReplies.text("together", lang, total));
      }
      sentences.add(BuiltInReplies.text(reported > 1 ? "shall.all" : "shall", lang));
    }
  }

  private void purchases(JsonNode answer) {
    var topic = answer.path("topic").asString("");
    for (var purchase : answer.path("purchases")) {
      var state = purchase.path("state").asString("");
      var key =
          switch (state) {
            case "waiting_for_approval" -> "buy.waiting";
            case "delivered" -> "buy.done";
            case "declined" -> "buy.declined";
            default -> "buy.state";
          };
      var title = topic.isEmpty() ? "" : ownSentence(purchase.path("title"));
      sentences.add(
          (title.isEmpty() ? "" : title + (lang == Lang.ZH ? "：" : ": "))
              + BuiltInReplies.text(
                  key,
                  lang,
                  quoted(purchase.path("order_no")),
                  price(purchase.path("amount"), purchase.path("currency")),
                  state(state)));
      orderTopic(topic, purchase);
    }
    if (topic.equals("order.spent") && !sentences.isEmpty()) {
      sentences.add(BuiltInReplies.text("buy.spent", lang, "¥" + paid(answer.path("purchases"))));
    }
    for (var problem : answer.path("problems")) {
      var suggestion = quoted(problem.path("suggestion"));
      sentences.add(
          BuiltInReplies.text(
              suggestion.isEmpty() ? "buy.problem" : "buy.problem.suggestion",
              lang,
              quoted(problem.path("reason")).replaceAll("[.。!！]+$", ""),
              suggestion));
    }
    if (sentences.isEmpty()) {
      var orderNo = quoted(answer.path("order_no"));
      int others = answer.path("orders_of_other_kinds").asInt(0);
      sentences.add(
          !orderNo.isEmpty()
              ? BuiltInReplies.text("buy.unknown", lang, orderNo)
              : others > 0
                  ? BuiltInReplies.text("buy.none." + kind(answer), lang, others)
                  : BuiltInReplies.text("buy.none", lang));
    }
  }

  /** Adds up what was paid for the purchases; all amounts of the agent are yuan. */
  private static BigDecimal paid(JsonNode purchases) {
    return purchases
        .valueStream()
        .filter(purchase -> PAID.contains(purchase.path("state").asString("")))
        .map(purchase -> new BigDecimal(purchase.path("amount").asString("0")))
        .reduce(BigDecimal.ZERO.setScale(2), BigDecimal::add);
  }

  /** Answers the topic of a question about an order, from the order's own facts. */
  private void orderTopic(String topic, JsonNode purchase) {
    var policy = ownSentence(purchase.path("policy")).replaceFirst("[.。]$", "");
    switch (topic) {
      case "order.refund", "order.return" -> {
        if (!policy.isEmpty()) {
          sentences.add(BuiltInReplies.text("order.policy", lang, policy));
        }
        sentences.add(BuiltInReplies.text("order.how", lang, quoted(purchase.path("order_no"))));
      }
      case "order.change" -> {
        if (!policy.isEmpty()) {
          sentences.add(BuiltInReplies.text("order.policy", lang, policy));
        }
        sentences.add(BuiltInReplies.text("order.change", lang));
      }
      case "order.receipt" ->
          sentences.add(
              BuiltInReplies.text("order.receipt", lang, quoted(purchase.path("trade_no"))));
      default -> {}
    }
  }

  private String state(String state) {
    return BuiltInReplies.text("buy.state." + (STATES.contains(state) ? state : "other"), lang);
  }

  /** Returns the name by which people know the merchant, or the id when there is no name. */
  private static JsonNode merchantName(JsonNode node, String field) {
    var name = node.path(field + "_name");
    return name.isString() ? name : node.path(field);
  }

  private static String price(JsonNode amount, JsonNode currency) {
    return yuan(quoted(amount), quoted(currency));
  }

  private static String yuan(String amount, String currency) {
    return currency.isEmpty() || currency.equals("CNY") ? "¥" + amount : amount + " " + currency;
  }

  /** Quotes the text of others on one line, of limited length and without invisible characters. */
  private static String quoted(JsonNode text) {
    return shortened(text, MAX_QUOTED_CHARS);
  }

  /** Returns one of the agent's own sentences, which may be longer than a merchant's title. */
  private static String ownSentence(JsonNode text) {
    return shortened(text, MAX_ANSWER_CHARS);
  }

  /** Shortens a text, but never inside a word. */
  private static String shortened(JsonNode text, int maxChars) {
    var plain = UNPRINTABLE.matcher(text.asString("")).replaceAll(" ").strip();
    if (plain.length() <= maxChars) {
      return plain;
    }
    var cut =
        plain.substring(
            0,
            plain.offsetByCodePoints(
                0, Math.min(maxChars, plain.codePointCount(0, plain.length())) - 1));
    int blank = cut.lastIndexOf(' ');
    return (blank > maxChars / 2 ? cut.substring(0, blank) : cut) + "…";
  }
}
