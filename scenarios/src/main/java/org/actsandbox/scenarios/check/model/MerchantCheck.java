package org.actsandbox.scenarios.check.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleLevel;
import org.jspecify.annotations.Nullable;

/**
 * One check of a merchant.
 *
 * @param id area and name, such as {@code bill.signature}
 * @param rules citations of statements of {@link ActRule}, the main one first
 * @param strength MUST, or SHOULD for a rule that the standard only recommends
 * @param does what the check does, one sentence
 * @param why why it matters, one sentence
 * @param mend what to do if it fails, one sentence
 * @param needs ids of the checks that must have passed before
 * @param scenario the scenario of the pack that plays it; null if there is none
 * @param assertions names of the published assertions that it makes executable
 * @param subject whom it judges: a check of the payment service proves the ground that the others
 *     stand on
 * @param movesClock whether it moves the world's clock so far that holds and proofs end
 */
public record MerchantCheck(
    String id,
    CheckLevel level,
    List<String> rules,
    RuleLevel strength,
    String does,
    String why,
    String mend,
    List<String> needs,
    @Nullable String scenario,
    List<String> assertions,
    Subject subject,
    boolean movesClock,
    Consumer<CheckContext> body) {

  /** Lists whom a check can judge. */
  public enum Subject {
    MERCHANT,
    PAYMENT_SERVICE
  }

  public MerchantCheck {
    rules = List.copyOf(rules);
    needs = List.copyOf(needs);
    assertions = List.copyOf(assertions);
    for (var rule : rules) {
      if (ActRule.cited(rule).isEmpty()) {
        throw new IllegalArgumentException(id + " cites " + rule + ", which there is not");
      }
    }
  }

  /** Returns the part of the id before the dot, such as {@code bill}. */
  public String area() {
    return id.substring(0, id.indexOf('.'));
  }

  /** Returns what the check does, in the language {@code en} or {@code zh}. */
  public String does(String lang) {
    return CheckWords.of(lang, id, "does", does);
  }

  /** Returns why it matters, in the language {@code en} or {@code zh}. */
  public String why(String lang) {
    return CheckWords.of(lang, id, "why", why);
  }

  /** Returns what to do if it fails, in the language {@code en} or {@code zh}. */
  public String mend(String lang) {
    return CheckWords.of(lang, id, "mend", mend);
  }

  /** Returns the rule that the check is about. */
  public ActRule rule() {
    return ActRule.cited(rules.getFirst()).orElseThrow();
  }

  public static Builder must(String id, CheckLevel level, String... rules) {
    return new Builder(id, level, RuleLevel.MUST, List.of(rules));
  }

  public static Builder should(String id, CheckLevel level, String... rules) {
    return new Builder(id, level, RuleLevel.SHOULD, List.of(rules));
  }

  /** Collects the parts of a check. */
  public static final class Builder {

    private final String id;
    private final CheckLevel level;
    private final RuleLevel strength;
    private final List<String> rules;
    private final List<String> needs = new ArrayList<>();
    private final List<String> assertions = new ArrayList<>();
    private String does = "";
    private String why = "";
    private String mend = "";
    private Subject subject = Subject.MERCHANT;
    private boolean movesClock;
    private @Nullable String scenario;

    private Builder(String id, CheckLevel level, RuleLevel strength, List<String> rules) {
      this.id = id;
      this.level = level;
      this.strength = strength;
      this.rules = rules;
    }

    /** Says what the check does, why it matters, and how to mend a failure. */
    public Builder says(String does, String why, String mend) {
      this.does = does;
      this.why = why;
      this.mend = mend;
      return this;
    }

    public Builder needs(String... ids) {
      needs.addAll(List.of(ids));
      return this;
    }

    public Builder playedBy(String name) {
      this.scenario = name;
      return this;
    }

    public Builder asserts(String... names) {
      assertions.addAll(List.of(names));
      return this;
    }

    public Builder ofPaymentService() {
      this.subject = Subject.PAYMENT_SERVICE;
      return this;
    }

    /** Says that holds and proofs end under this check, so that it is played after the others. */
    public Builder movesClock() {
      this.movesClock = true;
      return this;
    }

    public MerchantCheck runs(Consumer<CheckContext> body) {
      return new MerchantCheck(
          id,
          level,
          rules,
          strength,
          does,
          why,
          mend,
          needs,
          scenario,
          assertions,
          subject,
          movesClock,
          body);
    }
  }
}
