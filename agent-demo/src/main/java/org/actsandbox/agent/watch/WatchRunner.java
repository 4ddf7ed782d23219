package org.actsandbox.agent.watch;

import java.time.Duration;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.errand.ErrandAuthority;
import org.actsandbox.agent.errand.ErrandAuthority.Decision;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Runs one step of a watch, chosen from its stored state: it learns the principal's decision,
 * searches or buys.
 */
final class WatchRunner {

  /**
   * Ours: the agent searches often at first, when a principal may still be waiting, and less often
   * later.
   */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);

  private static final int FIRST_LOOKS = 6;
  private static final Duration LATER_PAUSE = Duration.ofHours(1);

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final ErrandStore<Watch> watches;
  private final ErrandAuthority<Watch> errandAuthority;
  private final DirectedIsrBuilder directedIsrBuilder;
  private final WatchNarrator watchNarrator;
  private final WatchConditionCheck watchConditionCheck;
  private final DirectedBuyer directedBuyer;
  private final WatchOutcomes watchOutcomes;

  WatchRunner(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      WatchOutcomes.Collaborators watchParts,
      WatchRunner.Collaborators collaborators,
      WatchOutcomes watchOutcomes) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.watches = watchParts.watches();
    this.errandAuthority = watchParts.errandAuthority();
    this.directedIsrBuilder = watchParts.directedIsrBuilder();
    this.watchNarrator = watchParts.watchNarrator();
    this.watchConditionCheck = collaborators.watchConditionCheck();
    this.directedBuyer = collaborators.directedBuyer();
    this.watchOutcomes = watchOutcomes;
  }

  /** Groups the condition check and the buyer of a watch. */
  record Collaborators(WatchConditionCheck watchConditionCheck, DirectedBuyer directedBuyer) {}

  void run(Watch watch) {
    try {
      switch (watch.state()) {
        case ASKED -> applyDecision(watch);
        case WATCHING -> searchOrWait(watch);
        case BUYING -> watchOutcomes.settle(watch);
        case PAUSED -> watchOutcomes.checkPaused(watch);
        case DONE, ENDED -> {
          // The service does not work on watches that are over.
        }
      }
    } catch (ParticipantRefusal | NoAnswerException failed) {
      watchOutcomes.retryLater(watch, String.valueOf(failed.getMessage()));
    } catch (Refusal refused) {
      watchOutcomes.retryLater(watch, refused.detail());
    }
  }

  /** Applies the principal's decision about the authority, if there is one. */
  private void applyDecision(Watch watch) {
    switch (errandAuthority.decision(watch)) {
      case Decision.Given(var delegatedAuthority) -> {
        var now = world.now();
        var due = directedIsrBuilder.paymentTime(watch.directive(), 0, now);
        var authorized =
            watches.save(watch.authorized(delegatedAuthority, due.isBefore(now) ? now : due));
        watchNarrator.noteStateChange(authorized);
        watchNarrator.tell(
            authorized,
            begun(watch.directive()),
            watchOutcomes.local(authorized.until()),
            watchOutcomes.local(due));
      }
      case Decision.Declined _ ->
          watchOutcomes.end(watch, "declined", AgentPhrases.bilingual("watch.declined"));
      case Decision.Lapsed _ ->
          watchOutcomes.end(watch, "lapsed", AgentPhrases.bilingual("watch.lapsed"));
      case Decision.Undecided(var nextQuestion) -> watches.save(watch.withDueAt(nextQuestion));
    }
  }

  /** Returns the key of the sentence with which a watch begins. */
  private static String begun(Directive directive) {
    if (!directive.isPlanned()) {
      return "watch.begun";
    }
    return directive.payments() == 1 ? "watch.planned.once" : "watch.planned";
  }

  private void searchOrWait(Watch watch) {
    var iac = delegationServiceClient.parseCredential(watch.requiredAuthority());
    var now = world.now();
    if (handleEndedAuthority(watch, iac)) {
      return;
    }
    var paymentTime =
        directedIsrBuilder.paymentTime(watch.directive(), watch.progress().payment(), now);
    if (paymentTime.isAfter(now)) {
      watches.save(watch.withDueAt(paymentTime));
      return;
    }
    switch (watchConditionCheck.check(watch)) {
      case WatchConditionCheck.Result.Found found -> buy(watch, found);
      case WatchConditionCheck.Result.NotYet(var why) -> notYet(watch, why);
    }
  }

  /** Returns whether the authority does not permit a purchase now; the watch then waits or ends. */
  private boolean handleEndedAuthority(Watch watch, Iac iac) {
    if (!world.now().isBefore(iac.payload().validityEndTime())) {
      watchOutcomes.end(
          watch,
          "iac_expired",
          AgentPhrases.bilingual("watch.over", watchOutcomes.local(watch.until())));
      return true;
    }
    var state = delegationServiceClient.currentState(iac);
    if (state.isEmpty()) {
      wait(
          watch,
          WatchOutcomes.SOON,
          "delegation_state_unknown",
          AgentPhrases.bilingual("outside.state_unknown"));
      return true;
    }
    return switch (state.get()) {
      case ACTIVE -> false;
      case SUSPENDED -> {
        wait(watch, LATER_PAUSE, "iac_suspended", AgentPhrases.bilingual("watch.suspended"));
        yield true;
      }
      case REVOKED -> {
        watchOutcomes.end(watch, "iac_revoked", AgentPhrases.bilingual("watch.revoked"));
        yield true;
      }
      case EXPIRED -> {
        watchOutcomes.end(
            watch,
            "iac_expired",
            AgentPhrases.bilingual("watch.over", watchOutcomes.local(watch.until())));
        yield true;
      }
    };
  }

  /** Waits, and tells the reason if it is a new one. */
  private void wait(Watch watch, Duration pause, String code, Text why) {
    boolean isNew = !code.equals(watch.progress().code());
    var waiting =
        watches.save(
            watch.move(
                WatchState.WATCHING,
                watch
                    .progress()
                    .withReason(code, why)
                    .due(watchOutcomes.dueBeforeEnd(watch, pause))));
    if (isNew) {
      watchNarrator.tell(waiting, why);
    }
  }

  private void notYet(Watch watch, Text why) {
    var pause = watch.progress().looks() < FIRST_LOOKS ? FIRST_PAUSE : LATER_PAUSE;
    boolean isNew = watch.progress().looks() == 0;
    var waiting =
        watches.save(
            watch.move(
                WatchState.WATCHING,
                watch
                    .progress()
                    .withLook()
                    .withReason(null, null)
                    .due(watchOutcomes.dueBeforeEnd(watch, pause))));
    if (isNew) {
      watchNarrator.tell(waiting, "watch.not_yet", why, watchOutcomes.local(watch.until()));
    }
  }

  private void buy(Watch watch, WatchConditionCheck.Result.Found found) {
    var progress = watch.progress();
    boolean started =
        directedBuyer.buy(
            watch,
            found.proposal(),
            turn -> {
              var buying =
                  watches.save(watch.move(WatchState.BUYING, progress.turn(turn).due(null)));
              watchNarrator.noteStateChange(buying);
              watchNarrator.tell(buying, "watch.found", found.proposal().total());
            });
    if (!started) {
      watches.save(watch.withDueAt(world.now().plus(WatchOutcomes.SOON)));
    }
  }
}
