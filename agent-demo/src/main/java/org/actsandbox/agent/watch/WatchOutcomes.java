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

/** Applies what follows from a purchase that ended, and ends watches (ACT CID-7). */
final class WatchOutcomes {

  private static final Duration RETRY_PAUSE = Duration.ofMinutes(10);
  static final Duration SOON = Duration.ofMinutes(1);

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final Watches watches;
  private final DirectedIsrBuilder directedIsrBuilder;
  private final WatchNarrator watchNarrator;
  private final PurchaseSettlement purchaseSettlement;
  private final DirectedBuyer directedBuyer;

  WatchOutcomes(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      WatchOutcomes.Collaborators collaborators,
      DirectedBuyer directedBuyer) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.watches = collaborators.watches();
    this.directedIsrBuilder = collaborators.directedIsrBuilder();
    this.watchNarrator = collaborators.watchNarrator();
    this.purchaseSettlement = new PurchaseSettlement(directedBuyer);
    this.directedBuyer = directedBuyer;
  }

  /** Groups the parts that store, word and tell watches. */
  record Collaborators(
      Watches watches, DirectedIsrBuilder directedIsrBuilder, WatchNarrator watchNarrator) {}

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
      case Verdict.Bought _ -> finishPayment(watch);
      case Verdict.Again again -> watchAgain(watch, again.pause(), again.code(), again.why());
      case Verdict.Retry retry -> retry(watch, retry);
      case Verdict.BoundaryPassed(var code, var why) -> handleBoundary(watch, code, why);
      case Verdict.Pause(var code, var why) -> pause(watch, code, why);
      case Verdict.AuthorityEnded(var code, var why) -> end(watch, code, why);
      case Verdict.Unclear _ ->
          watches.move(watch, WatchState.BUYING, watch.progress().due(world.now().plus(SOON)));
    }
  }

  private void finishPayment(Watch watch) {
    int next = watch.progress().payment() + 1;
    if (!watch.directive().isPlanned() || next >= watch.directive().payments()) {
      var done = watches.move(watch, WatchState.DONE, watch.progress().payment(next));
      watchNarrator.noteStateChange(done);
      watchNarrator.tell(done, "watch.done");
      return;
    }
    next = nextPayment(watch, next);
    var due = directedIsrBuilder.paymentTime(watch.directive(), next, world.now());
    var waiting = watches.move(watch, WatchState.WATCHING, watch.progress().payment(next).due(due));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(waiting, "watch.next", local(due));
  }

  /** Skips payments that were missed: only the latest payment that is due is made. */
  private int nextPayment(Watch watch, int from) {
    var now = world.now();
    int next = from;
    while (next + 1 < watch.directive().payments()
        && !directedIsrBuilder.paymentTime(watch.directive(), next + 1, now).isAfter(now)) {
      next++;
    }
    return next;
  }

  private void watchAgain(Watch watch, Duration pause, String code, Text why) {
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch.progress().withReason(code, why).due(dueBeforeEnd(watch, pause)));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(waiting, "watch.again", why);
  }

  private void retry(Watch watch, Verdict.Retry failed) {
    var progress = watch.progress().withFailure();
    if (progress.failures() > DirectedIsrBuilder.RETRIES) {
      pause(watch, failed.code(), failed.why());
      return;
    }
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            progress.withReason(failed.code(), failed.why()).due(dueBeforeEnd(watch, RETRY_PAUSE)));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(
        waiting, "watch.retry", failed.why(), progress.failures(), DirectedIsrBuilder.RETRIES);
  }

  private void handleBoundary(Watch watch, String code, Text why) {
    var action =
        delegationServiceClient
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
            watch, WatchState.PAUSED, watch.progress().withReason(code, why).due(watch.until()));
    watchNarrator.noteStateChange(paused);
    watchNarrator.tell(paused, "watch.paused", why);
  }

  void checkPaused(Watch watch) {
    if (!world.now().isBefore(watch.until())) {
      end(watch, "iac_expired", AgentPhrases.bilingual("watch.over", local(watch.until())));
      return;
    }
    var state =
        delegationServiceClient.currentState(
            delegationServiceClient.parseCredential(watch.authority()));
    if (state.filter(DelegationState::isFinal).isPresent()) {
      end(watch, "iac_revoked", AgentPhrases.bilingual("watch.revoked"));
      return;
    }
    watches.move(watch, WatchState.PAUSED, watch.progress().due(watch.until()));
  }

  /**
   * Ends the watch and gives back an authority that could still be used, because it is not needed
   * any more.
   */
  void end(Watch watch, String code, Text why) {
    var ended = watches.move(watch, WatchState.ENDED, watch.progress().withReason(code, why));
    watchNarrator.noteStateChange(ended);
    watchNarrator.tell(ended, "watch.ended", why);
    if (ended.delegated() != null && !code.equals("iac_revoked") && !code.equals("iac_expired")) {
      giveBack(ended, code);
    }
  }

  /** Revokes the authority; the watch buys nothing more, even if the service does not answer. */
  private void giveBack(Watch ended, String code) {
    try {
      delegationServiceClient.revoke(ended.authority().delegationId(), ended.intentId(), code);
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
