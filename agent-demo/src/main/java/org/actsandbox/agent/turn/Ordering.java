package org.actsandbox.agent.turn;

import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.purchase.Buying;
import org.actsandbox.agent.purchase.Purchasing;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.turn.Turn.Outcome;

/** Follows what a turn ordered to its end, and tells how it ended. */
final class Ordering {

  private final Conversations conversations;
  private final Shopping shopping;
  private final Purchasing purchasing;

  Ordering(Conversations conversations, Shopping shopping, Purchasing purchasing) {
    this.conversations = conversations;
    this.shopping = shopping;
    this.purchasing = purchasing;
  }

  void follow(Turn turn) {
    conclude(turn, purchasing.follow(turn.conversation(), turn.number(), turn.narrator()));
  }

  /** Goes on after a stop of the process: first tells what was stored but not told. */
  void resume(Turn turn) {
    purchasing.retell(turn.conversation(), turn.number(), turn.narrator());
    follow(turn);
  }

  void cancel(Turn turn) {
    conclude(turn, purchasing.cancel(turn.conversation(), turn.number(), turn.narrator()));
  }

  private void conclude(Turn turn, Buying buying) {
    var narrator = turn.narrator();
    boolean directed =
        purchasing.ofTurn(turn.conversation(), turn.number()).stream()
            .anyMatch(purchase -> purchase.delegated() != null);
    switch (buying) {
      case Buying.Bought bought -> {
        turn.outcome(Outcome.BOUGHT);
        if (!directed) {
          conversations.intent(turn.conversation(), null);
          conversations.forgetShown(turn.conversation());
        }
        var titles = bought.purchases().stream().map(p -> narrator.say(p.title())).toList();
        narrator.message("assistant", narrator.say("bought", String.join(", ", titles)));
      }
      case Buying.Declined declined -> {
        turn.outcome(Outcome.DECLINED);
        narrator.tell(
            "declined",
            Map.of(
                "trade_no", declined.purchase().tradeNo(),
                "reason", narrator.say(declined.reason())));
        narrator.message("assistant", narrator.say("declined", declined.reason()));
      }
      case Buying.Failed failed -> {
        turn.outcome(Outcome.FAILED);
        narrator.failed(narrator.say(failed.reason()), narrator.say(failed.remedy()));
      }
      case Buying.Unavailable gone when directed -> {
        // The watch looks again by itself.
        turn.outcome(Outcome.NOTHING_SUITABLE);
        narrator.message("assistant", narrator.say("watch.gone", gone.reason()));
      }
      case Buying.Unavailable gone -> again(turn, gone);
    }
  }

  /** Price or stock were gone: says so, searches once more, and offers; never buys by itself. */
  private void again(Turn turn, Buying.Unavailable gone) {
    var narrator = turn.narrator();
    narrator.message("assistant", narrator.say("again", gone.reason()));
    var before = conversations.shown(turn.conversation()).map(Proposal::read);
    if (before.isEmpty()) {
      turn.outcome(Outcome.FAILED);
      narrator.failed(narrator.say(gone.reason()), narrator.say("remedy.other"));
      return;
    }
    var wishes = before.get().searches().stream().map(search -> search.wish()).toList();
    var proposal = shopping.search(turn, wishes, before.get().budget());
    if (turn.outcome() == Outcome.OFFERED) {
      var best =
          proposal.recommended().stream()
              .map(proposal::offer)
              .flatMap(Optional::stream)
              .map(o -> narrator.say(o.offer().title()) + " (¥" + o.offer().total() + ")")
              .toList();
      narrator.message("assistant", narrator.say("again.offer", String.join(", ", best)));
    }
  }
}
