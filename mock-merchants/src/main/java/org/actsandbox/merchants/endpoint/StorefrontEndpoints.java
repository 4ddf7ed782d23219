package org.actsandbox.merchants.endpoint;

import java.util.Map;
import org.actsandbox.protocol.commerce.AgentCard;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.PaymentCapability;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.protocol.http.KnownQueryParameters;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves a merchant's public documents, catalog and seat maps. */
@RestController
@RequestMapping(
    path = "/w/{world}/merchants/{merchant}",
    produces = MediaType.APPLICATION_JSON_VALUE)
public class StorefrontEndpoints {

  @EndpointSummary("Read the profile of a merchant")
  @GetMapping({"", "/"})
  byte[] profile(Merchant merchant) {
    return merchant.storefront().profile();
  }

  /**
   * Returns the agent card; also below the A2A endpoint, because some clients take its address as
   * the base of the card.
   */
  @EndpointSummary("Read the agent card of a merchant")
  @WireMessages(answers = AgentCard.class)
  @GetMapping({"/.well-known/agent-card.json", "/a2a/.well-known/agent-card.json"})
  ResponseEntity<byte[]> card(Merchant merchant) {
    return merchant.storefront().card().answer();
  }

  @EndpointSummary("Read the payment capability of a merchant")
  @WireMessages(answers = PaymentCapability.class)
  @GetMapping("/.well-known/act-payment-capability.json")
  ResponseEntity<byte[]> capability(Merchant merchant) {
    return merchant.storefront().capability().answer();
  }

  @EndpointSummary("Search the catalog of a merchant")
  @GetMapping("/catalog")
  Page<CatalogEntry> catalog(
      Merchant merchant,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    return merchant.storefront().catalog(q, category, cursor, limit);
  }

  @EndpointSummary("Read an item of the catalog")
  @GetMapping("/catalog/{item}")
  CatalogEntry item(Merchant merchant, @PathVariable String item) {
    return merchant.storefront().item(item);
  }

  /**
   * Returns the seats of one carriage; the parameters name the offer, or the train, date and
   * stretch.
   */
  @EndpointSummary("Read the seat map of a carriage")
  @GetMapping("/seatmap")
  SeatMap seatMap(
      Merchant merchant,
      @KnownQueryParameters({"offer", "item", "from", "to", "date", "class", "carriage"})
          @RequestParam
          Map<String, String> query) {
    return merchant.seatMaps().find(query);
  }
}
