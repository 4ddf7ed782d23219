package org.actsandbox.merchants.catalog;

import java.util.Map;
import org.actsandbox.merchants.Merchant;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.commerce.PaymentCapability;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.http.OnTheWire;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What anybody may read of a merchant. */
@RestController
@RequestMapping(
    path = "/w/{world}/merchants/{merchant}",
    produces = MediaType.APPLICATION_JSON_VALUE)
public class StorefrontEndpoints {

  @GetMapping({"", "/"})
  byte[] profile(Merchant merchant) {
    return merchant.storefront().profile();
  }

  @OnTheWire(answers = AgentCard.class)
  @GetMapping("/.well-known/agent-card.json")
  byte[] card(Merchant merchant) {
    return merchant.storefront().card();
  }

  @OnTheWire(answers = PaymentCapability.class)
  @GetMapping("/.well-known/act-payment-capability.json")
  byte[] capability(Merchant merchant) {
    return merchant.storefront().capability();
  }

  @GetMapping("/catalog")
  Page<CatalogEntry> catalog(
      Merchant merchant,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    return merchant.storefront().catalog(q, category, cursor, limit);
  }

  @GetMapping("/catalog/{item}")
  CatalogEntry item(Merchant merchant, @PathVariable String item) {
    return merchant.storefront().item(item);
  }

  /** Seats of one carriage; the parameters say the offer or the train, date and stretch. */
  @GetMapping("/seatmap")
  SeatMap seatMap(Merchant merchant, @RequestParam Map<String, String> query) {
    return merchant.seats().map(query);
  }
}
