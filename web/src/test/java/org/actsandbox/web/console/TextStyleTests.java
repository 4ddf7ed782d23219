package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that texts for users name the party in English and have one word for the agent in Chinese.
 */
class TextStyleTests {

  /** Modules with message bundles for users; the pack of scenarios is read on its own. */
  private static final List<String> MODULES =
      List.of("agent-demo", "mock-merchants", "sandbox", "web");

  private static final Path PACK = Path.of("..", "scenarios", "pack");

  /** Words that leave open which party is meant. */
  private static final Pattern VAGUE =
      Pattern.compile(
          "\\b(nobody|somebody|whoever|whomever|whosever|whatever|whose|likewise|everybody|anybody)\\b",
          Pattern.CASE_INSENSITIVE);

  /** A proxy or a broker; ACT and the field call an agent 智能体. */
  private static final Pattern PROXY = Pattern.compile("代理");

  /** A title, a reason or a note of a scenario; identifiers in its steps are no texts. */
  private static final Pattern SCENARIO_TEXT =
      Pattern.compile("^ +(?:en|zh): (.*)$|\\bnote: \\{en: (.*)\\}$", Pattern.MULTILINE);

  @Test
  void englishMessagesNameTheParty() {
    assertThat(messages(false)).hasSizeGreaterThan(1_500).noneMatch(TextStyleTests::isVague);
  }

  @Test
  void chineseMessagesCallTheAgentByItsName() {
    assertThat(messages(true))
        .hasSizeGreaterThan(1_500)
        .noneMatch(message -> PROXY.matcher(message).find());
  }

  @Test
  void scenarioTextsFollowBothRules() {
    assertThat(scenarioTexts())
        .hasSizeGreaterThan(500)
        .noneMatch(TextStyleTests::isVague)
        .noneMatch(text -> PROXY.matcher(text).find());
  }

  @ParameterizedTest
  @CsvSource({
    "Nobody approved it in time, true",
    "It is decided by whoever holds it, true",
    "Everybody's keys, true",
    "The principal approved it, false",
    "It was left somewhere, false"
  })
  void vagueWordsAreFound(String text, boolean vague) {
    assertThat(isVague(text)).isEqualTo(vague);
  }

  private static boolean isVague(String text) {
    return VAGUE.matcher(text).find();
  }

  private static List<String> messages(boolean chinese) {
    return MODULES.stream()
        .flatMap(module -> files(Path.of("..", module, "src", "main", "resources"), ".properties"))
        .filter(file -> isChinese(file) == chinese)
        .flatMap(TextStyleTests::values)
        .toList();
  }

  private static boolean isChinese(Path bundle) {
    return bundle.toString().endsWith("_zh.properties");
  }

  private static List<String> scenarioTexts() {
    return files(PACK, ".yaml")
        .flatMap(file -> SCENARIO_TEXT.matcher(text(file)).results())
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .toList();
  }

  private static Stream<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The messages of a bundle without their keys, which users do not see. */
  private static Stream<String> values(Path bundle) {
    var messages = new Properties();
    try (var reader = Files.newBufferedReader(bundle)) {
      messages.load(reader);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return messages.stringPropertyNames().stream().map(messages::getProperty);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
