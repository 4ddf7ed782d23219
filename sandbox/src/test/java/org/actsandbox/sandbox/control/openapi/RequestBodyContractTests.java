package org.actsandbox.sandbox.control.openapi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.control.openapi.DescribedOperations.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends wrong bodies to every operation that reads JSON, and expects all mistakes in one answer,
 * each with its place (ADR 29). The bodies are made of the kept examples and schemas, so that a new
 * operation is covered by itself.
 */
class RequestBodyContractTests {

  private static final SandboxServer server = SandboxServer.shared();
  private static final String UNKNOWN = "no_such_field";

  /** A text that is wrong as an id, a word, an amount, an address, a key and a sentence. */
  private static final String WRONG_TEXT = "\u0001";

  private static final int MAX_MISTAKES = 20;

  /**
   * Fields that take any text, and the one that makes an intent an update, whose context is read
   * after it was merged.
   */
  private static final Set<String> ANY_TEXT =
      Set.of(
          "diagnoseSignature signed_text",
          "diagnoseSignature text",
          "sendMessage text",
          "transferIntent previous_request_id");

  /** The verifier answers wrong values itself, signed and with a reason (ACT CRD-9). */
  private static final Set<String> ANSWERED = Set.of("verifyAssociatedCredit");

  /**
   * Bodies whose form another reader decides, with the mistakes it knows: other standards, the
   * verification of a record (TSD-3), a message of any kind that is signed as it is, and the input
   * of a service, which only that service knows.
   */
  private static final Set<String> OF_ANOTHER_READER =
      Set.of(
          "sendMcpMessage",
          "sendA2aMessage",
          "payAlipayBill",
          "depositRecord",
          "signMessage",
          "sendServiceInputByAlipayBill");

  /** What services state to others: read for what is known, after the signature (ADR 29). */
  private static final Set<String> STATEMENTS =
      Set.of(
          "bringDisputeStatement",
          "bringWorldDisputeStatement",
          "notifyAgentOfDelegationState",
          "notifyAgentOfFinding",
          "notifyAgentOfIntentDecision",
          "notifyDelegationServiceOfFinding",
          "notifyMerchantOfFinding",
          "notifyMerchantOfPayment",
          "notifyPaymentServiceOfDelegationState",
          "notifyPaymentServiceOfFinding",
          "requestAgentEvidence",
          "requestDelegationServiceEvidence",
          "requestMerchantEvidence",
          "requestPaymentServiceEvidence");

  private static final DescribedOperations OPERATIONS =
      new DescribedOperations(server, server.newWorld());

