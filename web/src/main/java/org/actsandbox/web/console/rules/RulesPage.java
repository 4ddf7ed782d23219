package org.actsandbox.web.console.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleGap;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.protocol.rule.RuleStatement;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows every rule of ACT with its sentence, the code that keeps it, the tests that check it and
 * its gaps. The page belongs to no world and needs no login, because rule labels and refusals link
 * to it.
 */
@Controller
class RulesPage {

  private final RuleCitations ruleCitations = RuleCitations.built();

  /**
   * Shows a component with its main rules.
   *
   * @param others rules of other components that also concern this one
   */
  record Section(ActComponent component, String title, List<Entry> rules, List<ActRule> others) {}

  /**
   * Shows a rule.
   *
   * @param source document and section of the specification
   */
  record Entry(
      ActRule rule,
      String meaning,
      String source,
      List<Line> lines,
      List<Request> requests,
      List<Problem> refusals,
      List<RuleCitation> code,
      List<RuleCitation> tests,
      List<RuleCitation> scenarios,
      List<Mutant> mutants) {}

  /**
   * Shows a statement of a rule.
   *
   * @param gap the reason why the statement is not covered; empty for none
   */
  record Line(
      String citation,
      String anchor,
      RuleLevel level,
      String text,
      List<RuleCitation> checks,
      String gap) {}

  record Request(Operation operation, String line) {}

  /** Counts the rules and their MUST statements. */
  record Count(int rules, long musts, long covered, long gaps) {}

  /** Shows all rules with their statements, or one rule with everything that is about it. */
  @GetMapping("/rules")
  Rendering show(PageRequest pageRequest) {
    var lang = pageRequest.words().lang();
    var wanted = pageRequest.query("rule");
    if (wanted != null) {
      var rule =
          ActRule.cited(wanted)
              .orElseThrow(
                  () ->
                      new Refusal(Problem.NOT_FOUND, "ACT has no such rule")
                          .at("rule")
                          .observed(wanted));
      var component = rule.components().getFirst();
      return pageRequest
          .page("console/rules", "shared")
          .with("full", true)
          .with(
              "sections",
              List.of(
                  new Section(
                      component, component.title(lang), List.of(entry(rule, lang)), List.of())))
          .with("count", count())
          .show();
    }
    return pageRequest
        .page("console/rules", "shared")
        .with("full", false)
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
          covered += ruleCitations.isCovered(rule, statement) ? 1 : 0;
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
        RuleCitations.operations(rule).stream().map(RulesPage::request).toList(),
        RuleCitations.refusals(rule),
        ruleCitations.of(rule, RuleCitation.Kind.CODE),
        ruleCitations.of(rule, RuleCitation.Kind.TEST),
        ruleCitations.of(rule, RuleCitation.Kind.SCENARIO),
        RuleCitations.mutants(rule));
  }

  private Line line(ActRule rule, RuleStatement statement, String lang) {
    var citation = rule.citation(statement);
    return new Line(
        citation,
        rule.statements().size() == 1 ? "" : citation.toLowerCase(Locale.ROOT).replace('.', '-'),
        statement.level(),
        statement.text(lang),
        ruleCitations.checks(rule, statement),
        RuleGap.of(citation).map(gap -> gap.reason(lang)).orElse(""));
  }

  private static Request request(Operation operation) {
    var methods = operation.methods().stream().sorted().collect(Collectors.joining(" "));
    return new Request(operation, methods + " " + operation.template());
  }
}
