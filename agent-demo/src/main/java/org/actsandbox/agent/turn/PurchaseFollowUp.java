package org.actsandbox.agent.turn;

import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.purchase.PurchaseOutcome;
import org.actsandbox.agent.purchase.PurchaseProcess;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.protocol.conversation.ConversationEventType;

/** Follows the purchases of a turn to their end and tells the principal how they ended. */
final class PurchaseFollowUp {

  private final Conversations conversations;
  private final ProposalSearch proposalSearch;
  private final PurchaseProcess purchaseProcess;

  PurchaseFollowUp(
      Conversations conversations, ProposalSearch proposalSearch, PurchaseProcess purchaseProcess) {
    this.conversations = conversations;
    this.proposalSearch = proposalSearch;
    this.purchaseProcess = purchaseProcess;
  }

  boolean hasOrdered(String conversation, int turn) {
    return !purchaseProcess.purchases().findByTurn(conversation, turn).isEmpty();
  }

  void follow(Turn turn) {
    conclude(turn, purchaseProcess.runToEnd(turn.conversation(), turn.number(), turn.narrator()));
  }

  /** Continues after a stop of the process; first it tells what was stored but not told. */
  void resume(Turn turn) {
    purchaseProcess.retell(turn.conversation(), turn.number(), turn.narrator());
    follow(turn);
  }

  void cancel(Turn turn) {
    conclude(turn, purchaseProcess.cancel(turn.conversation(), turn.number(), turn.narrator()));
  }

  private void conclude(Turn turn, PurchaseOutcome purchaseOutcome) {
    var conversationNarrator = turn.narrator();
    boolean directed =
        purchaseProcess.purchases().findByTurn(turn.conversation(), turn.number()).stream()
            .anyMatch(purchase -> purchase.delegated() != null);
    switch (purchaseOutcome) {
      case PurchaseOutcome.Bought bought -> {
        turn.outcome(Outcome.BOUGHT);
        if (!directed) {
          conversations.saveIntentId(turn.conversation(), null);
          conversations.clearShownOffers(turn.conversation());
        }
        var titles =
            bought.purchases().stream().map(p -> conversationNarrator.phrase(p.title())).toList();
        conversationNarrator.message(
            "assistant", conversationNarrator.phrase("bought", String.join(", ", titles)));
      }
      case PurchaseOutcome.Declined declined -> {
        turn.outcome(Outcome.DECLINED);
        conversationNarrator.publish(
            ConversationEventType.DECLINED,
            Map.of(
                "trade_no", declined.purchase().tradeNo(),
                "reason", conversationNarrator.phrase(declined.reason())));
        conversationNarrator.message(
            "assistant", conversationNarrator.phrase("declined", declined.reason()));
      }
      case PurchaseOutcome.Failed failed -> {
        turn.outcome(Outcome.FAILED);
        conversationNarrator.failed(
            conversationNarrator.phrase(failed.reason()),
            conversationNarrator.phrase(failed.remedy()));
      }
      case PurchaseOutcome.Unavailable gone when directed -> {
        // The watch searches again by itself.
        turn.outcome(Outcome.NOTHING_SUITABLE);
        conversationNarrator.message(
            "assistant", conversationNarrator.phrase("watch.gone", gone.reason()));
      }
      case PurchaseOutcome.Unavailable gone -> searchAgain(turn, gone);
    }
  }

  /**
   * Tells that price or stock are gone, searches once more and offers the result; it never buys by
   * itself.
   */
  private void searchAgain(Turn turn, PurchaseOutcome.Unavailable gone) {
    var conversationNarrator = turn.narrator();
    conversationNarrator.message("assistant", conversationNarrator.phrase("again", gone.reason()));
    var before = conversations.shownOffers(turn.conversation()).map(Proposal::read);
    if (before.isEmpty()) {
      turn.outcome(Outcome.FAILED);
      conversationNarrator.failed(
          conversationNarrator.phrase(gone.reason()), conversationNarrator.phrase("remedy.other"));
      return;
    }
    var wishes = before.get().searches().stream().map(searchResult -> searchResult.wish()).toList();
    var proposal = proposalSearch.search(turn, wishes, before.get().budget());
    if (turn.outcome() == Outcome.OFFERED) {
      var best =
          proposal.recommended().stream()
              .map(proposal::offer)
              .flatMap(Optional::stream)
              .map(
                  o ->
                      conversationNarrator.phrase(o.offer().title())
                          + " (¥"
                          + o.offer().total()
                          + ")")
              .toList();
      conversationNarrator.message(
          "assistant", conversationNarrator.phrase("again.offer", String.join(", ", best)));
    }
  }
}
