package org.actsandbox.agent.turn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.delegation.Delegated;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.Purchasing;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.watch.Buyer;
import org.actsandbox.agent.watch.Watch;
import org.actsandbox.protocol.payment.PaymentStatus;

/** Turns that nobody spoke for: they buy what a watch found, under its authority. */
final class DirectedTurns implements Buyer {

  private final Course course;
  private final Conversations conversations;
  private final Purchasing purchasing;
  private final Ordering ordering;

  DirectedTurns(
      Course course, Conversations conversations, Purchasing purchasing, Ordering ordering) {
    this.course = course;
    this.conversations = conversations;
    this.purchasing = purchasing;
    this.ordering = ordering;
  }

  @Override
  public boolean buy(Watch watch, Proposal proposal, IntConsumer begun) {
    var id = watch.conversationId();
    if (isBusy(id)) {
      return false;
    }
    var delegated = Objects.requireNonNull(watch.delegated());
    course.claim(
        id,
        () -> {
          int number = conversations.begin(conversations.get(id), null, null);
          var permission =
              new Permission(proposal.recommended(), null, proposal.budget(), List.of());
          var turn = course.turn(id, number, watch.lang(), permission);
          return course.begun(
              turn,
              () -> {
                begun.accept(number);
                course.start(turn, () -> buy(turn, proposal, delegated), Runnable::run);
              });
        });
    return true;
  }

  private void buy(Turn turn, Proposal proposal, Delegated delegated) {
    turn.startBuying();
    purchasing.plan(
        turn.conversation(),
        turn.number(),
        proposal.intentId(),
        proposal.chosen(proposal.recommended()),
        proposal.budget(),
        null,
        delegated);
    ordering.follow(turn);
  }

  @Override
  public boolean isBusy(String conversation) {
    return course.isTaken(conversation);
  }

  @Override
  public List<Purchase> bought(String conversation, int turn) {
    return purchasing.ofTurn(conversation, turn);
  }

  @Override
  public Optional<PaymentStatus> paymentOf(Purchase purchase) {
    return purchasing.paymentOf(purchase);
  }
}
