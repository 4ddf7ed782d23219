package org.actsandbox.web.console.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleGap;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.protocol.rule.RuleStatement;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.web.console.frame.Visit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Every rule of ACT with its sentence, what keeps it, what checks it and what is open. It belongs
 * to no world and needs no login: chips and refusals lead here.
 */
@Controller
class RulesPage {

  private final Citations citations = Citations.built();

  /** A component with the rules that are mainly its own, and those that reach into it. */
  record Section(ActComponent component, String title, List<Entry> rules, List<ActRule> others) {}

  /**
   * @param source document and chapter of the specification
   */
  record Entry(
      ActRule rule,
      String meaning,
      String source,
      List<Line> lines,
      List<Request> requests,
      List<Problem> refusals,
      List<Citation> code,
      List<Citation> tests,
      List<Citation> scenarios,
      List<Mutant> mutants) {}

  /**
   * A statement.
   *
   * @param gap why it is open; empty where it is not
   */
  record Line(
      String citation,
      String anchor,
      RuleLevel level,
      String text,
      List<Citation> checks,
      String gap) {}

  record Request(Operation operation, String line) {}

  /** How much of the MUSTs is covered. */
  record Count(int rules, long musts, long covered, long gaps) {}

  @GetMapping("/rules")
  Rendering show(Visit visit) {
    var lang = visit.words().lang();
    return visit
        .page("console/rules", "shared")
        .with(
            "sections",
            Arrays.stream(ActComponent.values()).map(each -> section(each, lang)).toList())
        .with("count", count())
        .show();
  }

  private Count count() {
    long musts = 0;
    long covered = 0;
    for (var rule : ActRule.values()) {
      for (var statement : rule.statements()) {
        if (statement.level() == RuleLevel.MUST) {
          musts++;
          covered += citations.isCovered(rule, statement) ? 1 : 0;
        }
      }
    }
    return new Count(ActRule.values().length, musts, covered, musts - covered);
  }

  private Section section(ActComponent component, String lang) {
    var rules =
        Arrays.stream(ActRule.values())
            .filter(rule -> rule.components().contains(component))
            .toList();
    return new Section(
        component,
        component.title(lang),
        rules.stream()
            .filter(rule -> rule.components().getFirst() == component)
            .map(rule -> entry(rule, lang))
            .toList(),
        rules.stream().filter(rule -> rule.components().getFirst() != component).toList());
  }

  private Entry entry(ActRule rule, String lang) {
    return new Entry(
        rule,
        rule.meaning(lang),
        rule.document() + " " + rule.section(),
        rule.statements().stream().map(each -> line(rule, each, lang)).toList(),
        Citations.operations(rule).stream().map(RulesPage::request).toList(),
        Citations.refusals(rule),
        citations.of(rule, Citation.Kind.CODE),
        citations.of(rule, Citation.Kind.TEST),
        citations.of(rule, Citation.Kind.SCENARIO),
        Citations.mutants(rule));
  }

  private Line line(ActRule rule, RuleStatement statement, String lang) {
    var citation = rule.citation(statement);
    return new Line(
        citation,
        rule.statements().size() == 1 ? "" : citation.toLowerCase(Locale.ROOT).replace('.', '-'),
        statement.level(),
        statement.text(lang),
        citations.checks(rule, statement),
        RuleGap.of(citation).map(gap -> gap.reason(lang)).orElse(""));
  }

  private static Request request(Operation operation) {
    var methods = operation.methods().stream().sorted().collect(Collectors.joining(" "));
    return new Request(operation, methods + " " + operation.template());
  }
}
