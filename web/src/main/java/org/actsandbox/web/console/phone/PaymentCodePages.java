package org.actsandbox.web.console.phone;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.qr.QrCode;
import org.actsandbox.web.console.qr.ReachableAddress;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Draws the code that opens the cashier of one payment on a phone, as a part of other pages, and
 * says how far the phone is.
 */
@Controller
@RequestMapping("/console/{world}/payments/{tradeNo}")
class PaymentCodePages {

  private final PaymentLinks links;
  private final PaymentReader paymentReader;
  private final ReachableAddress reachable;

  PaymentCodePages(PaymentLinks links, ReachableAddress reachable, PaymentReader paymentReader) {
    this.paymentReader = paymentReader;
    this.links = links;
    this.reachable = reachable;
  }

  /** Draws a new code; the page that shows it asks for it when the reader wants one. */
  @GetMapping("/code")
  Rendering code(PageRequest pageRequest, CallerAddress address, @PathVariable String tradeNo) {
    requireOwn(pageRequest, tradeNo);
    var path = links.path(pageRequest.world(), tradeNo);
    Map<String, Object> model = new HashMap<>(progressModel(pageRequest, tradeNo));
    model.put("path", path);
    reachable
        .origin(address)
        .ifPresent(
            origin -> {
              model.put("code", QrCode.of(origin + path));
              model.put("host", origin.getAuthority());
            });
    return pageRequest.fragment("console/phone-code :: code", model);
  }

  /** Says whether a phone has opened the payment; a page with a decided payment is loaded anew. */
  @GetMapping("/progress")
  Rendering progress(PageRequest pageRequest, @PathVariable String tradeNo) {
    if (requireOwn(pageRequest, tradeNo) != PaymentStatus.WAITING_FOR_APPROVAL) {
      pageRequest.exchange().getResponse().getHeaders().set("HX-Refresh", "true");
    }
    return pageRequest.fragment(
        "console/phone-code :: progress", progressModel(pageRequest, tradeNo));
  }

  private Map<String, Object> progressModel(PageRequest pageRequest, String tradeNo) {
    return Map.of("tradeNo", tradeNo, "opened", links.isOpened(pageRequest.world(), tradeNo));
  }

  private PaymentStatus requireOwn(PageRequest pageRequest, String tradeNo) {
    return paymentReader.get(pageRequest.world(), pageRequest.principal(), tradeNo).status();
  }
}
