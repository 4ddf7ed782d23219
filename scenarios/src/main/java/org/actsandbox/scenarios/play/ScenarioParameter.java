package org.actsandbox.scenarios.play;

import java.util.regex.Pattern;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * One thing in a scenario that somebody may change to see the outcome differ.
 *
 * @param name JSON pointer: {@code /world/seed}, {@code /world/faults/0}, {@code /steps/3/percent};
 *     steps count from 1
 * @param value as text; {@code on} for a switch
 */
public record ScenarioParameter(String name, Text label, Kind kind, String value) {

  public static final String ON = "on";
  public static final String OFF = "off";

  /** What a knob can be turned to. */
  public enum Kind {
    /** A fault, a disturbance, a spoiled field, a defective stand-in. */
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

    /** The narrowest kind that has this value. */
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
   * @throws Refusal {@code invalid_field} when the kind has no such value
   */
  JsonNode checked(String wanted) {
    if (!kind.values.matcher(wanted).matches()) {
      throw new Refusal(Problem.INVALID_FIELD, "the knob %s has no such value".formatted(name))
          .at(name)
          .expected(kind.expected)
          .observed(wanted);
    }
    return kind == Kind.NUMBER
        ? Json.mapper().getNodeFactory().numberNode(new java.math.BigDecimal(wanted))
        : Json.tree(wanted);
  }
}
