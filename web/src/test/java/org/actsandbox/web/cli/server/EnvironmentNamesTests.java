package org.actsandbox.web.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a misspelt environment variable is named, and that every one in use is known. */
class EnvironmentNamesTests {

  private static final Pattern VARIABLE = Pattern.compile("\\bACT_[A-Z0-9_]*[A-Z0-9]\\b");
  private static final List<String> WHERE_PEOPLE_READ_THEM =
      List.of(
          "../docs", "../starters", "../clients", "../README.md", "../run", "../test", "../.mvn");

  private final EnvironmentNames names = new EnvironmentNames(SettingCatalog.load());

  @Test
  void aMisspeltSettingIsNamedWithTheNearestOne() {
    assertThat(names.warnings(Set.of("ACT_MAX_WOLDS", "PATH", "ACT_DATA")))
        .singleElement()
        .asString()
        .startsWith("environment variable ACT_MAX_WOLDS: there is no such setting")
        .contains("Did you mean ACT_MAX_WORLDS?");
  }

  @Test
  void whatIsLikeNoSettingIsNamedWithoutAGuess() {
    assertThat(names.warnings(Set.of("ACT_SOMETHING_QUITE_DIFFERENT")))
        .singleElement()
        .asString()
        .contains("ACT_SOMETHING_QUITE_DIFFERENT")
        .doesNotContain("Did you mean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ACT_MAX_WORLDS",
        "ACT_MAXWORLDS",
        "ACT_AGENT_MODEL_API_KEY",
        "ACT_KEY",
        "ACTION_ID"
      })
  void whatIsReadOrOfOthersIsNotNamed(String name) {
    assertThat(names.warnings(Set.of(name))).isEmpty();
  }

  @Test
  void everyVariableThatAPageOrAScriptNamesIsKnown() throws IOException {
    var named = new TreeSet<String>();
    for (var place : WHERE_PEOPLE_READ_THEM) {
      try (var files = Files.walk(Path.of(place))) {
        for (var file : files.filter(EnvironmentNamesTests::isText).toList()) {
          VARIABLE
              .matcher(Files.readString(file))
              .results()
              .map(MatchResult::group)
              .forEach(named::add);
        }
      }
    }
    named.remove("ACT_MAX_WOLDS"); // the example of a misspelt one in docs/configuration.md
    assertThat(named)
        .contains("ACT_JAVA_OPTIONS", "ACT_ROLE_KEY", "ACT_CHROMIUM")
        .allMatch(names::isKnown);
  }

  private static boolean isText(Path file) {
    return Files.isRegularFile(file)
        && !file.toString().contains("/node_modules/")
        && file.getFileName()
            .toString()
            .matches("[^.]+|.*\\.(md|sh|py|mjs|java|ts|json|yaml|yml|xml)");
  }
}
