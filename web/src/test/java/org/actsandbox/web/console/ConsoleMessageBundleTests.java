package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.sandbox.fault.FaultName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the English and the Chinese bundles have the same keys and no unused ones. */
class ConsoleMessageBundleTests {

  private static final Path MAIN = Path.of("src", "main");
  private static final Path MESSAGES = MAIN.resolve("resources/messages");

  /**
   * Matches keys that are made with a code at run time: the part before the code and the part after
   * it.
   */
  private static final Pattern COMPOSED =
      Pattern.compile(
          "#\\{\\|([a-z.]+)\\$\\{[^|]*}([a-z.]*)\\||(?:say|sayOr)\\(['\"]([a-zA-Z.]+\\.)['\"]"
              + " ?\\+");

  private static final Pattern LITERAL =
      Pattern.compile(
          "#\\{([a-zA-Z0-9_.]+)|(?:say|sayOr)\\(\\s*['\"]([a-zA-Z0-9_.]+[a-zA-Z0-9_])['\"]");

  /** Matches the name of a thing that waits for the clock. */
  private static final Pattern WAITS =
      Pattern.compile(
          "\\bWaiting\\((?!\\s*row\\.getString)[^;\"]*\"([a-z_"
              + " ]+)\"|(?:DueTable\\.(?:ofWorld|Columns)|new PspRetries)\\([^;]*\"([a-z_"
              + " ]+)\"(?:\\)|,\\s*this)");

  @ParameterizedTest
  @ValueSource(strings = {"console", "stage", "fields", "errors"})
  void bothLanguagesHaveTheSameKeys(String bundle) throws IOException {
    assertThat(keys(bundle + "_zh")).isEqualTo(keys(bundle));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console",
        "stage",
        "fields",
        "errors",
        "console_zh",
        "stage_zh",
        "fields_zh",
        "errors_zh"
      })
  void nothingIsEmptyAndNoStraightQuoteHidesAParameter(String bundle) throws IOException {
    var messages = load(bundle);
    assertThat(messages.stringPropertyNames())
        .allSatisfy(
            key -> assertThat(messages.getProperty(key)).as(key).isNotBlank().doesNotContain("'"));
  }

  @Test
  void chineseIsChinese() throws IOException {
    var messages = load("console_zh");
    var latin =
        messages.stringPropertyNames().stream()
            .filter(
                key ->
                    !messages
                        .getProperty(key)
                        .codePoints()
                        .anyMatch(ConsoleMessageBundleTests::isHan))
            .filter(key -> messages.getProperty(key).matches(".*[a-z]{4,}.*"))
            .collect(Collectors.toCollection(TreeSet::new));
    // These contain a suggestion in the other language and the name of a header.
    assertThat(latin).containsExactly("fault.parameter.header.hint", "try.example.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"console_zh", "stage_zh", "fields_zh", "errors_zh"})
  void chineseHasOneWordForOneThing(String bundle) throws IOException {
    var messages = load(bundle);
    // The words of docs/glossary.md are 沙箱, 商户, 用户, 支付密码, 争议 and 授权服务.
    assertThat(messages.stringPropertyNames())
        .allSatisfy(
            key ->
                assertThat(messages.getProperty(key))
                    .as(key)
                    .doesNotContain("沙盒", "商家", "委托人", "PIN", "纠纷", "委托服务"));
  }

  @Test
  void everyUsedKeyExistsAndEveryKeyIsUsed() throws IOException {
    var sources = sources();
    var known = new TreeSet<>(keys("console"));
    known.addAll(keys("stage"));
    var literal = matches(LITERAL, sources);
    var composed = prefixes(sources);
    assertThat(literal).as("used, but missing").allMatch(known::contains);
    assertThat(
            known.stream()
                .filter(key -> !literal.contains(key))
                .filter(key -> composed.stream().noneMatch(key::startsWith)))
        .as("there, but not used")
        .isEmpty();
  }

  @Test
  void everyEventOfTheJournalHasAMessageAndNoOtherHas() throws IOException {
    var messages =
        keys("console").stream()
            .filter(key -> key.startsWith("event."))
            .map(key -> key.substring("event.".length()))
            .toList();
    var events = Arrays.stream(JournalEvent.values()).map(JournalEvent::code).toList();
    // The page of a delegation says this of a watch that goes on after a failure.
    assertThat(messages)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(events.stream(), Stream.of("watch-again")).toList());
  }

  @Test
  void everyRefusalFaultAndDueThingHasAMessage() throws IOException {
    var known = keys("console");
    var waits = new TreeSet<>(matches(WAITS, modules()));
    assertThat(waits).as("what waits for the clock").contains("hold", "dispute", "refund");
    waits.addAll(List.of("watch", "task"));
    assertThat(waits).allMatch(what -> known.contains("due." + what.replace(' ', '_')));
    assertThat(Problem.values()).allMatch(problem -> known.contains("refusal." + problem.code()));
    assertThat(FaultName.values()).allMatch(fault -> known.contains("fault." + fault.code()));
  }

  private static List<String> modules() throws IOException {
    var code = new ArrayList<String>();
    for (var module :
        List.of("protocol", "participant", "mock-merchants", "agent-demo", "sandbox")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(ConsoleMessageBundleTests::isJava)
            .map(ConsoleMessageBundleTests::text)
            .forEach(code::add);
      }
    }
    return code;
  }

  private static boolean isJava(Path file) {
    return file.toString().endsWith(".java");
  }

  private static Set<String> matches(Pattern pattern, List<String> sources) {
    return sources.stream()
        .flatMap(source -> pattern.matcher(source).results())
        .map(match -> match.group(1) != null ? match.group(1) : match.group(2))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> prefixes(List<String> sources) {
    return sources.stream()
        .flatMap(source -> COMPOSED.matcher(source).results())
        .map(match -> match.group(1) != null ? match.group(1) : match.group(3))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> templates = Files.walk(MAIN.resolve("resources/templates"));
        Stream<Path> code = Files.walk(MAIN.resolve("java/org/actsandbox/web/console"))) {
      return Stream.concat(templates, code)
          .filter(Files::isRegularFile)
          .map(ConsoleMessageBundleTests::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  private static Set<String> keys(String bundle) throws IOException {
    return new TreeSet<>(load(bundle).stringPropertyNames());
  }

  private static Properties load(String bundle) throws IOException {
    var messages = new Properties();
    try (Reader reader = Files.newBufferedReader(MESSAGES.resolve(bundle + ".properties"))) {
      messages.load(reader);
    }
    return messages;
  }

  private static boolean isHan(int codePoint) {
    return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
  }
}
