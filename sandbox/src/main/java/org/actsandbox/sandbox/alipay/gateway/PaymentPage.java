package org.actsandbox.sandbox.alipay.gateway;

import java.net.URI;
import java.util.Map;
import org.actsandbox.protocol.document.DocumentTemplate;

/**
 * Writes the pages that a browser gets when it posts a seller's form (AIP-90). The way to the
 * cashier begins on a page of this server: a redirect from the seller's site would arrive without
 * the console's session.
 */
final class PaymentPage {

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(PaymentPage.class, "payment.html");

  private PaymentPage() {}

  static String leadingTo(URI next) {
    return TEMPLATE.fill(
        Map.of("next", next.toString(), "refresh", "0;url=" + next, "code", "", "message", ""));
  }

  static String refusing(GatewayRefusal refusal, String traceId) {
    return TEMPLATE.fill(
        Map.of(
            "next",
            "",
            "refresh",
            "",
            "code",
            refusal.subCode().level().code() + " " + refusal.subCode().text(),
            "message",
            refusal.subMsg(),
            "trace",
            traceId));
  }
}
