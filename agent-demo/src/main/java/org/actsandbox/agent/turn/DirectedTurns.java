package org.actsandbox.agent.turn;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseProcess;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.watch.DirectedBuyer;
import org.actsandbox.agent.watch.Watch;
import org.actsandbox.protocol.payment.PaymentStatus;

/**
 * Runs the turns that start without a sentence of the principal: they buy what a watch found, under
 * its authority.
 */
final class DirectedTurns implements DirectedBuyer {

  private final TurnLifecycle turnLifecycle;
  private final Conversations conversations;
  private final PurchaseProcess purchaseProcess;
  private final PurchaseFollowUp purchaseFollowUp;

  DirectedTurns(
      TurnLifecycle turnLifecycle,
      Conversations conversations,
      PurchaseProcess purchaseProcess,
      PurchaseFollowUp purchaseFollowUp) {
    this.turnLifecycle = turnLifecycle;
    this.conversations = conversations;
    this.purchaseProcess = purchaseProcess;
    this.purchaseFollowUp = purchaseFollowUp;
  }

  @Override
  public boolean buy(Watch watch, Proposal proposal, IntConsumer onStart) {
    var id = watch.conversationId();
    if (isBusy(id)) {
      return false;
    }
    turnLifecycle.claim(
        id,
        () -> {
          int number = conversations.beginTurn(conversations.get(id), null, null);
          var permission =
              new Permission(proposal.recommended(), null, proposal.budget(), List.of());
          var turn = turnLifecycle.turn(id, number, watch.lang(), permission);
          return turnLifecycle.begin(
              turn,
              () -> {
                onStart.accept(number);
                return () -> buy(turn, proposal, watch.requiredAuthority());
              },
              Runnable::run);
        });
    return true;
  }

  private void buy(Turn turn, Proposal proposal, DelegatedAuthority delegatedAuthority) {
    turn.startBuying();
    var chosen = proposal.chosen(proposal.recommended());
    purchaseProcess.storePlan(
        turn.conversation(),
        turn.number(),
        proposal.intentId(),
        chosen,
        proposal.limitOf(chosen),
        null,
        delegatedAuthority);
    purchaseFollowUp.follow(turn);
  }

  @Override
  public boolean isBusy(String conversation) {
    return turnLifecycle.isTaken(conversation);
  }

  @Override
  public List<Purchase> purchasesOfTurn(String conversation, int turn) {
    return purchaseProcess.purchases().findByTurn(conversation, turn);
  }

  @Override
  public Optional<PaymentStatus> paymentOf(Purchase purchase) {
    return purchaseProcess.paymentOf(purchase);
  }
}