  static Stream<String> operations() {
    return OPERATIONS.all().values().stream()
        .filter(each -> each.example() != null && !each.schema().isMissingNode())
        .map(Operation::id)
        .filter(id -> !OF_ANOTHER_READER.contains(id) && !STATEMENTS.contains(id));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anUnknownFieldIsNamed(String id) {
    var body = example(id);
    body.put(UNKNOWN, 1);

    assertThat(mistakes(id, body)).contains(UNKNOWN + " unknown");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void allMissingFieldsAreNamedAsMissing(String id) {
    var body = example(id);
    var required = required(id);
    required.forEach(body::remove);

    if (!required.isEmpty()) {
      assertThat(mistakes(id, body))
          .containsAll(required.stream().map(each -> each + " missing").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void allWrongValuesAreNamedTogether(String id) {
    var body = example(id);
    var wrong = spoilTexts(id, body);

    if (!wrong.isEmpty()) {
      assertThat(places(mistakes(id, body))).containsAll(wrong);
    }
  }

  /** A sender that is new to a message makes mistakes of all kinds at once. */
  @ParameterizedTest
  @MethodSource("operations")
  void mistakesOfFormAndValueAreNamedTogether(String id) {
    var body = example(id);
    var wrong = spoilTexts(id, body);
    required(id).stream()
        .findFirst()
        .ifPresent(
            first -> {
              body.remove(first);
              wrong.add(first);
            });
    body.put(UNKNOWN, "x");
    wrong.add(UNKNOWN);

    assertThat(places(mistakes(id, body))).containsAll(wrong);
  }

  /** Checks ACT CID-3.b: what only one kind of merchant knows is named with all the rest. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          raileast  | {"kind":"train","from":"Hangzhou","date":"soon","passengers":0,"seat_class":"royal","position":"roof","train_type":"X","sort":"x"} | to date passengers seat_class position train_type sort
          stayhub   | {"kind":"hotel","city":" ","check_in":"2026-13-01","nights":0,"guests":99,"rooms":1,"min_stars":9,"sort":"x","room_type":"igloo"} | city check_in nights guests min_stars sort room_type
          luma-mart | {"kind":"shop","terms":" ","quantity":0,"sort":"x","colour":"red"} | terms features quantity sort colour
          """)
  void valuesOfANeedAreNamedWithTheForm(String merchant, String need, String fields) {
    var body = example("transferIntent").put("limit", 51).put(UNKNOWN, 1);
    body.remove("intent_id");
    var context = body.putObject("context");
    context.putArray("explicit_needs").add(Json.parse(need));
    context
        .putObject("constraints")
        .put("max_price", "much")
        .put("delivery_time_requirement", "soon")
        .put("max_prise", "1.00");

    var operation = operation("transferIntent");
    var path =
        OPERATIONS
            .address(operation, "1")
            .replaceAll("/merchants/[^/]+/", "/merchants/" + merchant + "/");
    var answer = OPERATIONS.send(operation, path, OPERATIONS.signed(body).toString());

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().at("/error/details/errors").findValuesAsString("field"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(
                        "intent_id",
                        "limit",
                        UNKNOWN,
                        "context.constraints.max_price",
                        "context.constraints.max_prise",
                        "context.constraints.delivery_time_requirement"),
                    Stream.of(fields.split(" ")).map("context.explicit_needs[0]."::concat))
                .toList());
  }

  private static Operation operation(String id) {
    return requireNonNull(OPERATIONS.all().get(id));
  }

  private static ObjectNode example(String id) {
    return requireNonNull(operation(id).example()).deepCopy();
  }

  private static List<String> required(String id) {
    return operation(id)
        .schema()
        .path("required")
        .valueStream()
        .map(JsonNode::asString)
        .filter(each -> !DescribedOperations.SIGNATURE.contains(each))
        .toList();
  }

  /** Makes all texts of the body wrong, those of absent fields included; returns their places. */
  private static Set<String> spoilTexts(String id, ObjectNode body) {
    var places = new TreeSet<String>();
    for (var field : operation(id).schema().path("properties").properties()) {
      var name = field.getKey();
      if (!DescribedOperations.SIGNATURE.contains(name)
          && isText(OPERATIONS.resolved(field.getValue()))
          && !ANY_TEXT.contains(id + ' ' + name)
          && !ANSWERED.contains(id)
          && places.size() < MAX_MISTAKES - 2) {
        body.put(name, WRONG_TEXT);
        places.add(name);
      }
    }
    return places;
  }

  private static boolean isText(JsonNode schema) {
    return schema.path("type").toString().contains("\"string\"");
  }

  private static Set<String> places(Collection<String> mistakes) {
    var places = new TreeSet<String>();
    mistakes.forEach(each -> places.add(each.substring(0, each.lastIndexOf(' '))));
    return places;
  }

  /** Sends the body and returns the mistakes of the refusal: the place and the reason of each. */
  private static List<String> mistakes(String id, ObjectNode body) {
    var operation = operation(id);
    var answer =
        OPERATIONS.send(
            operation, OPERATIONS.address(operation, "1"), OPERATIONS.signed(body).toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    var problem =
        operation.path().startsWith("/w/") ? answer.json().at("/error/details") : answer.json();
    var all = new ArrayList<String>();
    problem
        .path("errors")
        .forEach(
            each ->
                all.add(each.path("field").asString("") + ' ' + each.path("reason").asString("")));
    return all;
  }
}
