package org.actsandbox.web.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleGap;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.protocol.rule.RuleStatement;
import org.actsandbox.web.console.rules.RuleCitation;
import org.actsandbox.web.console.rules.RuleCitations;

/** Writes docs/rules.md from the registry of rules and the citations in the sources. */
final class RulesDocument {

  static final String PAGE = "docs/rules.md";
  static final String LIST = "web/src/main/resources/rules/citations.txt";

  private static final String EN = "en";

  private final RuleCitations ruleCitations;
  private final StringBuilder text = new StringBuilder();

  private RulesDocument(RuleCitations ruleCitations) {
    this.ruleCitations = ruleCitations;
  }

  static String of(RuleCitations ruleCitations) {
    var document = new RulesDocument(ruleCitations);
    document.introduction();
    for (var component : ActComponent.values()) {
      document.component(component);
    }
    return document.text.toString();
  }

  static String list(RuleCitations ruleCitations) {
    return ruleCitations.all().stream()
        .map(each -> each.line() + "\n")
        .collect(Collectors.joining());
  }

  private void introduction() {
    line("# Rules");
    line("");
    line(
        "Every rule of ACT 2.1 by its number: what it means, which code keeps it, which tests and");
    line(
        "scenarios check it, and what is not covered. The sentences are ours; the specification is");
    line("normative (`antgroup/ACT`, `docs/specification`, Chinese). `CID-8.b` is the second");
    line(
        "statement of `CID-8`; code, tests and scenarios cite rules and statements by these names.");
    line("The same page in English and Chinese is at `/rules` of a running sandbox.");
    line("");
    line("This file is generated. After a change of a citation:");
    line("");
    line("```");
    line(RulesDocumentTests.COMMAND);
    line("```");
    line("");
    line("A MUST is covered when code cites its rule and a test or a scenario cites the statement");
    line(
        "itself (or the rule, where that has one statement). A MUST that is not covered fails the");
    line("build unless it is a known gap.");
    line("");
    line("| component | rules | MUST | covered | gaps |");
    line("|---|---|---:|---:|---:|");
    for (var component : ActComponent.values()) {
      var musts = musts(rules(component));
      line(
          "| [%s](#%s) %s | %s | %d | %d | %d |"
              .formatted(
                  component.code(),
                  anchor(component),
                  component.title(EN),
                  rules(component).stream()
                      .map(rule -> "[%s](#%s)".formatted(rule.number(), rule.anchor()))
                      .collect(Collectors.joining(" ")),
                  musts.size(),
                  musts.stream().filter(must -> must.covered).count(),
                  musts.stream().filter(must -> !must.covered).count()));
    }
    var all = musts(List.of(ActRule.values()));
    line(
        "| all | %d | %d | %d | %d |"
            .formatted(
                ActRule.values().length,
                all.size(),
                all.stream().filter(must -> must.covered).count(),
                all.stream().filter(must -> !must.covered).count()));
  }

  private record Must(boolean covered) {}

  private List<Must> musts(List<ActRule> rules) {
    return rules.stream()
        .flatMap(
            rule ->
                rule.statements().stream()
                    .filter(statement -> statement.level() == RuleLevel.MUST)
                    .map(statement -> new Must(ruleCitations.isCovered(rule, statement))))
        .toList();
  }

  private static List<ActRule> rules(ActComponent component) {
    return Arrays.stream(ActRule.values())
        .filter(rule -> rule.components().contains(component))
        .toList();
  }

  /** Returns the anchor of a component's heading, made of its code and its title. */
  private static String anchor(ActComponent component) {
    return (component.code() + " " + component.title(EN))
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 -]", "")
        .replace(' ', '-');
  }

  private void component(ActComponent component) {
    line("");
    line("## " + component.code() + " " + component.title(EN));
    for (var rule : rules(component)) {
      if (rule.components().getFirst() == component) {
        rule(rule);
      } else {
        line("");
        line("See [%s](#%s).".formatted(rule.number(), rule.anchor()));
      }
    }
  }

  private void rule(ActRule rule) {
    line("");
    line("### " + rule.number());
    line("");
    line("%s".formatted(rule.meaning(EN)));
    line("");
    line("%s, `%s` %s".formatted(rule.level(), rule.document(), rule.section()));
    line("");
    for (var statement : rule.statements()) {
      statement(rule, statement);
    }
    line("");
    bullet(
        "Requests",
        RuleCitations.operations(rule).stream()
            .map(
                each ->
                    "`%s %s`"
                        .formatted(
                            each.methods().stream().sorted().collect(Collectors.joining(" ")),
                            each.template())));
    bullet("Refusals", RuleCitations.refusals(rule).stream().map(each -> "`" + each.code() + "`"));
    bullet("Code", linked(ruleCitations.of(rule, RuleCitation.Kind.CODE)));
    bullet("Tests", linked(ruleCitations.of(rule, RuleCitation.Kind.TEST)));
    bullet("Scenarios", linked(ruleCitations.of(rule, RuleCitation.Kind.SCENARIO)));
    bullet("Stand-ins", RuleCitations.mutants(rule).stream().map(each -> "`" + each.name() + "`"));
  }

  private void statement(ActRule rule, RuleStatement statement) {
    var cited = rule.citation(statement);
    line("- **%s** %s: %s".formatted(cited, statement.level(), statement.text(EN)));
    var checks = ruleCitations.checks(rule, statement);
    if (rule.statements().size() > 1 && !checks.isEmpty()) {
      line("  Checked by " + linked(checks).collect(Collectors.joining(",\n  ")) + ".");
    }
    if (!ruleCitations.isCovered(rule, statement)) {
      RuleGap.of(cited).ifPresent(gap -> line("  **Gap:** " + gap.reason(EN)));
    }
  }

  private void bullet(String label, Stream<String> items) {
    var list = items.toList();
    if (!list.isEmpty()) {
      line("- " + label + ": " + String.join(",\n  ", list));
    }
  }

  private static Stream<String> linked(List<RuleCitation> places) {
    return places.stream()
        .map(place -> "[%s](../%s)".formatted(place.name(), place.path()))
        .distinct();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
