package org.actsandbox.web.console.cashier;

import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.client.UnexpectedReply;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Is the cashier: the principal sees exactly what is signed (ACT PSD-3), and enters the PIN or
 * declines. No other page can show it in a frame, and the agent's key does not open it.
 */
@Controller
@RequestMapping({"/cashier/{tradeNo}", "/w/{world}/cashier/{tradeNo}"})
class CashierPage {

  private static final Set<String> DECISIONS = Set.of("APPROVE", "DECLINE", "CLOSE");

  /** Refusals that leave the payment open: the page is shown again and says what to do. */
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch");

  private final ConsoleApiClient consoleApiClient;
  private final PaymentReader paymentReader;

  CashierPage(ConsoleApiClient consoleApiClient, PaymentReader paymentReader) {
    this.consoleApiClient = consoleApiClient;
    this.paymentReader = paymentReader;
  }

  record Decision(@Nullable String decision, @Nullable String digest, @Nullable String pin) {

    /** Leaves out the PIN, so that it is in no log. */
    @Override
    public String toString() {
      return "Decision[" + decision + "]";
    }
  }

  /**
   * Says why the payment service refused an answer.
   *
   * @param code the code of the sentence in the bundles, {@code cashier.refused.<code>}
   * @param observed the value that the payment service observed
   */
  record Refused(String code, String detail, String observed) {}

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String tradeNo) {
    return show(pageRequest, tradeNo, null);
  }

  private Rendering show(PageRequest pageRequest, String tradeNo, @Nullable Refused refused) {
    var payment = payment(pageRequest, tradeNo);
    if (payment.status() != PaymentStatus.WAITING_FOR_APPROVAL) {
      return result(pageRequest, payment);
    }
    var approval =
        consoleApiClient.get(pageRequest.world(), pageRequest.principal(), approval(tradeNo));
    var pageBuilder =
        pageRequest
            .page("console/cashier", "cashier")
            .with("bill", CashierBill.of(approval))
            .with("action", pageRequest.exchange().getRequest().getPath().value())
            .with("lockedMinutes", lockedMinutes(approval))
            .with("narrator", new EntryNarrator(pageRequest.words()))
            .with("refused", refused);
    if (refused != null) {
      pageBuilder.status(422);
    }
    return pageBuilder.show();
  }

  /** Returns for how many more minutes the PIN is locked; null when it is not locked. */
  private static @Nullable Long lockedMinutes(JsonNode approval) {
    var minutes = approval.path("pin_locked_minutes");
    return minutes.isNumber() ? minutes.longValue() : null;
  }

  private Rendering result(PageRequest pageRequest, Payment payment) {
    return pageRequest
        .page("console/cashier-result", "cashier")
        .with("payment", payment)
        .with("payee", pageRequest.words().participantName(payment.payee()))
        .with("back", pageRequest.here() + "/try/for/" + payment.tradeNo())
        .with("seller", sellerAddress(pageRequest, payment.tradeNo()))
        .show();
  }

  /** Returns where the seller's own page goes on, if the payment was ordered on one. */
  private @Nullable String sellerAddress(PageRequest pageRequest, String tradeNo) {
    return paymentReader
        .sellerAddress(pageRequest.world(), tradeNo)
        .map(Object::toString)
        .orElse(null);
  }

  @PostMapping
  Rendering decide(
      PageRequest pageRequest, @PathVariable String tradeNo, @ModelAttribute Decision decision) {
    try {
      consoleApiClient.post(
          pageRequest.world(), pageRequest.principal(), approval(tradeNo), answer(decision));
    } catch (UnexpectedReply refusal) {
      if (!TRY_AGAIN.contains(refusal.code())
          && payment(pageRequest, tradeNo).status() == PaymentStatus.WAITING_FOR_APPROVAL) {
        throw refusal;
      }
      if (TRY_AGAIN.contains(refusal.code())) {
        return show(
            pageRequest,
            tradeNo,
            new Refused(refusal.code(), refusal.detail(), refusal.finer("observed")));
      }
    }
    return pageRequest.redirect(pageRequest.exchange().getRequest().getPath().value());
  }

  private static Map<String, Object> answer(Decision decision) {
    if (decision.decision() == null || !DECISIONS.contains(decision.decision())) {
      throw new Refusal(Problem.INVALID_FIELD, "the answer is none of the three")
          .at("decision")
          .expected("APPROVE, DECLINE or CLOSE");
    }
    if (!decision.decision().equals("APPROVE")) {
      return Map.of("decision", decision.decision());
    }
    return Map.of(
        "decision",
        "APPROVE",
        "digest",
        decision.digest() == null ? "" : decision.digest(),
        "pin",
        decision.pin() == null ? "" : decision.pin().strip());
  }

  private Payment payment(PageRequest pageRequest, String tradeNo) {
    requireTradeNo(tradeNo);
    return paymentReader.get(pageRequest.world(), pageRequest.principal(), tradeNo);
  }

  private static String approval(String tradeNo) {
    requireTradeNo(tradeNo);
    return "/psp/payments/" + tradeNo + "/approval";
  }

  private static void requireTradeNo(String tradeNo) {
    if (!tradeNo.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such payment").at("trade_no");
    }
  }
}
