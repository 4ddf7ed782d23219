package org.actsandbox.agent.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.protocol.payment.PaymentStatus;

/** Is the port through which a watch buys its match in a turn of its conversation. */
public interface DirectedBuyer {

  /**
   * Starts a turn that buys everything recommended; {@link PurchaseWatchService#turnEnded} is
   * called at its end.
   *
   * @param onStart receives the turn's number before anything is bought
   * @return false while the conversation is busy
   */
  boolean buy(Watch watch, Proposal proposal, IntConsumer onStart);

  boolean isBusy(String conversation);

  List<Purchase> purchasesOfTurn(String conversation, int turn);

  /**
   * Returns the status of the purchase's payment; empty when the payment request never arrived.
   *
   * @throws org.actsandbox.protocol.http.NoAnswerException while the payment service does not
   *     answer
   */
  Optional<PaymentStatus> paymentOf(Purchase purchase);
}
