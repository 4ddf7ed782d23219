package org.actsandbox.web.console.cashier;

import java.net.URI;
import java.util.Set;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.console.purchase.PurchaseTitle;
import org.actsandbox.web.console.purchase.PurchaseTitles;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Shows a payment exactly as it is signed (ACT PSD-3) and takes the answer to the payment service,
 * for the cashier of the console and for the one that a phone opens.
 */
@Component
public class CashierDesk {

  /** Refusals that leave the payment open: the page is shown again and says what to do. */
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch");

  /** The refusal of an answer to a payment that was decided or had ended before. */
  private static final String TOO_LATE = Problem.PAYMENT_CLOSED.code();

  private final ConsoleApiClient consoleApiClient;
  private final PaymentReader paymentReader;
  private final PurchaseTitles purchaseTitles;

  CashierDesk(
      ConsoleApiClient consoleApiClient,
      PaymentReader paymentReader,
      PurchaseTitles purchaseTitles) {
    this.consoleApiClient = consoleApiClient;
    this.paymentReader = paymentReader;
    this.purchaseTitles = purchaseTitles;
  }

  /**
   * Says why an answer was refused.
   *
   * @param code the code of the sentence in the bundles, {@code cashier.refused.<code>}
   */
  public record Refused(String code) {}

  /** Returns the payment as its principal sees it. */
  public Payment payment(CashierVisit visit) {
    return paymentReader.get(visit.world(), visit.principal(), visit.tradeNo());
  }

  /** Shows the payment while it waits, else its result. */
  public Rendering show(CashierVisit visit) {
    return show(visit, null);
  }

  /** Returns how many PINs may be tried before the PIN is locked. */
  public int attemptsLeft(CashierVisit visit) {
    return CashierBill.of(approval(visit)).attemptsLeft();
  }

  /** Shows the payment again with what is wrong with the answer. */
  public Rendering show(CashierVisit visit, @Nullable Refused refused) {
    var payment = payment(visit);
    if (payment.status() != PaymentStatus.WAITING_FOR_APPROVAL) {
      // A payment whose time ran out says by itself that the answer came too late.
      return result(visit, payment, refused != null && payment.status() != PaymentStatus.TIMED_OUT);
    }
    var pageRequest = visit.pageRequest();
    var approval = approval(visit);
    var bill = CashierBill.of(approval);
    var content = bill.content();
    var pageBuilder =
        pageRequest
            .page("console/cashier", visit.section())
            .with("bill", bill)
            .with("action", pageRequest.exchange().getRequest().getPath().value())
            .with("payee", pageRequest.words().participantName(content.payee()))
            .with("agent", pageRequest.words().participant(content.agentId()))
            .with("byOwnAgent", paymentReader.isByOwnAgent(visit.world(), visit.tradeNo()))
            .with(
                "bought",
                purchaseTitles
                    .find(
                        visit.world(),
                        content.payee(),
                        content.merchantOrderNo(),
                        pageRequest.words())
                    .orElse(null))
            .with("lockedMinutes", lockedMinutes(approval))
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("phone", visit.isOnPhone())
            .with("bySeller", paymentReader.isOrderedBySeller(visit.world(), visit.tradeNo()))
            .with("refused", refused);
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  private JsonNode approval(CashierVisit visit) {
    return consoleApiClient.get(visit.world(), visit.principal(), visit.approval());
  }

  /** Returns for how many more minutes the PIN is locked; null when it is not locked. */
  private static @Nullable Long lockedMinutes(JsonNode approval) {
    var minutes = approval.path("pin_locked_minutes");
    return minutes.isNumber() ? minutes.longValue() : null;
  }

  /** Returns the page of the order, because another agent's purchase has no conversation here. */
  private static String orderPage(PageRequest pageRequest, Payment payment) {
    var merchant = payment.payee().substring(payment.payee().lastIndexOf(':') + 1);
    return pageRequest.here() + "/orders/" + merchant + "/" + payment.merchantOrderNo();
  }

  /**
   * Shows how the payment ended.
   *
   * @param late whether the principal's last answer came after that, so that it changed nothing
   */
  private Rendering result(CashierVisit visit, Payment payment, boolean late) {
    var pageRequest = visit.pageRequest();
    boolean byOwnAgent = paymentReader.isByOwnAgent(visit.world(), visit.tradeNo());
    var pageBuilder =
        pageRequest.page("console/cashier-result", visit.section()).with("payment", payment);
    if (late) {
      pageBuilder.status(409);
    }
    return pageBuilder
        .with("late", late)
        .with("payee", pageRequest.words().participantName(payment.payee()))
        .with(
            "bought",
            purchaseTitles
                .find(
                    visit.world(), payment.payee(), payment.merchantOrderNo(), pageRequest.words())
                .map(PurchaseTitle::line)
                .or(() -> paymentReader.description(visit.world(), visit.tradeNo()))
                .orElse(null))
        .with("phone", visit.isOnPhone())
        .with("byOwnAgent", byOwnAgent)
        .with(
            "back",
            byOwnAgent
                ? pageRequest.here() + "/try/for/" + payment.tradeNo()
                : orderPage(pageRequest, payment))
        .with("seller", sellerAddress(visit))
        .with("bySeller", paymentReader.isOrderedBySeller(visit.world(), visit.tradeNo()))
        .show();
  }

  /** Returns where the seller's own page goes on, if the payment was ordered on one. */
  private @Nullable String sellerAddress(CashierVisit visit) {
    return paymentReader
        .sellerAddress(visit.world(), visit.tradeNo())
        .map(URI::toString)
        .orElse(null);
  }

  /**
   * Takes the answer to the payment service.
   *
   * @return what is wrong with it if the payment stays open or was decided before; null if this
   *     answer decided it
   */
  public @Nullable Refused decide(CashierVisit visit, CashierDecision decision) {
    try {
      consoleApiClient.post(visit.world(), visit.principal(), visit.approval(), decision.body());
      return null;
    } catch (UnexpectedReply refusal) {
      if (TRY_AGAIN.contains(refusal.code())) {
        return new Refused(refusal.code());
      }
      if (payment(visit).status() == PaymentStatus.WAITING_FOR_APPROVAL) {
        throw refusal;
      }
      return TOO_LATE.equals(refusal.code()) ? new Refused(TOO_LATE) : null;
    }
  }
}
