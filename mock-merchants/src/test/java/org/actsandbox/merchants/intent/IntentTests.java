package org.actsandbox.merchants.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.actsandbox.merchants.toy.ToyTestBase;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests intent transfer and its recognizable errors (ACT CID-1, CID-2, CID-3). */
class IntentTests extends ToyTestBase {

  private static final String TEA =
      "{\"kind\":\"shop\",\"terms\":\"tea\",\"features\":[],\"quantity\":2}";

  /** Checks ACT CID-1.c. */
  @Test
  void incompleteEntriesAreNotShown() {
    var all = agent.intent(TEA.replace("tea", "all"));
    var offers = agent.sends("/intents", all).json().path("offers");
    assertThat(offers.valueStream().map(offer -> offer.path("item_id").asString()))
        .containsExactly("cup", "tea");
  }

  /** Checks ACT CID-2.a, CID-2.c, CID-2.d and CID-3.a. */
  @Test
  void anUpdateCarriesOnlyWhatChanged() {
    var first = agent.intent(TEA);
    agent.sends("/intents", first);
    var update =
        agent.intent(
            "{\"quantity\":3}",
            request -> request.put("previous_request_id", first.path("request_id").asString()));
    assertThat(offerId(update)).isEqualTo("tea.3");
    var next =
        agent.intent(
            "{\"terms\":\"cup\",\"brand\":null}",
            request -> request.put("previous_request_id", update.path("request_id").asString()));
    assertThat(offerId(next)).isEqualTo("cup.3");
  }

  private String offerId(ObjectNode request) {
    var answer = agent.sends("/intents", request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("request_id")).isEqualTo(request.path("request_id"));
    return answer.json().at("/offers/0/offer_id").asString();
  }

  /** Checks ACT CID-2.c. */
  @Test
  void onlyTheAgentThatAskedMayUpdate() {
    var first = agent.intent(TEA);
    agent.sends("/intents", first);
    var other = world.otherAgent();
    var answer =
        other.sends(
            "/intents",
            other.intent(
                "{\"quantity\":3}",
                request ->
                    request.put("previous_request_id", first.path("request_id").asString())));
    assertThat(answer.code()).isEqualTo("previous_request_unknown");
  }

  @Test
  void aReplayIsAnsweredAgainAndAnotherContentIsAConflict() {
    var request = agent.intent(TEA);
    assertThat(agent.sends("/intents", request).status()).isEqualTo(200);
    assertThat(agent.sends("/intents", request).status()).isEqualTo(200);
    request.put("limit", 5);
    assertThat(agent.sends("/intents", request).code()).isEqualTo("duplicate_request");
  }

  /** Its id names that content for ever, whether the other content would find something or not. */
  @Test
  void aRequestThatFindsNothingIsRememberedAllTheSame() {
    var request = agent.intent(TEA, limit("20.00"));
    assertThat(agent.sends("/intents", request).code()).isEqualTo("no_match");
    assertThat(agent.sends("/intents", request).code()).isEqualTo("no_match");
    limit("10.00").accept(request);
    assertThat(agent.sends("/intents", request).code()).isEqualTo("duplicate_request");
    limit("90.00").accept(request);
    assertThat(agent.sends("/intents", request).code()).isEqualTo("duplicate_request");
  }

  @Test
  void aPriceLimitLeavesOutWhatIsDearer() {
    var limited = agent.intent(TEA.replace("tea", "all"), limit("20.00"));
    assertThat(offerId(limited)).isEqualTo("cup.2");
    var none = agent.sends("/intents", agent.intent(TEA, limit("20.00")));
    assertThat(none.code()).isEqualTo("no_match");
    assertThat(none.json().at("/error/details/expected").asString()).contains("30.00");
  }

  private static Consumer<ObjectNode> limit(String amount) {
    return request ->
        ((ObjectNode) request.get("context"))
            .putObject("constraints")
            .put("max_unit_price", amount);
  }

