package org.actsandbox.sandbox.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Constraints;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.RecordFields;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests docs/needs.md: merchants accept its examples, which are sent unchanged. */
class NeedsDocumentTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");
  private static final Path DOCUMENT = Path.of("..", "docs", "needs.md");
  private static final String TEXT = text();

  private static String text() {
    try {
      return Files.readString(DOCUMENT)
          .replace("TOMORROW", LocalDate.of(2026, 11, 26).toString())
          .replace("NEXT_WEEK", LocalDate.of(2026, 12, 2).toString());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<JsonNode> examples() {
    return Pattern.compile("```json\\n(.*?)\\n```", Pattern.DOTALL)
        .matcher(TEXT)
        .results()
        .map(match -> Json.parse(match.group(1)));
  }

  private static JsonNode need(String kind) {
    return examples()
        .filter(each -> each.path("kind").asString("").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode constraints() {
    return examples().filter(each -> !each.has("kind")).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"train, raileast", "hotel, stayhub", "shop, luma-mart"})
  void theExampleGetsOffersWithEveryConstraint(String kind, String merchant) {
    var answer = sent(merchant, need(kind), constraints());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("offers").isEmpty()).isFalse();
  }

  /** Checks that the page has every field and no others. */
  @Test
  void thePageNamesEveryField() {
    var needs =
        Map.of("train", Need.Train.class, "hotel", Need.Hotel.class, "shop", Need.Shop.class);
    needs.forEach(
        (kind, type) -> {
          for (var field : RecordFields.names(type)) {
            assertThat(TEXT).as(kind).contains("`" + field + "`");
          }
        });
    assertThat(new TreeSet<>(constraints().propertyNames()))
        .isEqualTo(RecordFields.names(Constraints.class));
    for (var constraint : RecordFields.names(Constraints.class)) {
      assertThat(TEXT).contains("`" + constraint + "`");
    }
  }

  /**
   * Checks that every vertical observes the constraints: limits that no offer meets leave no offer.
   */
  @ParameterizedTest
  @CsvSource({
    "train, raileast, max_price, 404",
    "train, gotrip-rail, forbidden_categories, 404",
    "train, gotrip-rail, forbidden_merchants, 422",
    "hotel, stayhub, max_unit_price, 404",
    "hotel, gotrip-hotels, delivery_time_requirement, 404",
    "hotel, gotrip-hotels, allowed_merchants, 422",
    "shop, luma-mart, min_price, 404",
    "shop, bazaar88, delivery_time_requirement, 404",
    "shop, bazaar88, allowed_payment_methods, 422",
    "shop, bazaar88, max_prise, 422"
  })
  void everyVerticalObservesTheConstraints(
      String kind, String merchant, String constraint, int status) {
    var values =
        Map.of(
            "max_price", "\"0.01\"",
            "max_unit_price", "\"0.01\"",
            "min_price", "\"999999.00\"",
            "forbidden_categories", "[\"" + kind + "\"]",
            "forbidden_merchants", "[\"" + merchant + "\"]",
            "allowed_merchants", "[\"nobody\"]",
            "delivery_time_requirement", "\"../2026-11-25T01:00:00Z\"",
            "allowed_payment_methods", "[\"urn:act:payment:alipay\"]",
            "max_prise", "\"1.00\"");
    var bounds = Json.object();
    bounds.set(constraint, Json.parse(values.get(constraint)));
    var answer = sent(merchant, need(kind), bounds);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().at("/error/details/field").asString())
        .isEqualTo("context.constraints." + constraint);
  }

  @ParameterizedTest
  @CsvSource({"train, raileast", "hotel, stayhub", "shop, luma-mart"})
  void anUnknownFieldIsRefusedByItsName(String kind, String merchant) {
    var need = (ObjectNode) need(kind).deepCopy();
    var answer = sent(merchant, need.put("colour", "red"), Json.object());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/details/field").asString())
        .isEqualTo("context.explicit_needs[0].colour");
  }

  /** Checks that a real vertical follows a hint if it can, and names it if it cannot. */
  @Test
  void hintsAreFollowedOrNamed() {
    var need =
        (ObjectNode)
            Json.parse(
                """
                {"kind":"train","from":"Hangzhou","to":"Shanghai","date":"2026-11-26","passengers":1}
                """);
    var followed = hinted(need, "{\"seat_class\":\"first\"}", "{\"train_type\":\"G\"}");
    assertThat(followed.json().at("/offers/0/details/seat_class").asString()).isEqualTo("first");
    assertThat(followed.json().has("not_considered")).isFalse();
    var given = hinted(need, "{\"seat_class\":\"first\"}", "{\"position\":\"middle\"}");
    assertThat(given.json().at("/offers/0/details/seat_class").asString()).isEqualTo("first");
    assertThat(
            given.json().path("not_considered").valueStream().map(JsonNode::stringValue).toList())
        .isEqualTo(List.of("preferences.position"));
  }

  /** Checks a wish for first class, which costs more than the limit. Checks ACT CID-2.e. */
  @Test
  void aHintGivesWayToAConstraint() {
    var need =
        (ObjectNode)
            Json.parse(
                """
                {"kind":"train","from":"Hangzhou","to":"Shanghai","date":"2026-11-26","passengers":1,
                 "sort":"cheapest"}
                """);
    var cheapest = hinted(need, "{}", "{}").json().at("/offers/0");
    var first = hinted(need, "{\"seat_class\":\"first\"}", "{}").json().at("/offers/0");
    assertThat(cheapest.at("/details/seat_class").asString()).isEqualTo("second");
    var dear = new BigDecimal(first.path("total").asString());
    assertThat(dear).isGreaterThan(new BigDecimal(cheapest.path("total").asString()));
    // Well below first class and above second: places and prices may move until the next search.
    var limit =
        new BigDecimal(cheapest.path("total").asString())
            .add(dear)
            .divide(BigDecimal.TWO, 2, RoundingMode.DOWN)
            .toPlainString();
    for (var where : List.of("implicit_needs", "preferences")) {
      var context = hints(need, "{}", "{}");
      context.set(where, Json.parse("{\"seat_class\":\"first\"}"));
      context.putObject("constraints").put("max_price", limit);

      var bounded = sent("raileast", context).json();

      assertThat(bounded.path("offers")).isNotEmpty();
      assertThat(bounded.path("offers"))
          .allSatisfy(
              offer ->
                  assertThat(new BigDecimal(offer.path("total").asString()))
                      .isLessThanOrEqualTo(new BigDecimal(limit)));
      assertThat(bounded.path("not_considered").valueStream().map(JsonNode::stringValue))
          .containsExactly(where + ".seat_class");
    }
  }

  private static SandboxServer.Answer hinted(JsonNode need, String implicit, String preferences) {
    return sent("raileast", hints(need, implicit, preferences));
  }

  private static ObjectNode hints(JsonNode need, String implicit, String preferences) {
    var context = Json.object();
    context.putArray("explicit_needs").add(need);
    context.set("implicit_needs", Json.parse(implicit));
    context.set("preferences", Json.parse(preferences));
    return context;
  }

  private static SandboxServer.Answer sent(String merchant, JsonNode need, JsonNode bounds) {
    var context = Json.object();
    context.putArray("explicit_needs").add(need);
    context.set("constraints", bounds);
    return sent(merchant, context);
  }

  private static SandboxServer.Answer sent(String merchant, JsonNode context) {
    // A seed of its own: in some worlds all rooms of the example are sold.
    var world =
        server
            .worlds()
            .create(
                new Worlds.NewWorld(
                    null,
                    "needs",
                    WorldSettings.DEFAULT,
                    ClockState.of(WorldClock.Mode.STOPPED, NOW, NOW)));
    var request =
        Json.object()
            .put("request_id", "Q-1")
            .put("intent_id", "I-1")
            .put("agent_id", World.AGENT.value())
            .put("timestamp", world.clock().instant().toString())
            .put("response_form", "offers");
    request.set("context", context);
    return server.post(
        "/w/" + world.name() + "/merchants/" + merchant + "/intents",
        Json.write(SignedJson.sign(request, world.signer(World.AGENT))),
        "Content-Type",
        "application/json");
  }
}
