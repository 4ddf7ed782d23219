package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.agent.language.text.SelectivePattern;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Holds the rules of files, one a line: what it means, a regular expression, an example, which runs
 * as a test, and perhaps the value of the example. A bar between blanks separates the fields.
 *
 * <p>In an expression {@code {n}} stands for a number, {@code {time}} for a time of day and {@code
 * {duration}} for a length of time, which are captured, {@code {number}} for a number, which is
 * not, and the name of other lines, or of lines {@code part | name | expression}, for the
 * expressions of all of them. The name of a rule about the words around a value ends in {@code <}
 * if they stand right before it, in {@code >} if they stand right after it, in {@code ~} if they
 * may stand anywhere, and in {@code =} if they are the whole text.
 */
public final class RuleFile {

  /** All files whose lines a contributor extends by one line. */
  public static final List<String> NAMES =
      List.of(
          "dates.txt",
          "days.txt",
          "counts.txt",
          "hours.txt",
          "costs.txt",
          "words.txt",
          "phrases.txt");

  /** Ours: words that change a value begin at most so far before it. */
  private static final int MAX_BEFORE = 60;

  private static final Pattern UNKNOWN_PART = Pattern.compile("(?<!\\\\[pP])\\{[^\\d}][^}]*}");

  /**
   * Represents one line.
   *
   * @param kind the first word of what the line means
   * @param argument its other words; empty if there are none
   */
  public record Rule(
      String kind, String argument, ScriptedPattern pattern, String example, String value) {}

  private final List<Rule> lines = new ArrayList<>();
  private final List<Rule> rules;
  private final Map<String, SelectivePattern> surroundings;
  private final Map<String, String> parts =
      new LinkedHashMap<>(
          Map.of(
              "{number}",
              Numerals.NUMBER,
              "{n}",
              "(" + Numerals.NUMBER + ")",
              "{time}",
              "(" + ClockTime.PATTERN + ")",
              "{duration}",
              "(" + TimeSpan.PATTERN + ")"));

  private RuleFile(Class<?> beside, List<String> names) {
    var fields =
        names.stream()
            .flatMap(name -> WordLists.lines(beside, name).stream())
            .map(line -> List.of(line.split(" \\| ", -1)))
            .toList();
    fields.stream()
        .filter(RuleFile::isPart)
        .forEach(part -> parts.merge("{" + part.get(1) + "}", part.get(2), RuleFile::or));
    var kinds = new LinkedHashMap<String, String>();
    fields.stream()
        .filter(line -> !isPart(line))
        .forEach(line -> kinds.merge("{" + line.getFirst() + "}", line.get(1), RuleFile::or));
    kinds.forEach(parts::putIfAbsent);
    fields.stream()
        .filter(line -> !isPart(line) || line.size() > 3)
        .map(this::rule)
        .forEach(lines::add);
    rules = lines.stream().filter(rule -> !isPart(rule) && !isSurrounding(rule)).toList();
    surroundings = new LinkedHashMap<>();
    lines.stream()
        .filter(RuleFile::isSurrounding)
        .collect(
            Collectors.groupingBy(
                rule -> (rule.kind() + " " + rule.argument()).strip(),
                Collectors.mapping(
                    rule -> rule.pattern().whole().pattern(), Collectors.joining("|"))))
        .forEach(
            (name, any) ->
                surroundings.put(
                    name,
                    name.endsWith("<") ? SelectivePattern.atEnd(any) : SelectivePattern.of(any)));
  }

  /** Reads files beside this class as one. */
  public static RuleFile of(String... names) {
    return new RuleFile(RuleFile.class, List.of(names));
  }

  /** Reads files beside another class as one. */
  public static RuleFile of(Class<?> beside, String... names) {
    return new RuleFile(beside, List.of(names));
  }

  /** Returns the lines with their examples in their order. */
  public List<Rule> lines() {
    return lines;
  }

  /**
   * Offers what the rules find to {@code reader} and claims what it takes. The rules are in their
   * order: the first one that fits a stretch takes it.
   */
  void claim(Sentence sentence, Predicate<Rule> applies, BiPredicate<Rule, Matcher> reader) {
    var text = ScriptedPattern.Text.of(sentence.plain());
    for (var rule : rules) {
      if (applies.test(rule)) {
        rule.pattern()
            .in(text)
            .ifPresent(
                pattern -> sentence.claimMatches(pattern, match -> reader.test(rule, match)));
      }
    }
  }

