package org.actsandbox.agent.watch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseState;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;

/**
 * Decides what an ended purchase means for its watch: bought, try again, pause or over (ACT CID-7
 * and the retry policy).
 */
final class PurchaseSettlement {

  private static final Set<String> AUTHORITY_ENDED_CODES = Set.of("iac_revoked", "iac_expired");
  private static final Set<String> TEMPORARY_CODES =
      Set.of("iac_suspended", "iac_not_yet_valid", "delegation_state_unknown");

  /**
   * A signed message was too old when it arrived, because the world's clock was moved meanwhile.
   */
  private static final String OVERTAKEN_BY_CLOCK = Problem.EXPIRED_REQUEST.code();

  private static final Set<String> BOUNDARY_CODES =
      Stream.of(Boundary.values())
          .map(boundary -> boundary.problem().code())
          .collect(Collectors.toSet());

  private final DirectedBuyer directedBuyer;

  PurchaseSettlement(DirectedBuyer directedBuyer) {
    this.directedBuyer = directedBuyer;
  }

  /** Represents the decision about the watch. */
  sealed interface Verdict {

    /** All purchases are paid and delivered. */
    record Bought(List<Purchase> purchases) implements Verdict {}

    /** Nothing was paid; the watch tries again after a pause. */
    record Again(Duration pause, String code, Text why) implements Verdict {}

    /**
     * Nothing was paid; the watch tries again, and the retry policy of the authority counts this
     * attempt.
     */
    record Retry(String code, Text why) implements Verdict {}

    /** A boundary was passed: the watch pauses and notifies, or cancels, as the authority says. */
    record BoundaryPassed(String code, Text why) implements Verdict {}

    /** Only the principal can say how the watch continues. */
    record Pause(String code, Text why) implements Verdict {}

    record AuthorityEnded(String code, Text why) implements Verdict {}

    /** The payment service does not say yet whether the purchase was paid. */
    record Unclear() implements Verdict {}
  }

  Verdict verdict(List<Purchase> purchases) {
    if (purchases.isEmpty()) {
      return new Verdict.Again(
          Duration.ofMinutes(1), "interrupted", AgentPhrases.bilingual("watch.interrupted"));
    }
    if (purchases.stream().allMatch(each -> each.state() == PurchaseState.DELIVERED)) {
      return new Verdict.Bought(purchases);
    }
    try {
      // Ask about a payment that may have happened before anything is bought again (A402-9).
      var paid = purchases.stream().filter(this::isPaid).findFirst();
      if (paid.isPresent()) {
        return new Verdict.Pause(
            "paid_not_delivered",
            AgentPhrases.bilingual("remedy.paid", paid.get().orderNo(), paid.get().tradeNo()));
      }
    } catch (NoAnswerException silent) {
      return new Verdict.Unclear();
    }
    return purchases.stream()
        .filter(each -> each.state().isBroken())
        .findFirst()
        .map(PurchaseSettlement::failureVerdict)
        .orElseGet(() -> new Verdict.Pause("cancelled", AgentPhrases.bilingual("buy.cancelled")));
  }

  private boolean isPaid(Purchase purchase) {
    return purchase.mayBePaid()
        && directedBuyer
            .paymentOf(purchase)
            .filter(status -> status == PaymentStatus.PAID)
            .isPresent();
  }

  private static Verdict failureVerdict(Purchase broken) {
    var code = String.valueOf(broken.code());
    var why = broken.reason() == null ? AgentPhrases.bilingual("buy.failed") : broken.reason();
    if (AUTHORITY_ENDED_CODES.contains(code)) {
      return new Verdict.AuthorityEnded(code, why);
    }
    if (TEMPORARY_CODES.contains(code)) {
      return new Verdict.Again(Duration.ofMinutes(10), code, why);
    }
    if (OVERTAKEN_BY_CLOCK.equals(code)) {
      return new Verdict.Again(Duration.ofMinutes(1), code, why);
    }
    if (BOUNDARY_CODES.contains(code)) {
      return new Verdict.BoundaryPassed(code, why);
    }
    return switch (broken.state()) {
      case UNAVAILABLE -> new Verdict.Again(Duration.ofMinutes(1), code, why);
      case DECLINED ->
          code.equals("price_changed")
              ? new Verdict.BoundaryPassed(code, why)
              : new Verdict.Pause(code, why);
      default -> new Verdict.Retry(code, why);
    };
  }
}
