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

/** Decides what a purchase that ended means for its watch (ACT CID-7 and the retry policy). */
final class PurchaseSettlement {

  private static final Set<String> OVER = Set.of("iac_revoked", "iac_expired");
  private static final Set<String> PASSING =
      Set.of("iac_suspended", "iac_not_yet_valid", "delegation_state_unknown");
  private static final Set<String> BOUNDS =
      Stream.of(Boundary.values())
          .map(boundary -> boundary.problem().code())
          .collect(Collectors.toSet());

  private final DirectedBuyer directedBuyer;

  PurchaseSettlement(DirectedBuyer directedBuyer) {
    this.directedBuyer = directedBuyer;
  }

  /** What follows. */
  sealed interface Verdict {

    /** All of it is paid and delivered. */
    record Bought(List<Purchase> purchases) implements Verdict {}

    /** Nothing was paid; it is tried again after a while. */
    record Again(Duration pause, String code, Text why) implements Verdict {}

    /** Likewise, counted against the retries of the authority. */
    record Retry(String code, Text why) implements Verdict {}

    /** A boundary: pause and notify, or cancel, as the authority says. */
    record Bounded(String code, Text why) implements Verdict {}

    /** Only the principal can say how it goes on. */
    record Pause(String code, Text why) implements Verdict {}

    record Over(String code, Text why) implements Verdict {}

    /** Nobody says yet whether it was paid. */
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
      // A payment that may have happened is asked for before anything is bought again (A402-9).
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
        .map(PurchaseSettlement::failed)
        .orElseGet(() -> new Verdict.Pause("cancelled", AgentPhrases.bilingual("buy.cancelled")));
  }

  private boolean isPaid(Purchase purchase) {
    return purchase.mayBePaid()
        && directedBuyer
            .paymentOf(purchase)
            .filter(status -> status == PaymentStatus.PAID)
            .isPresent();
  }

  private static Verdict failed(Purchase broken) {
    var code = String.valueOf(broken.code());
    var why = broken.reason() == null ? AgentPhrases.bilingual("buy.failed") : broken.reason();
    if (OVER.contains(code)) {
      return new Verdict.Over(code, why);
    }
    if (PASSING.contains(code)) {
      return new Verdict.Again(Duration.ofMinutes(10), code, why);
    }
    if (BOUNDS.contains(code)) {
      return new Verdict.Bounded(code, why);
    }
    return switch (broken.state()) {
      case UNAVAILABLE -> new Verdict.Again(Duration.ofMinutes(1), code, why);
      case DECLINED ->
          code.equals("price_changed")
              ? new Verdict.Bounded(code, why)
              : new Verdict.Pause(code, why);
      default -> new Verdict.Retry(code, why);
    };
  }
}
