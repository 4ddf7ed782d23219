package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What the user must be asked before there can be an authority (ACT ADD-1).
 *
 * @param field where the answer goes: {@code ext.commerce.max_single_amount}
 * @param expected what would do, for programs
 */
public record OpenQuestion(String field, OpenQuestion.Cause why, String expected) {

  /** What is wrong with the field. */
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
