package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one step of a watch, chosen from its stored state: it learns the principal's decision,
 * searches or buys.
 */
final class WatchRunner {

  private static final Logger LOG = LoggerFactory.getLogger(WatchRunner.class);

  /**
   * Ours: the agent searches often at first, when a principal may still be waiting, and less often
   * later.
   */
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(10);

  private static final int FIRST_LOOKS = 6;
  private static final Duration LATER_PAUSE = Duration.ofHours(1);

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final Watches watches;
  private final DirectedIsrBuilder directedIsrBuilder;
  private final WatchNarrator watchNarrator;
  private final WatchConditionCheck watchConditionCheck;
  private final DirectedBuyer directedBuyer;
  private final WatchOutcomes watchOutcomes;
  private final BooleanSupplier closed;

  WatchRunner(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      WatchOutcomes.Collaborators watchParts,
      WatchRunner.Collaborators collaborators,
      WatchOutcomes watchOutcomes,
      BooleanSupplier closed) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.watches = watchParts.watches();
    this.directedIsrBuilder = watchParts.directedIsrBuilder();
    this.watchNarrator = watchParts.watchNarrator();
    this.watchConditionCheck = collaborators.watchConditionCheck();
    this.directedBuyer = collaborators.directedBuyer();
    this.watchOutcomes = watchOutcomes;
    this.closed = closed;
  }

  /** Groups the condition check and the buyer of a watch. */
  record Collaborators(WatchConditionCheck watchConditionCheck, DirectedBuyer directedBuyer) {}

  void run(String watchId) {
    var found = watches.find(watchId);
    if (found.isEmpty() || closed.getAsBoolean()) {
      return;
    }
    var watch = found.get();
    try {
      switch (watch.state()) {
        case ASKED -> applyDecision(watch);
        case WATCHING -> searchOrWait(watch);
        case BUYING -> watchOutcomes.settle(watch);
        case PAUSED -> watchOutcomes.checkPaused(watch);
        case DONE, ENDED -> {
          // The watch ended since it was read: nothing is due any more.
        }
      }
    } catch (ParticipantRefusal | NoAnswerException failed) {
      watchOutcomes.retryLater(watch, String.valueOf(failed.getMessage()));
    } catch (Refusal refused) {
      watchOutcomes.retryLater(watch, refused.detail());
    } catch (StaleWatchException moved) {
      LOG.info("{}", moved.getMessage());
    }
  }

  /** Applies the principal's decision about the authority, if there is one. */
  private void applyDecision(Watch watch) {
    var intent = delegationServiceClient.fetchIntent(watch.intentId());
    switch (intent.path("status").asString("")) {
      case "authorized" -> {
        var iac =
            delegationServiceClient.fetchCredential(
                intent.path("delegation_id").asString(""), watch.intentId());
        var now = world.now();
        var due = directedIsrBuilder.paymentTime(watch.directive(), 0, now);
        var authorized =
            watches.save(
                watch.state(),
                watch.authorized(
                    new DelegatedAuthority(iac.payload().delegationId(), iac.compact()),
                    due.isBefore(now) ? now : due));
        watchNarrator.noteStateChange(authorized);
        watchNarrator.tell(
            authorized,
            watch.directive().isPlanned() ? "watch.planned" : "watch.begun",
            watchOutcomes.local(authorized.until()),
            watchOutcomes.local(due));
      }
      case "declined" ->
          watchOutcomes.end(watch, "declined", AgentPhrases.bilingual("watch.declined"));
      case "lapsed" -> watchOutcomes.end(watch, "lapsed", AgentPhrases.bilingual("watch.lapsed"));
      default -> {
        var next = world.now().plus(WatchAuthorityRequest.NEXT_QUESTION);
        var expires = Instant.parse(intent.path("expires_at").asString(""));
        boolean isLastQuestion = expires.isAfter(world.now()) && expires.isBefore(next);
        watches.move(
            watch, WatchState.ASKED, watch.progress().due(isLastQuestion ? expires : next));
      }
    }
  }

  private void searchOrWait(Watch watch) {
    var iac = delegationServiceClient.parseCredential(watch.authority());
    var now = world.now();
    if (handleEndedAuthority(watch, iac)) {
      return;
    }
    var paymentTime =
        directedIsrBuilder.paymentTime(watch.directive(), watch.progress().payment(), now);
    if (paymentTime.isAfter(now)) {
      watches.move(watch, WatchState.WATCHING, watch.progress().due(paymentTime));
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
        watches.move(
            watch,
            WatchState.WATCHING,
            watch.progress().withReason(code, why).due(watchOutcomes.dueBeforeEnd(watch, pause)));
    if (isNew) {
      watchNarrator.tell(waiting, why);
    }
  }

  private void notYet(Watch watch, Text why) {
    var pause = watch.progress().looks() < FIRST_LOOKS ? FIRST_PAUSE : LATER_PAUSE;
    boolean isNew = watch.progress().looks() == 0;
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch
                .progress()
                .withLook()
                .withReason(null, null)
                .due(watchOutcomes.dueBeforeEnd(watch, pause)));
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
              var buying = watches.move(watch, WatchState.BUYING, progress.turn(turn).due(null));
              watchNarrator.noteStateChange(buying);
              watchNarrator.tell(buying, "watch.found", found.proposal().total());
            });
    if (!started) {
      watches.move(watch, WatchState.WATCHING, progress.due(world.now().plus(WatchOutcomes.SOON)));
    }
  }
}
