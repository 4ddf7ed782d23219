package org.actsandbox.web.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.ErrorCategory;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.web.GeneratedSection;
import org.junit.jupiter.api.Test;

/** Tests that the table of docs/errors.md has every refusal as the code has it. */
class ErrorsDocumentTests {

  private static final GeneratedSection TABLE =
      new GeneratedSection(
          Path.of("../docs/errors.md"),
          "<!-- codes: made from the code -->\n",
          "<!-- codes end -->\n");
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages/errors", Locale.ROOT);

  @Test
  void thePageListsEveryRefusal() throws IOException {
    TABLE.check(table());
  }

  /** Checks that no refusal is without its sentences, and no sentence without its refusal. */
  @Test
  void everyRefusalHasItsSentences() {
    var keys =
        Arrays.stream(Problem.values())
            .flatMap(problem -> Stream.of(when(problem), next(problem)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(new TreeSet<>(WORDS.keySet())).isEqualTo(keys);
    assertThat(keys).allSatisfy(key -> assertThat(WORDS.getString(key)).endsWith("."));
  }

  private static String table() {
    return Arrays.stream(ErrorCategory.values())
        .map(ErrorsDocumentTests::section)
        .collect(Collectors.joining());
  }

  private static String section(ErrorCategory category) {
    var next =
        category.nextActions().stream()
            .map(action -> "`" + action + "`")
            .collect(Collectors.joining(", "));
    return "### %s%n%n`%s`, then %s.%n%n| code | HTTP | retry | rule | when it comes | what you do next |%n|---|---|---|---|---|---|%n"
            .formatted(category, category.errorId(), next)
        + Arrays.stream(Problem.values())
            .filter(problem -> problem.category() == category)
            .map(ErrorsDocumentTests::row)
            .collect(Collectors.joining())
        + "\n";
  }

  private static String row(Problem problem) {
    var rule = problem.rule();
    return "| `%s` | %d | %s | %s | %s | %s |%n"
        .formatted(
            problem.code(),
            problem.status(),
            problem.retryability(),
            rule == null ? "" : rule.number(),
            WORDS.getString(when(problem)),
            WORDS.getString(next(problem)));
  }

  private static String when(Problem problem) {
    return "error." + problem.code() + ".when";
  }

  private static String next(Problem problem) {
    return "error." + problem.code() + ".next";
  }
}
