package org.actsandbox.web.console.cashier;

import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** The answer of the principal, as the form of the cashier sends it. */
public record CashierDecision(
    @Nullable String decision, @Nullable String digest, @Nullable String pin) {

  private static final Set<String> DECISIONS = Set.of("APPROVE", "DECLINE", "CLOSE");

  /** Tells whether the payment is to be made; every other answer needs no PIN. */
  public boolean isApproval() {
    return "APPROVE".equals(decision);
  }

  /** Returns the body of the request to the payment service. */
  Map<String, Object> body() {
    if (decision == null || !DECISIONS.contains(decision)) {
      throw new Refusal(Problem.INVALID_FIELD, "the answer is none of the three")
          .at("decision")
          .expected("APPROVE, DECLINE or CLOSE");
    }
    if (!isApproval()) {
      return Map.of("decision", decision);
    }
    return Map.of(
        "decision",
        "APPROVE",
        "digest",
        digest == null ? "" : digest,
        "pin",
        pin == null ? "" : pin.strip());
  }

  /** Leaves out the PIN, so that it is in no log. */
  @Override
  public String toString() {
    return "CashierDecision[" + decision + "]";
  }
}
