package org.actsandbox.sandbox.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * Represents a value that participants can know.
 *
 * @param value value in the form in which it is compared
 * @param owner DID of the owner, if the value does not belong to the principal
 */
record KnownValue(Datum datum, Match match, String value, @Nullable String owner) {

  /** Lists the ways to recognize a value in a text. */
  enum Match {
    /** The text has the value as a whole word. */
    TOKEN,
    /** The text has the number in any spelling, and not as a part of a longer one. */
    NUMBER,
    /** The text has the words one after another, with any separators between them. */
    PHRASE,
    /** The text has any five words of the sentence in a row, or eight Chinese characters. */
    SENTENCE,
    /** One message has several phrases, which the value separates by a bar. */
    TOGETHER,
    /** The value of a named field: {@code account=balance}. */
    FIELD
  }

  static KnownValue of(Datum datum, Match match, String value) {
    return new KnownValue(datum, match, value, null);
  }

  /**
   * Says whether the value is an amount, which proves nothing by itself: another participant may
   * have come to the same amount.
   */
  boolean isNumber() {
    return match == Match.NUMBER;
  }
}
