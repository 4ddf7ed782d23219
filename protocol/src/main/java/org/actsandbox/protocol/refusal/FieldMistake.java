package org.actsandbox.protocol.refusal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One mistake in a request. A refusal of a request has all mistakes that were found in it.
 *
 * @param field path such as {@code context.explicit_needs[0].date}
 * @param message a sentence for people
 * @param expected description of a fitting value
 * @param observed the value, shortened; absent for texts, which may be secrets
 * @param remedy what to do instead, as a whole sentence
 */
public record FieldMistake(
    String field,
    Reason reason,
    String message,
    @Nullable String expected,
    @Nullable String observed,
    @Nullable String remedy) {

  /** Returns the mistake of a part as one of the whole, whose field {@code at} the part is. */
  public FieldMistake below(String at) {
    return new FieldMistake(at + "." + field, reason, message, expected, observed, remedy);
  }

  /** Lists the kinds of mistakes, for programs. */
  public enum Reason {
    /** The message has no such field. */
    UNKNOWN,
    MISSING,
    /** The value has the wrong type or form. */
    WRONG_FORM,
    TOO_LONG,
    /** The form is right, but the value is not allowed here. */
    WRONG_VALUE;

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
