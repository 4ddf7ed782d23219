package org.actsandbox.scenarios.check.model;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the Chinese sentences of all checks; the English ones stand beside the checks. */
final class CheckWords {

  private static final Properties CHINESE = read();

  /** The sentences about outcomes, by their English pattern. */
  private static final Map<String, String> SENTENCES = sentences();

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
    return SENTENCES.getOrDefault(pattern, pattern);
  }

  /** Returns the English patterns that have a Chinese one. */
  static Set<String> patterns() {
    return SENTENCES.keySet();
  }

  private static Properties read() {
    var properties = new Properties();
    try (var reader = open("checks_zh.properties")) {
      properties.load(reader);
      return properties;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, String> sentences() {
    try (var reader = open("sentences_zh.txt")) {
      return reader.readAllLines().stream()
          .filter(line -> !line.isEmpty() && !line.startsWith("# "))
          .map(line -> line.split(" = ", 2))
          .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line[1]));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Reader open(String name) {
    return new InputStreamReader(
        Objects.requireNonNull(CheckWords.class.getResourceAsStream(name)), StandardCharsets.UTF_8);
  }
}
