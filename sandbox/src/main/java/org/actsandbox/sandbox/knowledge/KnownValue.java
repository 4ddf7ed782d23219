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
    /** A word of its own. */
    TOKEN,
    /** A number of its own, in any spelling. */
    NUMBER,
    /** Words that follow each other, with any separators between them. */
    PHRASE,
    /** Any five of its words in a row, or eight characters of a Chinese sentence. */
    SENTENCE,
    /** Several phrases in one message, separated by a bar. */
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
