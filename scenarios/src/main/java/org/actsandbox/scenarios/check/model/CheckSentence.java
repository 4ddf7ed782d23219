package org.actsandbox.scenarios.check.model;

import java.util.List;
import org.actsandbox.protocol.document.SentenceCatalog;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;

/**
 * A sentence about the outcome of a check, kept as its pattern and its values, so that each reader
 * gets it in a language of their own.
 *
 * @param pattern the English words, which are also the name of the Chinese ones; {@code {0}} is the
 *     place of the first value
 * @param values texts that are the same in every language, and sentences
 */
public record CheckSentence(String pattern, List<Object> values) {

  /** The sentence of an outcome that needs no words. */
  public static final CheckSentence NOTHING = new CheckSentence("", List.of());

  public CheckSentence {
    values = List.copyOf(values);
  }

  /** Returns a sentence; a value is a sentence too, or is written as its text. */
  public static CheckSentence of(String pattern, Object... values) {
    return new CheckSentence(pattern, List.of(values));
  }

  /** Returns what a merchant or a program said, which no language changes. */
  public static CheckSentence said(Object said) {
    return said instanceof CheckSentence sentence ? sentence : of("{0}", String.valueOf(said));
  }

  /** Returns one sentence after the other. */
  public static CheckSentence joined(List<CheckSentence> sentences) {
    return sentences.stream()
        .reduce((before, after) -> CheckSentence.of("{0}; {1}", before, after))
        .orElse(NOTHING);
  }

  /** Returns how a merchant did not answer. */
  public static CheckSentence of(MerchantSilent silent) {
    return silent.seconds() == 0
        ? said(silent.why())
        : CheckSentence.of("no complete answer within {0} s", silent.seconds());
  }

  /** Returns the sentence in the language {@code en} or {@code zh}. */
  public String in(String lang) {
    return SentenceCatalog.fill(
        lang.equals("zh") ? CheckWords.chinese(pattern) : pattern, place -> value(place, lang));
  }

  private String value(int place, String lang) {
    var value = values.get(place);
    return value instanceof CheckSentence sentence ? sentence.in(lang) : String.valueOf(value);
  }

  public boolean isEmpty() {
    return pattern.isEmpty();
  }

  /** Returns whether it is a sentence of this pattern, with any values. */
  public boolean is(String other) {
    return pattern.equals(other);
  }

  @Override
  public String toString() {
    return in("en");
  }
}
