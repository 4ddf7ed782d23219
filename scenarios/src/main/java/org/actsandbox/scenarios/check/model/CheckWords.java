package org.actsandbox.scenarios.check.model;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.actsandbox.protocol.document.SentenceCatalog;

/** Holds the Chinese sentences of all checks; the English ones stand beside the checks. */
final class CheckWords {

  private static final Properties CHINESE = read();

  /** The sentences about outcomes, by their English pattern. */
  private static final SentenceCatalog SENTENCES =
      SentenceCatalog.of(CheckWords.class, "sentences_zh.txt");

  private CheckWords() {}

  /**
   * Returns a sentence of a check.
   *
   * @param lang {@code zh}; anything else is English
   * @param part does | why | mend
   */
  static String of(String lang, String id, String part, String english) {
    return lang.equals("zh") ? CHINESE.getProperty(id + "." + part, english) : english;
  }

  /** Returns the Chinese pattern of a sentence; one without a word in it is the same for all. */
  static String chinese(String pattern) {
    return SENTENCES.pattern(pattern);
  }

  /** Returns the English patterns that have a Chinese one. */
  static Set<String> patterns() {
    return SENTENCES.patterns();
  }

  private static Properties read() {
    var properties = new Properties();
    try (var stream = CheckWords.class.getResourceAsStream("checks_zh.properties");
        var reader =
            new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
