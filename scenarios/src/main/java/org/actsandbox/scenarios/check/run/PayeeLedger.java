package org.actsandbox.scenarios.check.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.suite.MerchantSuite;

/**
 * Says of every MUST and SHOULD of the standard whether a check of the suite covers it for a payee,
 * why it is no duty of a payee, or that it is a gap.
 */
public final class PayeeLedger {

  private static final String AGENT = "The buyer agent's duty.";
  private static final String PSP = "The payment service's duty.";
  private static final String DELEGATION = "The delegation service's duty.";
  private static final String VERIFIER = "The duty of the party that verifies a record.";
  private static final String CREDIT =
      "Credit association is between subject, issuer and verifier; what a payee that asks owes is"
          + " checked.";
  private static final String RECORDS =
      "The duty of who writes attestation records; a payee need not. Records that it shows in a"
          + " dispute are verified one by one there, and at POST /trust/verifications.";
  private static final String EVIDENCE =
      "A party without records of its own shows none; the dispute is decided by the others'.";

  /** Reasons by a rule's number, or by a statement's citation where the rule is mixed. */
  private static final Map<String, String> EXEMPT = exempt();

  private static final Map<String, String> GAPS = gaps();

  /** Lists what can be said of a statement. */
  public enum Standing {
    CHECKED,
    EXEMPT,
    GAP,
    /** Nothing is said, which the tests do not let pass. */
    OPEN
  }

  /**
   * One statement.
   *
   * @param checks ids of the checks that cite it
   * @param reason why it is exempt, or what the gap is; empty if it is checked
   */
  public record Entry(
      String citation,
      RuleLevel level,
      String statement,
      Standing standing,
      List<String> checks,
      String reason) {}

  private PayeeLedger() {}

  /** Returns all MUST and SHOULD statements in the order of the rules. */
  public static List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (var rule : ActRule.values()) {
      for (var statement : rule.statements()) {
        if (statement.level() != RuleLevel.MAY) {
          var citation = rule.citation(statement);
          entries.add(
              entry(rule, citation, statement.level(), statement.text("en"), checks(citation)));
        }
      }
    }
    return entries;
  }

  private static Entry entry(
      ActRule rule, String citation, RuleLevel level, String text, List<String> checks) {
    var exempt = reason(EXEMPT, rule, citation);
    var gap = reason(GAPS, rule, citation);
    if (!checks.isEmpty()) {
      return new Entry(citation, level, text, Standing.CHECKED, checks, "");
    }
    return exempt
        .map(why -> new Entry(citation, level, text, Standing.EXEMPT, checks, why))
        .or(() -> gap.map(what -> new Entry(citation, level, text, Standing.GAP, checks, what)))
        .orElseGet(() -> new Entry(citation, level, text, Standing.OPEN, checks, ""));
  }

  private static Optional<String> reason(
      Map<String, String> reasons, ActRule rule, String citation) {
    return Optional.ofNullable(reasons.getOrDefault(citation, reasons.get(rule.number())));
  }

  private static List<String> checks(String citation) {
    return MerchantSuite.all().stream()
        .filter(check -> check.subject() == MerchantCheck.Subject.MERCHANT)
        .filter(check -> check.rules().contains(citation))
        .map(MerchantCheck::id)
        .toList();
  }

  /** Returns the reasons whose statements are all checked, or that name no statement. */
  public static List<String> stale() {
    var entries = entries();
    var stale = new ArrayList<String>();
    for (var reasons : List.of(EXEMPT, GAPS)) {
      reasons
          .keySet()
          .forEach(
              named -> {
                boolean used =
                    entries.stream()
                        .filter(each -> each.standing() != Standing.CHECKED)
                        .anyMatch(
                            each ->
                                each.citation().equals(named)
                                    || each.citation().startsWith(named + "."));
                if (!used) {
                  stale.add(named);
                }
              });
    }
    return stale;
  }

  private static Map<String, String> exempt() {
    var reasons = new LinkedHashMap<String, String>();
    put(
        reasons, AGENT, "ADD-1", "ADD-2", "ADD-3", "CID-1.c", "CID-2.a", "CID-2.d", "CID-2.e",
        "CID-4.e");
    put(reasons, AGENT, "CID-5.a", "CID-6", "CID-7", "A402-5.b", "PSD-7");
    put(reasons, DELEGATION, "ADD-4", "ADD-5", "ADD-6", "ADD-7");
    put(reasons, PSP, "ADD-8", "PSD-1", "PSD-2", "PSD-3", "PSD-4", "PSD-5", "PSD-6");
    put(reasons, PSP, "PSD-8.a", "PSD-8.c", "A402-8.c");
    put(reasons, VERIFIER, "TSD-5", "TSD-6.a", "TSD-6.b", "TSD-6.d");
    put(reasons, RECORDS, "TSD-1", "TSD-2", "TSD-3", "TSD-4");
    put(reasons, EVIDENCE, "TSD-6.c");
    put(reasons, CREDIT, "CRD-1", "CRD-2", "CRD-3", "CRD-4", "CRD-5", "CRD-6");
    put(reasons, CREDIT, "CRD-7", "CRD-8", "CRD-9", "CRD-10", "CRD-11", "CRD-12");
    return reasons;
  }

  private static Map<String, String> gaps() {
    return Map.of();
  }

  private static void put(Map<String, String> reasons, String reason, String... named) {
    Arrays.stream(named).forEach(each -> reasons.put(each, reason));
  }
}
