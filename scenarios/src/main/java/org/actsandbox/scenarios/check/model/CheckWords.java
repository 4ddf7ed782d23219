package org.actsandbox.scenarios.check.model;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** Holds the Chinese sentences of all checks; the English ones stand beside the checks. */
final class CheckWords {

  private static final Properties CHINESE = read();

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
