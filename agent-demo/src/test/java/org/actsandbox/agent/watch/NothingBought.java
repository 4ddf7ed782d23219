package org.actsandbox.agent.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.protocol.payment.PaymentStatus;

/** Fails the test if something is bought, and knows no purchase. */
final class NothingBought implements DirectedBuyer {

  @Override
  public boolean buy(Watch watch, Proposal proposal, IntConsumer onStart) {
    throw new AssertionError("nothing may be bought here");
  }

  @Override
  public boolean isBusy(String conversation) {
    return false;
  }

  @Override
  public List<Purchase> purchasesOfTurn(String conversation, int turn) {
    return List.of();
  }

  @Override
  public Optional<PaymentStatus> paymentOf(Purchase purchase) {
    return Optional.empty();
  }
}