  /** Returns the rules that give a value. */
  List<Rule> rules() {
    return rules;
  }

  /** Returns whether such words stand right before that place of the text. */
  public boolean precedes(String name, String text, int end) {
    return before(name, text, end).find();
  }

  /** Returns whether such words stand right after that place of the text. */
  public boolean follows(String name, String text, int start) {
    return after(name, text, start).lookingAt();
  }

  /** Returns whether such words stand anywhere in the text. */
  public boolean occurs(String name, String text) {
    return anywhere(name, text).find();
  }

  /** Returns whether such words are the whole text. */
  public boolean fits(String name, String text) {
    return whole(name, text).matches();
  }

  /** Returns a matcher for a text that may be such words as a whole. */
  public Matcher whole(String name, String text) {
    return surrounding(name + " =").whole().matcher(text);
  }

  /** Returns a matcher that finds such words right before that place of the text. */
  public Matcher before(String name, String text, int end) {
    return surrounding(name + " <").in(text).region(Math.max(0, end - MAX_BEFORE), end);
  }

  /** Returns a matcher that looks at such words right after that place of the text. */
  public Matcher after(String name, String text, int start) {
    return surrounding(name + " >").whole().matcher(text).region(start, text.length());
  }

  /** Returns a matcher that finds such words in the text. */
  public Matcher anywhere(String name, String text) {
    return surrounding(name + " ~").in(text);
  }

  /** Returns a pattern of all expressions of this name. */
  public Pattern any(String name) {
    return anyOf(name).whole();
  }

  /** Returns a pattern of all expressions of this name, for searches in many texts. */
  SelectivePattern anyOf(String name) {
    return SelectivePattern.of(
        inFull(Objects.requireNonNull(parts.get("{" + name + "}"), "no rule " + name)));
  }

  /** Returns the alternatives of a part. */
  public List<String> part(String name) {
    return List.of(parts.getOrDefault("{" + name + "}", "").split("\\|", -1));
  }

  /** Returns what the groups of a match captured. */
  public static List<String> captured(Matcher match) {
    return IntStream.rangeClosed(1, match.groupCount())
        .mapToObj(match::group)
        .filter(Objects::nonNull)
        .toList();
  }

  private SelectivePattern surrounding(String name) {
    var pattern = surroundings.get(name);
    if (pattern == null) {
      throw new IllegalStateException("no rule is named \"%s\"".formatted(name));
    }
    return pattern;
  }

  private Rule rule(List<String> fields) {
    int expression = isPart(fields) || fields.size() == 5 ? 2 : 1;
    if (fields.size() < expression + 2 || fields.size() > expression + 3) {
      throw new IllegalStateException(
          "meaning, expression, example and perhaps value expected: " + String.join(" | ", fields));
    }
    var meaning = String.join(" ", fields.subList(0, expression)).split(" ", 2);
    return new Rule(
        meaning[0],
        meaning.length == 1 ? "" : meaning[1],
        ScriptedPattern.of(inFull(fields.get(expression))),
        fields.get(expression + 1),
        fields.size() == expression + 2 ? "" : fields.get(expression + 2));
  }

  /** Returns an expression in which each name of a part is replaced by its expressions. */
  public String inFull(String expression) {
    var full = expression;
    for (var part = UNKNOWN_PART.matcher(full); part.find(); part = UNKNOWN_PART.matcher(full)) {
      var words = parts.get(part.group());
      if (words == null) {
        throw new IllegalStateException("no part %s: %s".formatted(part.group(), expression));
      }
      full = full.replace(part.group(), "(?:" + words + ")");
    }
    return full;
  }

  private static String or(String one, String other) {
    return one + "|" + other;
  }

  private static boolean isPart(List<String> fields) {
    return fields.getFirst().equals("part");
  }

  private static boolean isPart(Rule rule) {
    return rule.kind().equals("part");
  }

  private static boolean isSurrounding(Rule rule) {
    return rule.argument().matches("(?:.* )?[<>~=]");
  }
}
