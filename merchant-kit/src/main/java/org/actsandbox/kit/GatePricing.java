package org.actsandbox.kit;

import java.time.Instant;
import java.util.Optional;

/** Says what a request costs, and for which sale of the merchant it is. */
@FunctionalInterface
public interface GatePricing {

  /**
   * Returns the terms of a request, with a proof or without one. The same sale has the same terms
   * each time, because a bill is never rewritten (A402-11).
   *
   * @param now the world's time
   * @throws RequestRefusedException if the request is not for sale; it is answered with that
   */
  SaleTerms terms(GateRequest request, Instant now);

  /** Finds the terms of a sale that has a number of its own, for a dispute about it (TSD-6). */
  default Optional<SaleTerms> sale(String outTradeNo) {
    return Optional.empty();
  }
}