  static Stream<Arguments> badRequests() {
    return Stream.of(
        bad(400, "intent_malformed", "request_id", request -> request.put("request_id", "")),
        bad(400, "intent_malformed", "intent_id", request -> request.remove("intent_id")),
        bad(400, "intent_malformed", "context", request -> request.remove("context")),
        bad(400, "intent_malformed", "response_form", r -> r.put("response_form", "poem")),
        bad(400, "intent_malformed", "limit", request -> request.put("limit", 51)),
        bad(400, "intent_malformed", "limit", request -> request.put("limit", "many")),
        bad(400, "intent_malformed", "timestamp", r -> r.put("timestamp", "2026-11-25T07:54:00Z")),
        bad(400, "intent_malformed", "timestamp", r -> r.put("timestamp", "yesterday")),
        bad(400, "intent_malformed", "context.explicit_needs", r -> needs(r, "[]")),
        bad(
            400,
            "intent_malformed",
            "context.explicit_needs[0].terms",
            r -> needs(r, "[{\"kind\":\"shop\",\"features\":[],\"quantity\":2}]")),
        bad(
            404,
            "no_match",
            "context.explicit_needs[0].kind",
            r ->
                needs(
                    r,
                    """
                    [{"kind":"train","from":"a","to":"b","date":"2026-11-26","passengers":1}]
                    """)),
        bad(
            404,
            "no_match",
            "context.explicit_needs[0]",
            r -> needs(r, "[" + TEA.replace("tea", "gold") + "]")),
        bad(
            400,
            "intent_malformed",
            "context.explicit_needs[0].colour",
            r -> needs(r, "[" + TEA.replace("}", ",\"colour\":\"red\"}") + "]")),
        bad(400, "intent_malformed", "context.constraint", r -> context(r, "constraint", "{}")),
        constrained(422, "constraint_unknown", "max_prise", "\"20.00\""),
        constrained(400, "intent_malformed", "max_price", "\"much\""),
        constrained(400, "intent_malformed", "allowed_merchants", "\"luma-mart\""),
        constrained(400, "intent_malformed", "delivery_time_requirement", "\"soon\""),
        constrained(400, "intent_malformed", "allowed_payment_methods", "[\"cheque\"]"),
        constrained(422, "constraint_conflict", "forbidden_merchants", "[\"luma-mart\"]"),
        constrained(422, "constraint_conflict", "forbidden_merchants", "[\"did:act:luma-mart\"]"),
        constrained(422, "constraint_conflict", "allowed_merchants", "[\"bazaar88\"]"),
        constrained(422, "constraint_conflict", "allowed_payment_methods", "[\"x:y\"]"),
        constrained(404, "no_match", "currency", "\"USD\""),
        constrained(404, "no_match", "allowed_categories", "[\"train\"]"),
        constrained(404, "no_match", "forbidden_categories", "[\"toys\"]"),
        constrained(404, "no_match", "forbidden_categories", "[\"shop\"]"),
        constrained(404, "no_match", "max_price", "\"59.99\""),
        constrained(404, "no_match", "min_price", "\"60.01\""),
        constrained(404, "no_match", "max_unit_price", "\"29.99\""),
        constrained(404, "no_match", "delivery_time_requirement", "\"2026-11-26T00:00:00Z/..\""),
        bad(403, "access_restricted", "agent_id", r -> r.put("agent_id", "did:act:other-agent")),
        bad(
            409,
            "previous_request_unknown",
            "previous_request_id",
            r -> r.put("previous_request_id", "Q-never")));
  }

  private static Arguments constrained(int status, String code, String name, String value) {
    return bad(
        status,
        code,
        "context.constraints." + name,
        request -> context(request, "constraints", "{\"%s\":%s}".formatted(name, value)));
  }

  private static void context(ObjectNode request, String member, String json) {
    ((ObjectNode) request.get("context")).set(member, Json.parse(json));
  }

  /** The request has every constraint, and the offer keeps all of them. */
  @Test
  void constraintsThatAreKeptChangeNothing() {
    var all =
        agent.intent(
            TEA,
            request ->
                context(
                    request,
                    "constraints",
                    """
                    {"currency":"CNY","max_unit_price":"30.00","max_price":"60.00","min_price":"60.00",
                     "allowed_merchants":["raileast","did:act:luma-mart"],
                     "forbidden_merchants":["bazaar88"],"allowed_categories":["SHOP"],
                     "forbidden_categories":["train"],
                     "allowed_payment_methods":["act-sandbox:instant","balance"],
                     "delivery_time_requirement":"2026-11-25T08:00:00Z/2026-11-25T08:00:00Z"}
                    """));
    assertThat(offerId(all)).isEqualTo("tea.2");
  }

