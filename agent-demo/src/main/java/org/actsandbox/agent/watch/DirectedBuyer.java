package org.actsandbox.agent.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.protocol.payment.PaymentStatus;

/** Who buys what a watch found, in a turn of its conversation. */
public interface DirectedBuyer {

  /**
   * Starts a turn that buys everything recommended; its end is told by {@link
   * PurchaseWatchService#turnEnded}.
   *
   * @param begun told the turn's number before anything is bought
   * @return false while the conversation is busy
   */
  boolean buy(Watch watch, Proposal proposal, IntConsumer begun);

  boolean isBusy(String conversation);

  List<Purchase> purchasesOfTurn(String conversation, int turn);

  /**
   * Empty when the payment's request never arrived.
   *
   * @throws org.actsandbox.protocol.http.NoAnswerException while nobody says
   */
  Optional<PaymentStatus> paymentOf(Purchase purchase);
}
