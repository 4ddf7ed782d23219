package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.watch.PurchaseSettlement.Verdict;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** What follows from a purchase that ended, and how watches end (ACT CID-7). */
final class WatchOutcomes {

  private static final Duration OFTEN = Duration.ofMinutes(10);
  static final Duration SOON = Duration.ofMinutes(1);

  private final AgentWorld world;
  private final DelegationServiceClient service;
  private final Watches watches;
  private final DirectedIsrBuilder directedIsrBuilder;
  private final WatchNarrator watchNarrator;
  private final PurchaseSettlement purchaseSettlement;
  private final DirectedBuyer directedBuyer;

  WatchOutcomes(
      AgentWorld world,
      DelegationServiceClient service,
      WatchOutcomes.Collaborators collaborators,
      DirectedBuyer directedBuyer) {
    this.world = world;
    this.service = service;
    this.watches = collaborators.watches();
    this.directedIsrBuilder = collaborators.isrs();
    this.watchNarrator = collaborators.teller();
    this.purchaseSettlement = new PurchaseSettlement(directedBuyer);
    this.directedBuyer = directedBuyer;
  }

  /** Where watches are kept, worded and told of. */
  record Collaborators(Watches watches, DirectedIsrBuilder isrs, WatchNarrator teller) {}

  void retryLater(Watch watch, String why) {
    watchNarrator.note(
        watch,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_DEL,
        "watch-delayed",
        Map.of("watch_id", watch.watchId(), "why", why));
    watches.move(watch, watch.state(), watch.progress().due(world.now().plus(SOON)));
  }

  void settle(Watch watch) {
    var turn = watch.progress().turn();
    var purchases =
        turn == null
            ? List.<Purchase>of()
            : directedBuyer.purchasesOfTurn(watch.conversationId(), turn);
    switch (purchaseSettlement.verdict(purchases)) {
      case Verdict.Bought _ -> bought(watch);
      case Verdict.Again again -> again(watch, again.pause(), again.code(), again.why());
      case Verdict.Retry retry -> retry(watch, retry);
      case Verdict.Bounded(var code, var why) -> bounded(watch, code, why);
      case Verdict.Pause(var code, var why) -> pause(watch, code, why);
      case Verdict.Over(var code, var why) -> end(watch, code, why);
      case Verdict.Unclear _ ->
          watches.move(watch, WatchState.BUYING, watch.progress().due(world.now().plus(SOON)));
    }
  }

  private void bought(Watch watch) {
    int next = watch.progress().payment() + 1;
    if (!watch.directive().isPlanned() || next >= watch.directive().payments()) {
      var done = watches.move(watch, WatchState.DONE, watch.progress().payment(next));
      watchNarrator.noteStateChange(done);
      watchNarrator.tell(done, "watch.done");
      return;
    }
    next = planned(watch, next);
    var due = directedIsrBuilder.paymentTime(watch.directive(), next, world.now());
    var waiting = watches.move(watch, WatchState.WATCHING, watch.progress().payment(next).due(due));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(waiting, "watch.next", local(due));
  }

  /** A payment whose moment was missed is not made up for when the next one is due as well. */
  private int planned(Watch watch, int from) {
    var now = world.now();
    int next = from;
    while (next + 1 < watch.directive().payments()
        && !directedIsrBuilder.paymentTime(watch.directive(), next + 1, now).isAfter(now)) {
      next++;
    }
    return next;
  }

  private void again(Watch watch, Duration pause, String code, Text why) {
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch.progress().because(code, why).due(dueBeforeEnd(watch, pause)));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(waiting, "watch.again", why);
  }

  private void retry(Watch watch, Verdict.Retry failed) {
    var progress = watch.progress().failed();
    if (progress.failures() > DirectedIsrBuilder.RETRIES) {
      pause(watch, failed.code(), failed.why());
      return;
    }
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            progress.because(failed.code(), failed.why()).due(dueBeforeEnd(watch, OFTEN)));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(
        waiting, "watch.retry", failed.why(), progress.failures(), DirectedIsrBuilder.RETRIES);
  }

  private void bounded(Watch watch, String code, Text why) {
    var action =
        service
            .parseCredential(watch.authority())
            .payload()
            .bounds()
            .behaviorOrNone()
            .priceDeviationAction();
    if (action == PriceDeviationAction.AUTO_CANCEL) {
      end(watch, code, why);
    } else {
      pause(watch, code, why);
    }
  }

  private void pause(Watch watch, String code, Text why) {
    var paused =
        watches.move(
            watch, WatchState.PAUSED, watch.progress().because(code, why).due(watch.until()));
    watchNarrator.noteStateChange(paused);
    watchNarrator.tell(paused, "watch.paused", why);
  }

  void paused(Watch watch) {
    if (!world.now().isBefore(watch.until())) {
      end(watch, "iac_expired", AgentPhrases.bilingual("watch.over", local(watch.until())));
      return;
    }
    var state = service.currentState(service.parseCredential(watch.authority()));
    if (state.filter(DelegationState::isFinal).isPresent()) {
      end(watch, "iac_revoked", AgentPhrases.bilingual("watch.revoked"));
      return;
    }
    watches.move(watch, WatchState.PAUSED, watch.progress().due(watch.until()));
  }

  /** Over. Authority that could still be used is given back: nobody needs it any more. */
  void end(Watch watch, String code, Text why) {
    var ended = watches.move(watch, WatchState.ENDED, watch.progress().because(code, why));
    watchNarrator.noteStateChange(ended);
    watchNarrator.tell(ended, "watch.ended", why);
    if (ended.delegated() != null && !code.equals("iac_revoked") && !code.equals("iac_expired")) {
      giveBack(ended, code);
    }
  }

  /** The watch buys nothing any more, whether or not the service hears of it. */
  private void giveBack(Watch ended, String code) {
    try {
      service.revoke(ended.authority().delegationId(), ended.intentId(), code);
    } catch (ParticipantRefusal | NoAnswerException failed) {
      watchNarrator.note(
          ended,
          JournalNote.Kind.DECISION,
          ActComponent.ADD_IAC_LCM,
          "authority-not-given-back",
          Map.of("watch_id", ended.watchId(), "why", String.valueOf(failed.getMessage())));
      watchNarrator.tell(ended, "watch.not_given_back");
    }
  }

  String local(Instant at) {
    return at.atZone(world.zone())
        .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
  }

  Instant dueBeforeEnd(Watch watch, Duration pause) {
    var next = world.now().plus(pause);
    return next.isBefore(watch.until()) ? next : watch.until();
  }
}
