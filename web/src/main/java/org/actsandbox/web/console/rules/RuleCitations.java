package org.actsandbox.web.console.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleGap;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.protocol.rule.RuleStatement;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.assembly.Mutants;

/**
 * Holds all places that cite rules, and finds what keeps and checks each rule, also in the tables
 * that name rules.
 */
public final class RuleCitations {

  /** The list in the build. The test that compares it with the sources writes it. */
  private static final String LIST = "/rules/citations.txt";

  private final List<RuleCitation> all;

  public RuleCitations(Collection<RuleCitation> all) {
    this.all = all.stream().sorted().toList();
  }

  /** Returns the citations as they were when the sandbox was built. */
  public static RuleCitations built() {
    try (var list = RuleCitations.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException("the list of citations is not in the build: " + LIST);
      }
      var text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return new RuleCitations(text.lines().map(RuleCitation::parse).toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public List<RuleCitation> all() {
    return all;
  }

  /** Lists the files, tests or scenarios that cite the rule or one of its statements, each once. */
  public List<RuleCitation> of(ActRule rule, RuleCitation.Kind kind) {
    return all.stream()
        .filter(each -> each.kind() == kind && ActRule.cited(each.cites()).orElse(null) == rule)
        .map(each -> new RuleCitation(rule.number(), kind, each.path(), each.name()))
        .distinct()
        .toList();
  }

  /** Lists the tests and scenarios that cite exactly this statement. */
  public List<RuleCitation> checks(ActRule rule, RuleStatement statement) {
    var cited = rule.citation(statement);
    return all.stream()
        .filter(each -> each.kind() != RuleCitation.Kind.CODE && each.cites().equals(cited))
        .toList();
  }

  /** Tells whether code cites the rule and a test or a scenario checks the statement. */
  public boolean isCovered(ActRule rule, RuleStatement statement) {
    return all.stream()
            .anyMatch(
                each ->
                    each.kind() == RuleCitation.Kind.CODE
                        && (each.cites().equals(rule.number())
                            || each.cites().equals(rule.citation(statement))))
        && !checks(rule, statement).isEmpty();
  }

  /** Tells whether a MUST is neither covered nor a known gap; no MUST may be so. */
  public boolean isForgotten(ActRule rule, RuleStatement statement) {
    return statement.level() == RuleLevel.MUST
        && !isCovered(rule, statement)
        && RuleGap.of(rule.citation(statement)).isEmpty();
  }

  public static List<Operation> operations(ActRule rule) {
    return Arrays.stream(Operation.values()).filter(each -> each.rule() == rule).toList();
  }

  /** Lists the refusals that come from the rule. */
  public static List<Problem> refusals(ActRule rule) {
    return Arrays.stream(Problem.values()).filter(each -> each.rule() == rule).toList();
  }

  /** Lists the mutants that break the rule. */
  public static List<Mutant> mutants(ActRule rule) {
    return Mutants.all().stream().filter(each -> each.rule().equals(rule.number())).toList();
  }
}
