package org.actsandbox.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.cost.ProtocolCost;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.json.OpenMembers;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.FieldMistake.Reason;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests that a message is read as it is meant, or refused with all its mistakes. */
class JsonMessageTests {

  enum Size {
    SMALL,
    LARGE
  }

  record Parcel(
      String parcelNo,
      int weightGrams,
      Size size,
      @Nullable LocalDate sentOn,
      @Nullable Did sender,
      @Nullable List<Piece> pieces,
      @Nullable Map<String, String> labels,
      @Nullable Need need,
      @Nullable Remarks remarks,
      @Nullable JsonNode anything) {}

  record Piece(String title, int count) {}

  @OpenMembers
  record Remarks(@Nullable String text) {}

  private static final String GOOD =
      """
      {"parcel_no": "P1", "weight_grams": 5, "size": "SMALL", "sent_on": null,
       "sender": "did:act:ada", "pieces": [{"title": "a", "count": 1}], "labels": {"any": "x"},
       "need": {"kind": "hotel", "city": "Shanghai", "check_in": "2026-01-20", "nights": 1,
                "guests": 1, "rooms": 1},
       "remarks": {"text": "t", "of_our_own": [1]}, "anything": {"deep": [true]}}
      """;

  @Test
  void readsAGoodMessage() {
    var parcel = message(GOOD).bind(Parcel.class);
    assertThat(parcel.sender()).isEqualTo(Did.of("ada"));
    assertThat(parcel.need()).isInstanceOf(Need.Hotel.class);
  }

  /** Checks that a message is not also read value by value, as long as it has no mistake. */
  @Test
  void aGoodMessageIsBoundOnce() {
    var message = message(GOOD);
    var cost = new ProtocolCost.CostCount();
    ProtocolCost.countApart(cost, () -> message.bind(Parcel.class));
    assertThat(cost.of(ProtocolCost.JSON_BINDINGS)).isEqualTo(1);
  }

  /** Checks one mistake at a time: {@code change} is put over the good message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"colour": 1}               | colour               | UNKNOWN    | one of anything, labels, need, parcel_no, pieces, remarks, sender, sent_on, size, weight_grams |
          {"parcel_no": null}         | parcel_no            | MISSING    | a text                        | null
          {"parcel_no": ["x"]}        | parcel_no            | WRONG_FORM | a text                        | a list
          {"weight_grams": "heavy"}   | weight_grams         | WRONG_FORM | a whole number                | heavy
          {"weight_grams": 1.5}       | weight_grams         | WRONG_FORM | a whole number                | the value 1.5
          {"size": "HUGE"}            | size                 | WRONG_FORM | one of SMALL, LARGE           | HUGE
          {"sent_on": "yesterday"}    | sent_on              | WRONG_FORM | a date such as 2026-01-20     | yesterday
          {"sent_on": " "}            | sent_on              | WRONG_FORM | a date such as 2026-01-20     | a text of 1 characters
          {"sent_on": "\\u0007"}       | sent_on              | WRONG_FORM | a date such as 2026-01-20     | a text of 1 characters
          {"sender": "ada"}           | sender               | WRONG_FORM |                               | a text of 3 characters
          {"pieces": {"title": "a"}}  | pieces               | WRONG_FORM | a list                        | an object
          {"pieces": [null]}          | pieces[0]            | MISSING    | a value                       | null
          {"pieces": [{"count": 1}]}  | pieces[0].title      | MISSING    | a text                        |
          {"pieces": [{"title": "a", "count": 1, "cuont": 2}]} | pieces[0].cuont | UNKNOWN | one of count, title |
          {"labels": {"a": [1]}}      | labels.a             | WRONG_FORM | a text                        | a list
          {"need": {"kind": "boat"}}  | need.kind            | WRONG_FORM | one of train, hotel, shop     | a text of 4 characters
          {"need": {"city": "x"}}     | need.kind            | MISSING    | one of train, hotel, shop     |
          {"need": []}                | need                 | WRONG_FORM |                               | a list
          {"remarks": {"text": {}}}   | remarks.text         | WRONG_FORM | a text                        | an object
          """)
  void namesAMistake(
      String change, String field, Reason reason, @Nullable String expected, String observed) {
    var refused = refused(change);
    assertThat(refused.problem()).isEqualTo(Problem.INVALID_FIELD);
    assertThat(refused.mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.field()).isEqualTo(field);
              assertThat(mistake.reason()).isEqualTo(reason);
              assertThat(mistake.expected()).isEqualTo(expected);
              assertThat(mistake.observed()).isEqualTo(observed);
            });
    assertThat(refused.field()).isEqualTo(field);
  }

  @Test
  void namesAllMistakesAtOnce() {
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                message(
                        """
                        {"parcelno": "P1", "weight_grams": "heavy", "pieces": [{"title": "a"}],
                         "need": {"kind": "hotel", "city": 7, "nihgts": 1, "guests": 1}}
                        """)
                    .bind(Parcel.class));
    assertThat(refused.mistakes().stream().map(FieldMistake::field))
        .containsExactly(
            "parcelno",
            "parcel_no",
            "weight_grams",
            "size",
            "pieces[0].count",
            "need.nihgts",
            "need.city",
            "need.check_in",
            "need.nights",
            "need.rooms");
    assertThat(refused.detail()).isEqualTo("there is no field parcelno, and 9 more mistakes");
    assertThat(refused.mistakes().getFirst().remedy()).isEqualTo("Did you mean parcel_no?");
  }

  /** Checks that the answer to a request of nothing but mistakes stays short. */
  @Test
  void anAnswerHasAtMostTwentyMistakes() {
    var endless = Json.object();
    for (int i = 0; i < 5_000; i++) {
      endless.put("x".repeat(40) + i, 1);
    }
    var refused = refused(Json.write(endless));
    assertThat(refused.mistakes()).hasSize(MessageCheck.MAX_MISTAKES);
    assertThat(refused("{\"" + "x".repeat(40_000) + "\": 1}").field()).hasSize(65);
  }

