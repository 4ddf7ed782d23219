package org.actsandbox.web.console.cashier;

import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Is the cashier of the console: the principal sees exactly what is signed (ACT PSD-3), and enters
 * the PIN or declines. No other page can show it in a frame, and the agent's key does not open it.
 */
@Controller
@RequestMapping({"/cashier/{tradeNo}", "/w/{world}/cashier/{tradeNo}"})
class CashierPage {

  private final CashierDesk desk;

  CashierPage(CashierDesk desk) {
    this.desk = desk;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String tradeNo) {
    return desk.show(visit(pageRequest, tradeNo));
  }

  @PostMapping
  Rendering decide(
      PageRequest pageRequest,
      @PathVariable String tradeNo,
      @ModelAttribute CashierDecision decision) {
    var visit = visit(pageRequest, tradeNo);
    var refused = desk.decide(visit, decision);
    return refused == null
        ? pageRequest.redirect(pageRequest.exchange().getRequest().getPath().value())
        : desk.show(visit, refused);
  }

  private static CashierVisit visit(PageRequest pageRequest, String tradeNo) {
    return new CashierVisit(
        pageRequest, pageRequest.world(), pageRequest.principal(), tradeNo, "cashier");
  }
}
