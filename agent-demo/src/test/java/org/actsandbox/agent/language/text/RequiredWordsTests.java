package org.actsandbox.agent.language.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a search is left out only where the expression does not match. */
class RequiredWordsTests {

  /** Every seventh example stands for all of them, because all with all take seconds. */
  private static final int EACH = 7;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hotel; a hostel",
        "(?:train|coach) to; to the stadium",
        "(?:the )?night; the day",
        "ab?cd; abc",
        "ab+c; acb",
        "early{2}bird; bird",
        "(?<part>noon) sharp; noon",
        "(?=late)l\\w+; early",
        "w/o; without",
        "上午|下午; 晚上",
        "(?:[一二]|三)等座; 软卧"
      })
  void aTextWithoutTheNeededWordsIsNotSearched(String regex, String text) {
    assertThat(mayBeIn(regex, text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "hotel; hotels",
        "(?:the )?night; night",
        "(?:train|); car",
        "(?!train)\\w+; car",
        "(?<!no )dogs?; dog",
        "ab?cd; acd",
        "ab*?c; ac",
        "ab{0,2}c; ac",
        "a(?:bc)?d; ad",
        "ab++c; abbbc",
        "early{2}bird; earlyybird",
        "(?i)hotel; HOTEL",
        "\\x61b; ab",
        "a\\.b|c; c",
        "[ab]+; b",
        "^(?:上|下)午?$; 上",
        "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen; dozen"
      })
  void aTextThatMatchesIsSearched(String regex, String text) {
    assertThat(Pattern.compile(regex).matcher(text).find()).isTrue();
    assertThat(mayBeIn(regex, text)).isTrue();
  }

  @Test
  void everyRuleIsFoundAsWithoutTheWords() {
    var rules =
        RuleFile.NAMES.stream().flatMap(name -> RuleFile.of(name).lines().stream()).toList();
    var texts =
        IntStream.range(0, rules.size())
            .filter(i -> i % EACH == 0)
            .mapToObj(i -> ScriptedPattern.Text.of(Sentence.of(rules.get(i).example()).plain()))
            .toList();

    assertThat(rules).allSatisfy(rule -> assertThat(missed(rule, texts)).as(rule.kind()).isEmpty());
  }

  private static List<String> missed(Rule rule, List<ScriptedPattern.Text> texts) {
    return texts.stream()
        .filter(
            text ->
                rule.pattern().isFoundIn(text)
                    != rule.pattern().whole().matcher(text.text()).find())
        .map(ScriptedPattern.Text::text)
        .toList();
  }

  private static boolean mayBeIn(String regex, String text) {
    return RequiredWords.of(regex).mayBeIn(text, RequiredWords.letters(text));
  }
}
