package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A question that the user must answer before there can be an authority (ACT ADD-1).
 *
 * @param field path of the field for the answer, such as {@code ext.commerce.max_single_amount}
 * @param why the problem of the field
 * @param expected description of a valid answer
 */
public record OpenQuestion(String field, OpenQuestion.Cause why, String expected) {

  /** Lists the problems that a field can have. */
  public enum Cause {
    MISSING,
    CONTRADICTORY,
    INVALID;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
