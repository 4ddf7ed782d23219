package org.actsandbox.scenarios.play;

import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * Represents one thing in a scenario that a person may change to see another outcome.
 *
 * @param name JSON pointer such as {@code /world/seed}, {@code /world/faults/0} or {@code
 *     /steps/3/percent}; steps count from 1
 * @param value the present value as text; {@code on} for a switch
 */
public record ScenarioParameter(String name, Text label, Kind kind, String value) {

  public static final String ON = "on";
  public static final String OFF = "off";

  /** Lists the kinds of values that a parameter can have. */
  public enum Kind {
    /** A fault, a disturbance, a changed field or a mutant, which can be switched off. */
    SWITCH("on|off", "on or off"),
    AMOUNT("\\d{1,12}(\\.\\d{1,2})?", "an amount such as 73.00"),
    NUMBER("-?\\d{1,9}(\\.\\d{1,6})?", "a number"),
    DURATION(
        "P(?!$)(\\d{1,5}D)?(T(?=\\d)(\\d{1,5}H)?(\\d{1,6}M)?(\\d{1,8}S)?)?",
        "an ISO 8601 duration such as PT10M"),
    TEXT("(?s).{1,500}", "1 to 500 characters");

    private final Pattern values;
    private final String expected;

    Kind(String values, String expected) {
      this.values = Pattern.compile(values);
      this.expected = expected;
    }

    /** Returns the narrowest kind to which the value belongs. */
    static Kind of(JsonNode value) {
      if (value.isNumber()) {
        return NUMBER;
      }
      var text = value.asString("");
      if (text.matches("\\d{1,12}\\.\\d\\d")) {
        return AMOUNT;
      }
      return DURATION.values.matcher(text).matches() ? DURATION : TEXT;
    }
  }

  /**
   * Converts a text into a value of this parameter's kind.
   *
   * @throws Refusal {@code invalid_field} if the kind has no such value
   */
  JsonNode checked(String wanted) {
    if (!kind.values.matcher(wanted).matches()) {
      throw new Refusal(
              Problem.INVALID_FIELD, "the parameter %s cannot have this value".formatted(name))
          .at(name)
          .expected(kind.expected)
          .observed(wanted);
    }
    return kind == Kind.NUMBER
        ? Json.mapper().getNodeFactory().numberNode(new java.math.BigDecimal(wanted))
        : Json.tree(wanted);
  }
}
