package org.actsandbox.agent.language.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a selection of alternatives finds what all of them find. */
class SelectivePatternTests {

  /** Every fifth example stands for all of them, because all with all take seconds. */
  private static final int EACH = 5;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(a)bc|(d)ef|gh(i); def",
        "(a)bc|(d)ef|gh(i); abc then ghi, def",
        "(a)bc|(d)ef|gh(i); nothing of it",
        "night|(?:late )?nights?; two late nights",
        "nights?|night; two nights",
        "(?<one>a)bc|(d)ef; def",
        "(ab)\\1|(cd)e; cde",
        "(?i)hotel|inn; INN",
        "[ab]x|cd; bx",
        "上午(十点)|下午(三点); 下午三点"
      })
  void aSelectionHasTheSameGroups(String regex, String text) {
    assertThat(results(SelectivePattern.of(regex).in(text)))
        .isEqualTo(results(Pattern.compile(regex).matcher(text)));
  }

  @Test
  void alternativesAtTheEndOfARegionAreFoundThereOnly() {
    var pattern = SelectivePattern.atEnd("not|no");

    assertThat(pattern.in("not a no for me").region(0, 8).find()).isTrue();
    assertThat(pattern.in("not a no for me").region(0, 9).find()).isFalse();
    assertThat(pattern.in("not a no for me").region(0, 3).find()).isTrue();
  }

  /** Texts with more combinations of words than are remembered are searched for all. */
  @Test
  void manyCombinationsAreFoundAsWell() {
    var words = IntStream.range(0, 12).mapToObj(i -> "<" + i + ">").toList();
    var pattern = SelectivePattern.of(String.join("|", words));

    for (int combination = 0; combination < 1 << words.size(); combination++) {
      int bits = combination;
      var text =
          IntStream.range(0, words.size())
              .filter(i -> (bits >> i & 1) == 1)
              .mapToObj(words::get)
              .collect(Collectors.joining(" "));
      assertThat(pattern.in(text).results().count()).isEqualTo(Integer.bitCount(bits));
    }
  }

  @Test
  void theRulesOfAKindAreFoundAsWithAllAlternatives() {
    var rules =
        RuleFile.NAMES.stream().flatMap(name -> RuleFile.of(name).lines().stream()).toList();
    var texts =
        IntStream.range(0, rules.size())
            .filter(i -> i % EACH == 0)
            .mapToObj(i -> Sentence.of(rules.get(i).example()).plain())
            .toList();
    var kinds =
        rules.stream()
            .collect(
                Collectors.groupingBy(
                    Rule::kind,
                    Collectors.mapping(
                        rule -> rule.pattern().whole().pattern().replaceAll("\\?<\\w+>", ""),
                        Collectors.joining("|"))));

    kinds
        .values()
        .forEach(
            regex -> {
              var selective = SelectivePattern.of(regex);
              var all = Pattern.compile("(?:" + regex + ")");
              assertThat(texts)
                  .allSatisfy(
                      text ->
                          assertThat(results(selective.in(text)))
                              .isEqualTo(results(all.matcher(text))));
            });
  }

  private static List<List<String>> results(Matcher matcher) {
    var results = new ArrayList<List<String>>();
    while (matcher.find()) {
      var groups = new ArrayList<>(List.of(String.valueOf(matcher.start())));
      for (int i = 0; i <= matcher.groupCount(); i++) {
        groups.add(String.valueOf(matcher.group(i)));
      }
      results.add(groups);
    }
    return results;
  }
}