  /**
   * Implicit needs fill the fields that the need leaves open; the answer names those that it does
   * not follow.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"brand":"Toy"}   | {}                | tea.2 |
          {"brand":"Toy"}   | {"sort":"cheapest"} | tea.2 |
          {"colour":"red"}  | {"music":"jazz"}  | tea.2 | implicit_needs.colour preferences.music
          {"quantity":"3"}  | {"terms":"cup"}   | tea.2 | implicit_needs.quantity preferences.terms
          {"deliver_by":"soon"} | {"brand":"Toy"} | tea.2 | implicit_needs.deliver_by preferences.brand
          """)
  void implicitNeedsAndPreferencesAreFollowedOrNamed(
      String implicit, String preferences, String offer, String named) {
    var request =
        agent.intent(
            TEA,
            hinted -> {
              context(hinted, "implicit_needs", implicit);
              context(hinted, "preferences", preferences);
            });
    var answer = agent.sends("/intents", request);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().at("/offers/0/offer_id").asString()).isEqualTo(offer);
    assertThat(
            answer.json().path("not_considered").valueStream().map(JsonNode::stringValue).toList())
        .isEqualTo(named == null ? List.of() : List.of(named.split(" ")));
  }

  private static void needs(ObjectNode request, String needs) {
    ((ObjectNode) request.get("context")).set("explicit_needs", Json.parse(needs));
  }

  private static Arguments bad(int status, String code, String field, Consumer<ObjectNode> change) {
    return Arguments.of(status, code, field, change);
  }

  /** Checks ACT CID-3.b and CID-3.c. */
  @ParameterizedTest(name = "{1} at {2}")
  @MethodSource("badRequests")
  void isRefusedRecognizably(int status, String code, String field, Consumer<ObjectNode> change) {
    var answer = agent.sends("/intents", agent.intent(TEA, change));
    assertThat(List.of(answer.status(), answer.code(), answer.field()))
        .as(answer.text())
        .isEqualTo(List.of(status, code, field));
    assertThat(answer.json().at("/error/error_id").asString()).startsWith("ACT-");
    assertThat(answer.json().at("/error/valid_next_actions").size()).isPositive();
  }

  /** Checks ACT CID-2.b. */
  @Test
  void aBodyThatIsNoJsonOrNotSignedIsRefused() {
    assertThat(agent.posts("/intents", new byte[] {91, 93}, Map.of()).code())
        .isEqualTo("intent_malformed");
    assertThat(agent.posts("/intents", Json.bytes(agent.intent(TEA)), Map.of()).code())
        .isEqualTo("signature_missing");
  }

  @Test
  void oldRequestsAreDeletedAfterADay() {
    var first = agent.intent(TEA);
    agent.sends("/intents", first);
    world.advance(Duration.ofHours(25));
    var update =
        agent.intent(
            "{\"quantity\":3}",
            request -> request.put("previous_request_id", first.path("request_id").asString()));
    assertThat(agent.sends("/intents", update).code()).isEqualTo("previous_request_unknown");
  }

  /** Checks ACT CID-3.c. */
  @Test
  void aRunawayAgentIsSlowedDownAndOthersAreNot() {
    var nanos = new AtomicLong();
    var rates = new AgentRateLimiter(1_000, nanos::get);
    var runaway = Did.of("runaway");
    for (int i = 0; i < 2_000; i++) {
      rates.take(runaway);
    }
    assertThatThrownBy(() -> rates.take(runaway))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.problem().code()).isEqualTo("intent_rate_limited"));
    rates.take(Did.of("calm"));
    nanos.addAndGet(Duration.ofMillis(5).toNanos());
    for (int i = 0; i < 1_000 / 200; i++) {
      rates.take(runaway);
    }
    assertThatThrownBy(() -> rates.take(runaway)).isInstanceOf(Refusal.class);
  }
}
