package org.actsandbox.kit.shop;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.RequestRefusedException;
import org.actsandbox.protocol.commerce.Constraints;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.IntentResponse;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.JsonMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers intents with offers of the goods whose words are asked for (CID-1 to CID-3). */
final class ShopIntents {

  private static final Duration VALID = Duration.ofMinutes(15);
  private static final int KNOWN_REQUESTS = 10_000;
  private static final Pattern WORDS = Pattern.compile("\\W+", Pattern.UNICODE_CHARACTER_CLASS);

  private final MerchantSettings settings;
  private final ShopProfile profile;
  private final ShopGoods goods;

  /** The contexts of earlier requests by agent and request id, for updates of them. */
  private final Map<String, ObjectNode> contexts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ObjectNode> eldest) {
          return size() > KNOWN_REQUESTS;
        }
      };

  ShopIntents(MerchantSettings settings, ShopProfile profile, ShopGoods goods) {
    this.settings = settings;
    this.profile = profile;
    this.goods = goods;
  }

  /** Answers the intent of an agent whose signature was verified. */
  String answer(JsonMessage message, String agentDid, Instant now) {
    var whole = message.raw().deepCopy();
    var context = context(whole, agentDid);
    whole.set("context", context);
    var intent = new JsonMessage(whole, message.invalid()).bindStatement(IntentRequest.class);
    remember(agentDid + " " + intent.requestId(), context);
    if (!(intent.context().explicitNeeds().getFirst() instanceof Need.Shop need)) {
      throw RequestRefusedException.of("no_match", "this shop sells goods");
    }
    var constraints = intent.context().constraints();
    requireWelcome(constraints);
    var offers =
        goods.items().stream()
            .filter(item -> item.left() >= need.quantity() && matches(item, need.terms()))
            .filter(item -> isWithin(constraints, item, need.quantity()))
            .limit(Objects.requireNonNullElse(intent.limit(), IntentRequest.MAX_LIMIT))
            .map(item -> offer(item, need.quantity(), now))
            .toList();
    if (offers.isEmpty()) {
      throw RequestRefusedException.of("no_match", profile.description());
    }
    return Json.write(
        new IntentResponse(
            intent.requestId(),
            intent.intentId(),
            settings.id(),
            now,
            offers,
            notConsidered(intent.context())));
  }

  /** Returns what is asked for: an update says only what changed since the request before it. */
  private ObjectNode context(ObjectNode intent, String agentDid) {
    if (!(intent.get("context") instanceof ObjectNode context)) {
      throw RequestRefusedException.of("intent_malformed", "context is not an object");
    }
    if (!intent.hasNonNull("previous_request_id")) {
      return context;
    }
    ObjectNode merged;
    synchronized (contexts) {
      var previous = contexts.get(agentDid + " " + intent.get("previous_request_id").asString(""));
      if (previous == null) {
        throw RequestRefusedException.of(
            "previous_request_unknown", "this shop does not know the request before the update");
      }
      merged = previous.deepCopy();
    }
    for (var change : context.properties()) {
      if (change.getKey().equals("explicit_needs") && change.getValue().size() == 1) {
        patch((ObjectNode) merged.path("explicit_needs").get(0), change.getValue().get(0));
      } else if (change.getValue() instanceof ObjectNode changes
          && merged.get(change.getKey()) instanceof ObjectNode old) {
        patch(old, changes);
      } else {
        merged.set(change.getKey(), change.getValue());
      }
    }
    return merged;
  }

  /** Ours: an update is a merge patch (RFC 7396), so that null takes a field away. */
  private static void patch(ObjectNode target, JsonNode changes) {
    for (var field : changes.properties()) {
      if (field.getValue().isNull()) {
        target.remove(field.getKey());
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }

  private void remember(String request, ObjectNode context) {
    synchronized (contexts) {
      contexts.put(request, context);
    }
  }

  private static boolean matches(ShopItem item, String terms) {
    var words = (item.name() + " " + item.category()).toLowerCase(Locale.ROOT);
    return Arrays.stream(WORDS.split(terms.toLowerCase(Locale.ROOT)))
        .anyMatch(word -> !word.isEmpty() && words.contains(word));
  }

  private void requireWelcome(@Nullable Constraints given) {
    if (given == null) {
      return;
    }
    var allowed = given.allowedMerchants();
    var forbidden = given.forbiddenMerchants();
    var names = List.of(settings.id(), settings.did());
    boolean isMissing = allowed != null && names.stream().noneMatch(allowed::contains);
    boolean isForbidden = forbidden != null && names.stream().anyMatch(forbidden::contains);
    if (isMissing || isForbidden) {
      throw RequestRefusedException.of("constraint_conflict", "this merchant is not allowed");
    }
  }

  private static boolean isWithin(@Nullable Constraints given, ShopItem item, int quantity) {
    if (given == null) {
      return true;
    }
    var total = item.total(quantity);
    var least = given.minPrice();
    return isAtMost(total, given.maxPrice())
        && isAtMost(item.price(), given.maxUnitPrice())
        && (least == null || isAtMost(least, total))
        && isOfCategory(given, item);
  }

  private static boolean isOfCategory(Constraints given, ShopItem item) {
    var names = List.of(item.category(), MerchantKind.SHOP.code());
    var allowed = given.allowedCategories();
    var forbidden = given.forbiddenCategories();
    return (allowed == null || names.stream().anyMatch(allowed::contains))
        && (forbidden == null || names.stream().noneMatch(forbidden::contains));
  }

  private static boolean isAtMost(String amount, @Nullable String bound) {
    try {
      return bound == null || new BigDecimal(amount).compareTo(new BigDecimal(bound)) <= 0;
    } catch (NumberFormatException malformed) {
      throw RequestRefusedException.of("intent_malformed", "a bound is not an amount");
    }
  }

  /** Names what the offers do not follow, so that the agent does not rely on it. */
  private static @Nullable List<String> notConsidered(IntentContext context) {
    var names = new ArrayList<String>();
    var implicit = Objects.requireNonNullElse(context.implicitNeeds(), Map.<String, String>of());
    var preferred = Objects.requireNonNullElse(context.preferences(), Map.<String, String>of());
    implicit.keySet().forEach(name -> names.add("implicit_needs." + name));
    preferred.keySet().forEach(name -> names.add("preferences." + name));
    return names.isEmpty() ? null : names;
  }

  private Offer offer(ShopItem item, int quantity, Instant now) {
    var total = item.total(quantity);
    var name = Text.untranslated(item.name());
    var promised = now.plus(profile.deliveryTime()).atOffset(ZoneOffset.UTC);
    return new Offer(
        item.id() + "~" + quantity,
        item.id(),
        settings.id(),
        settings.did(),
        MerchantKind.SHOP,
        name,
        Text.untranslated(item.category()),
        quantity,
        List.of(new Offer.PriceLine("base", name, total)),
        total,
        "CNY",
        item.left(),
        now.plus(VALID),
        settings.url() + "/catalog/" + item.id(),
        new OfferDetails.Shop(
            name,
            Text.untranslated("standard"),
            profile.name(),
            Map.of(),
            quantity,
            Text.untranslated("standard"),
            promised,
            "0.0"),
        null,
        null);
  }
}
