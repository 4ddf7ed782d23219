package org.actsandbox.web.console.cashier;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.principal.Surfaces;
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
 * The cashier: the principal sees exactly what is signed (ACT PSD-3), enters the PIN or says no. A
 * page of its own that nobody frames; the agent's key opens none of it.
 */
@Controller
@RequestMapping({"/cashier/{tradeNo}", "/w/{world}/cashier/{tradeNo}"})
class CashierPage {

  private static final Set<String> DECISIONS = Set.of("APPROVE", "DECLINE", "CLOSE");

  /** Answers that leave the payment open: the page is shown again and says what to do. */
  private static final Set<String> TRY_AGAIN =
      Set.of("pin_wrong", "pin_locked", "invalid_field", "approval_mismatch");

  private final Surfaces surfaces;

  CashierPage(Surfaces surfaces) {
    this.surfaces = surfaces;
  }

  record Decision(@Nullable String decision, @Nullable String digest, @Nullable String pin) {

    /** Without the PIN, which is in no log. */
    @Override
    public String toString() {
      return "Decision[" + decision + "]";
    }
  }

  /**
   * @param code names the sentence, {@code cashier.refused.<code>}
   * @param observed finer words of the payment service
   */
  record Refused(String code, String detail, String observed) {}

  @GetMapping
  Rendering show(Visit visit, @PathVariable String tradeNo) {
    return show(visit, tradeNo, null);
  }

  private Rendering show(Visit visit, String tradeNo, @Nullable Refused refused) {
    var payment = payment(visit, tradeNo);
    if (payment.status() != PaymentStatus.WAITING_FOR_APPROVAL) {
      return result(visit, payment);
    }
    var shown = surfaces.get(visit.world(), visit.you(), approval(tradeNo));
    var page =
        visit
            .page("console/cashier", "cashier")
            .with("bill", Bill.of(shown))
            .with("action", visit.exchange().getRequest().getPath().value())
            .with("lockedMinutes", lockedMinutes(shown))
            .with("narrator", new Narrator(visit.words()))
            .with("refused", refused);
    if (refused != null) {
      page.status(422);
    }
    return page.show();
  }

  /** How long the PIN is still locked; null when it is not. */
  private static @Nullable Long lockedMinutes(JsonNode shown) {
    var minutes = shown.path("pin_locked_minutes");
    return minutes.isNumber() ? minutes.longValue() : null;
  }

  private Rendering result(Visit visit, Payment payment) {
    return visit
        .page("console/cashier-result", "cashier")
        .with("payment", payment)
        .with("payee", Narrator.nameOf(payment.payee()))
        .with("back", visit.here() + "/try/for/" + payment.tradeNo())
        .show();
  }

  @PostMapping
  Rendering decide(Visit visit, @PathVariable String tradeNo, @ModelAttribute Decision decision) {
    try {
      surfaces.post(visit.world(), visit.you(), approval(tradeNo), answer(decision));
    } catch (Unexpected refusal) {
      if (!TRY_AGAIN.contains(refusal.code())
          && payment(visit, tradeNo).status() == PaymentStatus.WAITING_FOR_APPROVAL) {
        throw refusal;
      }
      if (TRY_AGAIN.contains(refusal.code())) {
        return show(
            visit,
            tradeNo,
            new Refused(refusal.code(), refusal.detail(), refusal.finer("observed")));
      }
    }
    return visit.redirect(visit.exchange().getRequest().getPath().value());
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

  private static Payment payment(Visit visit, String tradeNo) {
    requireTradeNo(tradeNo);
    return visit.world().part(Psp.class).payments().get(tradeNo, visit.you(), Duration.ZERO);
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
