package org.actsandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the message bundles have the same keys in both languages. */
class MessageBundlesTests {

  private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");

  private static ResourceBundle bundle(String name, Locale locale) {
    return ResourceBundle.getBundle(
        name,
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.actsandbox.agent.language.understand.questions",
        "org.actsandbox.agent.builtin.replies"
      })
  void everyKeyHasBothLanguagesAndTheSameArguments(String name) {
    var english = bundle(name, Locale.ROOT);
    var chinese = bundle(name, Locale.CHINESE);

    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    for (var key : english.keySet()) {
      assertThat(arguments(chinese.getString(key)))
          .as(key)
          .isEqualTo(arguments(english.getString(key)));
      assertThat(chinese.getString(key)).as(key).matches("(?s).*\\p{IsHan}.*");
    }
  }

  /** A Chinese sentence leaves out what exists in English only, so arguments may differ. */
  @Test
  void everyPhraseOfTheAgentHasBothLanguages() {
    var english = bundle("org.actsandbox.agent.text.phrases", Locale.ENGLISH);
    var chinese = bundle("org.actsandbox.agent.text.phrases", Locale.CHINESE);

    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    assertThat(chinese.keySet())
        .filteredOn(key -> key.startsWith("code.") || key.startsWith("outside."))
        .allSatisfy(key -> assertThat(chinese.getString(key)).matches("(?s).*\\p{IsHan}.*"));
  }

  /** Without a phrase the agent says a refusal's code or the API's English sentence. */
  @Test
  void everyProblemHasAPhrase() {
    var known = bundle("org.actsandbox.agent.text.phrases", Locale.ENGLISH).keySet();

    assertThat(Problem.values())
        .extracting(problem -> "code." + problem.code())
        .allMatch(known::contains);
  }

  private static java.util.Set<String> arguments(String text) {
    return ARGUMENT
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(java.util.stream.Collectors.toSet());
  }
}
