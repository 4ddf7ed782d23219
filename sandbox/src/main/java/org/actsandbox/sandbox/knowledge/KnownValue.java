package org.actsandbox.sandbox.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * A value somebody can know.
 *
 * @param value in the form it is compared in
 * @param owner whose own it is, if it is not the principal's: DID
 */
record KnownValue(Datum datum, Match match, String value, @Nullable String owner) {

  /** How it is recognized in a text. */
  enum Match {
    /** A word of its own. */
    TOKEN,
    /** A number of its own, however it is written. */
    NUMBER,
    /** Anywhere in the text, whatever stands between its words. */
    PHRASE,
    /** Any five words of it in a row, eight characters of a Chinese one. */
    SENTENCE,
    /** Several phrases in one message, separated by a bar. */
    TOGETHER,
    /** The value of a field that says what it is: {@code account=balance}. */
    FIELD
  }

  static KnownValue of(Datum datum, Match match, String value) {
    return new KnownValue(datum, match, value, null);
  }

  /** A number says nothing by itself: others may have come to the same one. */
  boolean isNumber() {
    return match == Match.NUMBER;
  }
}
