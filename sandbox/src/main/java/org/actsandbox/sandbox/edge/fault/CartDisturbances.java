package org.actsandbox.sandbox.edge.fault;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Changes the goods of a cart just before the cart is confirmed, and a service just before it is
 * billed, as other customers and the merchant might.
 */
final class CartDisturbances {

  private static final Logger log = LoggerFactory.getLogger(CartDisturbances.class);

  private static final int MAX_LINES = 20;
  private static final String SERVICES = "/services/";

  private CartDisturbances() {}

  static void apply(FaultContext faultContext, List<Fault> faults) {
    for (var fault : faults) {
      if (fault.name() == FaultName.PRICE_MOVED) {
        var percent = new BigDecimal(fault.text("percent"));
        eachOffer(
            faultContext, offer -> new Disturbance.PriceMoved(offer, PriceChange.of(percent)));
      } else if (fault.name() == FaultName.SOLD_OUT) {
        eachOffer(faultContext, Disturbance.SoldOut::new);
      }
    }
  }

  private static void eachOffer(
      FaultContext faultContext, Function<String, Disturbance> disturbance) {
    if (faultContext
        .world()
        .externalMerchants()
        .get(faultContext.surface().participant())
        .isPresent()) {
      // The goods of a merchant from outside are its own, so only the merchant can change them.
      return;
    }
    var merchants = faultContext.world().participant(Merchants.class);
    for (var offer : offers(faultContext)) {
      try {
        merchants.get(faultContext.surface().participant()).disturb(disturbance.apply(offer));
      } catch (Refusal unknownOffer) {
        // The cart request itself is wrong, and the merchant will refuse it.
        log.debug("nothing to disturb at {}", offer, unknownOffer);
      }
    }
  }

  private static List<String> offers(FaultContext faultContext) {
    var operation = faultContext.surface().operation();
    if (operation.startsWith(SERVICES)) {
      return List.of(operation.substring(SERVICES.length()));
    }
    try {
      return StreamSupport.stream(
              Json.parse(faultContext.body()).path("lines").spliterator(), false)
          .map(line -> line.path("offer_id").asString(""))
          .filter(id -> !id.isEmpty())
          .distinct()
          .limit(MAX_LINES)
          .toList();
    } catch (JacksonException notJson) {
      return List.of();
    }
  }
}
