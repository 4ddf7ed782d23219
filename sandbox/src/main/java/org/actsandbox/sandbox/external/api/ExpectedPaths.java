package org.actsandbox.sandbox.external.api;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.api.ExternalMerchantView.ExpectedPath;

/** Lists what a merchant from outside has to serve at its level. */
final class ExpectedPaths {

  private ExpectedPaths() {}

  static List<ExpectedPath> of(ExternalMerchant merchant) {
    var paths = new ArrayList<ExpectedPath>();
    boolean service = merchant.kind() == MerchantKind.SERVICE;
    if (merchant.level().includes(MerchantLevel.SHOP)) {
      paths.add(new ExpectedPath("GET", "/.well-known/agent-card.json", "CID-4"));
      paths.add(new ExpectedPath("GET", "/.well-known/act-payment-capability.json", "CID-4"));
      paths.add(new ExpectedPath("GET", "/catalog", "CID-1"));
      if (!service) {
        paths.add(new ExpectedPath("POST", "/intents", "CID-2"));
      }
    }
    if (merchant.level() == MerchantLevel.GATE) {
      paths.add(new ExpectedPath("GET", merchant.resource(), "A402-1"));
    } else {
      if (service) {
        paths.add(new ExpectedPath("POST", "/services/{service}", "A402-1"));
      } else {
        paths.add(new ExpectedPath("POST", "/carts", "CID-8"));
        paths.add(new ExpectedPath("GET", "/fulfilment/{order_no}", "A402-1"));
      }
      paths.add(new ExpectedPath("POST", "/orders/{order_no}/cancel", null));
    }
    paths.add(new ExpectedPath("POST", "/notifications", "PSD-8"));
    return List.copyOf(paths);
  }
}
