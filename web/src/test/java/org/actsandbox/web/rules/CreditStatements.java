package org.actsandbox.web.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.protocol.rule.RuleStatement;
import org.actsandbox.web.DocumentContents;
import org.actsandbox.web.console.rules.RuleCitations;

/**
 * Reads the statements of the credit part of the standard, and writes docs/credit-statements.md.
 */
final class CreditStatements {

  static final String PAGE = "docs/credit-statements.md";

  private static final String LIST = "/rules/credit-statements.txt";

  /**
   * Represents one statement of the standard.
   *
   * @param number its place, counted from 1
   * @param citation the statement of the registry that has it, such as {@code CRD-5.a}; empty if
   *     nothing here has to keep it
   * @param reason why nothing has to; empty if something does
   */
  record Line(
      int number, String section, RuleLevel level, String citation, String reason, String fact) {

    RuleStatement statement() {
      var rule = rule();
      return rule.statements().stream()
          .filter(each -> rule.citation(each).equals(citation))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no statement " + citation + " of line " + number));
    }

    ActRule rule() {
      return ActRule.cited(citation)
          .orElseThrow(() -> new AssertionError("no rule " + citation + " of line " + number));
    }
  }

  private CreditStatements() {}

  static List<Line> all() {
    var lines = new ArrayList<Line>();
    var section = "";
    for (var text : text().lines().toList()) {
      if (text.startsWith("= ")) {
        section = text.substring(2);
      } else if (!text.startsWith("#") && !text.isBlank()) {
        lines.add(line(lines.size() + 1, section, text));
      }
    }
    return List.copyOf(lines);
  }

  private static Line line(int number, String section, String text) {
    var parts = text.split(" \\| ", 3);
    boolean exempt = parts[1].startsWith("- ");
    return new Line(
        number,
        section,
        RuleLevel.valueOf(parts[0]),
        exempt ? "" : parts[1],
        exempt ? parts[1].substring(2) : "",
        parts[2]);
  }

  private static String text() {
    try (var list =
        Objects.requireNonNull(CreditStatements.class.getResourceAsStream(LIST), LIST)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String document(RuleCitations citations) {
    var lines = all();
    var text = new StringBuilder();
    text.append("# Credit association, statement by statement\n\n")
        .append("The credit part of `docs/specification/trust-services.md` (antgroup/ACT), in its")
        .append(" order and in our words: ")
        .append(lines.size())
        .append("\nfacts, each member of a message and each reason code counted as one. Each is")
        .append(" kept under a statement of\n[rules.md](rules.md), where its code stands, or says")
        .append(" why nothing has to keep it. The last column counts the\ntests and scenarios that")
        .append(" check that statement; a test fails when one has none.\n\n")
        .append("This file is generated, as rules.md is.\n");
    var section = "";
    for (var line : lines) {
      if (!line.section().equals(section)) {
        section = line.section();
        text.append("\n## ").append(section).append("\n\n");
        text.append("| | level | statement | rule | checks |\n|--:|---|---|---|--:|\n");
      }
      text.append("| %d | %s | %s | ".formatted(line.number(), line.level(), line.fact()));
      if (line.citation().isEmpty()) {
        text.append("none: ").append(line.reason()).append(" | |\n");
      } else {
        text.append(
            "[%s](rules.md#%s) | %d |\n"
                .formatted(
                    line.citation(),
                    line.rule().number().toLowerCase(Locale.ROOT),
                    citations.checks(line.rule(), line.statement()).size()));
      }
    }
    return DocumentContents.in(text.toString(), Path.of(PAGE));
  }
}
