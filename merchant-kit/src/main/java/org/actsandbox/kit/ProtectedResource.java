package org.actsandbox.kit;

import java.io.IOException;
import org.actsandbox.kit.delivery.DeliveredContent;

/** Makes what a buyer paid for. It is called once for a trade, unless it fails. */
@FunctionalInterface
public interface ProtectedResource {

  /**
   * Makes the delivery of a paid request.
   *
   * @param request the request that was paid, without credentials of the payment
   * @throws IOException if it cannot be made now: nothing is delivered, and the buyer may show the
   *     same proof again. {@link java.net.http.HttpTimeoutException} is answered with 504, any
   *     other with 502
   * @throws RequestRefusedException if there is nothing to deliver for this payment any more; it is
   *     answered with that, and the merchant gives the money back ({@link PaymentRefunds})
   */
  DeliveredContent deliver(GateRequest request, VerifiedProof proof) throws IOException;
}
