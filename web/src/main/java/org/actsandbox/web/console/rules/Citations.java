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
import org.actsandbox.sandbox.mutant.Mutants;

/** What keeps and checks each rule: the places that cite it, and the tables that name it. */
public final class Citations {

  /** Written by the test that compares it with the sources. */
  private static final String LIST = "/rules/citations.txt";

  private final List<Citation> all;

  public Citations(Collection<Citation> all) {
    this.all = all.stream().sorted().toList();
  }

  /** As they were when the sandbox was built. */
  public static Citations built() {
    try (var list = Citations.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException("the list of citations is not in the build: " + LIST);
      }
      var text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return new Citations(text.lines().map(Citation::parse).toList());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public List<Citation> all() {
    return all;
  }

  /** Files, tests or scenarios that cite the rule or one of its statements, each once. */
  public List<Citation> of(ActRule rule, Citation.Kind kind) {
    return all.stream()
        .filter(each -> each.kind() == kind && ActRule.cited(each.cites()).orElse(null) == rule)
        .map(each -> new Citation(rule.number(), kind, each.path(), each.name()))
        .distinct()
        .toList();
  }

  /** The tests and scenarios that cite this very statement. */
  public List<Citation> checks(ActRule rule, RuleStatement statement) {
    var cited = rule.citation(statement);
    return all.stream()
        .filter(each -> each.kind() != Citation.Kind.CODE && each.cites().equals(cited))
        .toList();
  }

  /** Whether code keeps it and a test or a scenario checks it. */
  public boolean isCovered(ActRule rule, RuleStatement statement) {
    return all.stream()
            .anyMatch(
                each ->
                    each.kind() == Citation.Kind.CODE
                        && (each.cites().equals(rule.number())
                            || each.cites().equals(rule.citation(statement))))
        && !checks(rule, statement).isEmpty();
  }

  /** Neither covered nor known to be open: a MUST of this kind must not be. */
  public boolean isForgotten(ActRule rule, RuleStatement statement) {
    return statement.level() == RuleLevel.MUST
        && !isCovered(rule, statement)
        && RuleGap.of(rule.citation(statement)).isEmpty();
  }

  public static List<Operation> operations(ActRule rule) {
    return Arrays.stream(Operation.values()).filter(each -> each.rule() == rule).toList();
  }

  /** The refusals that the rule ends in. */
  public static List<Problem> refusals(ActRule rule) {
    return Arrays.stream(Problem.values()).filter(each -> each.rule() == rule).toList();
  }

  /** The defective stand-ins that break it. */
  public static List<Mutant> mutants(ActRule rule) {
    return Mutants.all().stream().filter(each -> each.rule().equals(rule.number())).toList();
  }
}