  @Test
  void limitsTextsAndLists() {
    var longText = "x".repeat(MessageCheck.MAX_TEXT + 1);
    assertThat(refused("{\"anything\": [[\"%s\"]]}".formatted(longText)).mistakes())
        .extracting(FieldMistake::field, FieldMistake::reason)
        .containsExactly(tuple("anything[0][0]", Reason.TOO_LONG));
    var list = "[" + "{},".repeat(MessageCheck.MAX_ELEMENTS) + "{}]";
    assertThat(refused("{\"pieces\": %s}".formatted(list)).mistakes())
        .extracting(FieldMistake::field, FieldMistake::observed)
        .containsExactly(tuple("pieces", "65"));
  }

  /** Checks that a text, which may be a secret, is in no answer. */
  @Test
  void quotesNoText() {
    var refused = refused("{\"need\": \"739154\", \"pieces\": \"739154\"}");
    assertThat(refused.mistakes().toString()).doesNotContain("739154");
  }

  @Test
  void aStatementMayHaveMoreFields() {
    var more = message(GOOD).raw().put("of_a_later_version", true);
    assertThat(new JsonMessage(more, Problem.INVALID_FIELD).bindStatement(Parcel.class))
        .isEqualTo(message(GOOD).bind(Parcel.class));
  }

  @ParameterizedTest
  @CsvSource({"lang, language", "max_pricee, max_price", "colour, ", "la, ", "wishes, "})
  void suggestsTheNearestWord(String word, @Nullable String near) {
    assertThat(
            NearestWord.find(word, List.of("language", "max_price", "nights", "seat")).orElse(null))
        .isEqualTo(near);
  }

  @Test
  void collectsTheMistakesOfSeveralChecks() {
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                MistakeCollector.checkAll(
                    () -> FieldChecks.text("title", "", 5),
                    () -> FieldChecks.did("agent_id", "did:act:ada"),
                    () -> FieldChecks.text("label", null, 5),
                    () -> {
                      throw new Refusal(Problem.LIMIT_EXCEEDED, "too much");
                    }));
    assertThat(refused.problem()).isEqualTo(Problem.INVALID_FIELD);
    assertThat(refused.mistakes())
        .extracting(FieldMistake::field, FieldMistake::reason)
        .containsExactly(tuple("title", Reason.WRONG_VALUE), tuple("label", Reason.MISSING));
  }

  private static Refusal refused(String change) {
    var changed = message(GOOD).raw();
    Json.parse(change).properties().forEach(entry -> changed.set(entry.getKey(), entry.getValue()));
    return catchThrowableOfType(
        Refusal.class, () -> new JsonMessage(changed, Problem.INVALID_FIELD).bind(Parcel.class));
  }

  private static JsonMessage message(String json) {
    return JsonMessage.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
