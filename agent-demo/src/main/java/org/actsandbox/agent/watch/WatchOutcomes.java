package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.errand.ErrandAuthority;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.watch.PurchaseSettlement.Verdict;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** Applies what follows from a purchase that ended, and ends watches (ACT CID-7). */
final class WatchOutcomes {

  private static final Duration RETRY_PAUSE = Duration.ofMinutes(10);
  static final Duration SOON = Duration.ofMinutes(1);

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final ErrandStore<Watch> watches;
  private final ErrandAuthority<Watch> errandAuthority;
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
    this.errandAuthority = collaborators.errandAuthority();
    this.directedIsrBuilder = collaborators.directedIsrBuilder();
    this.watchNarrator = collaborators.watchNarrator();
    this.purchaseSettlement = new PurchaseSettlement(directedBuyer);
    this.directedBuyer = directedBuyer;
  }

  /** Groups the parts that store, authorize, word and tell watches. */
  record Collaborators(
      ErrandStore<Watch> watches,
      ErrandAuthority<Watch> errandAuthority,
      DirectedIsrBuilder directedIsrBuilder,
      WatchNarrator watchNarrator) {}

  void retryLater(Watch watch, String why) {
    watchNarrator.note(
        watch,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_DEL,
        JournalEvent.WATCH_DELAYED,
        Map.of("watch_id", watch.watchId(), "why", why));
    watches.save(watch.withDueAt(world.now().plus(SOON)));
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
      case Verdict.Unclear _ -> watches.save(watch.withDueAt(world.now().plus(SOON)));
    }
  }

  private void finishPayment(Watch watch) {
    int next = watch.progress().payment() + 1;
    if (!watch.directive().isPlanned() || next >= watch.directive().payments()) {
      end(
          watch.move(WatchState.DONE, watch.progress().payment(next)),
          AgentPhrases.bilingual("watch.done"));
      return;
    }
    next = nextPayment(watch, next);
    var due = directedIsrBuilder.paymentTime(watch.directive(), next, world.now());
    var waiting =
        watches.save(watch.move(WatchState.WATCHING, watch.progress().payment(next).due(due)));
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
        watches.save(
            watch.move(
                WatchState.WATCHING,
                watch.progress().withReason(code, why).due(dueBeforeEnd(watch, pause))));
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
        watches.save(
            watch.move(
                WatchState.WATCHING,
                progress
                    .withReason(failed.code(), failed.why())
                    .due(dueBeforeEnd(watch, RETRY_PAUSE))));
    watchNarrator.noteStateChange(waiting);
    watchNarrator.tell(
        waiting, "watch.retry", failed.why(), progress.failures(), DirectedIsrBuilder.RETRIES);
  }

  private void handleBoundary(Watch watch, String code, Text why) {
    var action =
        delegationServiceClient
            .parseCredential(watch.requiredAuthority())
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
        watches.save(
            watch.move(
                WatchState.PAUSED, watch.progress().withReason(code, why).due(watch.until())));
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
            delegationServiceClient.parseCredential(watch.requiredAuthority()));
    if (state.filter(DelegationState::isFinal).isPresent()) {
      end(watch, "iac_revoked", AgentPhrases.bilingual("watch.revoked"));
      return;
    }
    watches.save(watch.withDueAt(watch.until()));
  }

  /** Ends the watch before everything was bought. */
  void end(Watch watch, String code, Text why) {
    end(
        watch.move(WatchState.ENDED, watch.progress().withReason(code, why)),
        AgentPhrases.bilingual("watch.ended", why));
  }

  /** The watch ends first and buys nothing more; then its authority is given back. */
  private void end(Watch over, Text words) {
    var ended = errandAuthority.saveEnd(over);
    watchNarrator.noteStateChange(ended);
    watchNarrator.tell(ended, words);
    errandAuthority.giveBack(ended);
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
