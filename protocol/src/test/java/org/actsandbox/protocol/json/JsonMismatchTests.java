package org.actsandbox.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DatabindException;

/** Tests the description of JSON that does not fit its type. */
class JsonMismatchTests {

  enum Level {
    L1,
    L2
  }

  record Line(int quantity, boolean gift) {}

  record Sample(
      @Nullable String pin,
      @Nullable Instant at,
      @Nullable LocalDate day,
      @Nullable Duration pause,
      @Nullable Level level,
      @Nullable List<Line> lines,
      @Nullable Need need,
      @Nullable Line line,
      @Nullable BigDecimal amount,
      @Nullable StringBuilder other) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          {"at": "soon"}                        | at                | a time such as 2026-01-20T08:00:00Z | soon
          {"day": "2026-02-30"}                 | day               | a date such as 2026-01-20           | 2026-02-30
          {"pause": "ten minutes"}              | pause             | a duration such as PT10M            | ten minutes
          {"level": "L9"}                       | level             | one of L1, L2                       | L9
          {"lines": [{"quantity": "many"}]}     | lines[0].quantity | a whole number                      | many
          {"lines": [{"gift": "perhaps"}]}      | lines[0].gift     | true or false                       | perhaps
          {"lines": {"quantity": 1}}            | lines             | a list                              | -
          {"line": 3}                           | line              | an object                           | -
          {"pin": {"secret": 975318}}           | pin               | a text                              | -
          {"amount": {"value": 1}}              | amount            | a number such as 12.50              | -
          {"other": [1]}                        | other             | -                                   | -
          {"need": {"kind": "boat"}}            | need.kind         | one of train, hotel, shop           | boat
          {"need": {"type": "shop"}}            | need.kind         | one of train, hotel, shop           | nothing
          """)
  void reportsPlaceExpectedAndObservedValue(
      String json, String at, @Nullable String expected, @Nullable String observed) {
    var failed = catchThrowableOfType(DatabindException.class, () -> Json.read(json, Sample.class));

    assertThat(JsonMismatch.of(failed)).isEqualTo(new JsonMismatch(at, expected, observed));
  }
}
