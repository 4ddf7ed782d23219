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

/** One step of a watch, chosen from its stored state: the decision, a look, a purchase. */
final class WatchRunner {

  private static final Logger LOG = LoggerFactory.getLogger(WatchRunner.class);

  /** Ours: often at first, when a principal may still be waiting; later as often as it pays. */
  private static final Duration OFTEN = Duration.ofMinutes(10);

  private static final int OFTEN_LOOKS = 6;
  private static final Duration SELDOM = Duration.ofHours(1);

  private final AgentWorld world;
  private final DelegationServiceClient service;
  private final Watches watches;
  private final DirectedIsrBuilder directedIsrBuilder;
  private final WatchNarrator watchNarrator;
  private final WatchConditionCheck watchConditionCheck;
  private final DirectedBuyer directedBuyer;
  private final WatchOutcomes watchOutcomes;
  private final BooleanSupplier closed;

  WatchRunner(
      AgentWorld world,
      DelegationServiceClient service,
      WatchOutcomes.Collaborators records,
      WatchRunner.Collaborators collaborators,
      WatchOutcomes watchOutcomes,
      BooleanSupplier closed) {
    this.world = world;
    this.service = service;
    this.watches = records.watches();
    this.directedIsrBuilder = records.isrs();
    this.watchNarrator = records.teller();
    this.watchConditionCheck = collaborators.looking();
    this.directedBuyer = collaborators.buyer();
    this.watchOutcomes = watchOutcomes;
    this.closed = closed;
  }

  /** What looks, and what buys. */
  record Collaborators(WatchConditionCheck looking, DirectedBuyer buyer) {}

  void run(String watchId) {
    var found = watches.find(watchId);
    if (found.isEmpty() || closed.getAsBoolean()) {
      return;
    }
    var watch = found.get();
    try {
      switch (watch.state()) {
        case ASKED -> heed(watch);
        case WATCHING -> look(watch);
        case BUYING -> watchOutcomes.settle(watch);
        case PAUSED -> watchOutcomes.paused(watch);
        case DONE, ENDED -> {
          // Over since it was read: nothing is due any more.
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

  /** How did the principal decide? */
  private void heed(Watch watch) {
    var intent = service.fetchIntent(watch.intentId());
    switch (intent.path("status").asString("")) {
      case "authorized" -> {
        var iac =
            service.fetchCredential(intent.path("delegation_id").asString(""), watch.intentId());
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
        boolean last = expires.isAfter(world.now()) && expires.isBefore(next);
        watches.move(watch, WatchState.ASKED, watch.progress().due(last ? expires : next));
      }
    }
  }

  private void look(Watch watch) {
    var iac = service.parseCredential(watch.authority());
    var now = world.now();
    if (isOver(watch, iac)) {
      return;
    }
    var moment = directedIsrBuilder.paymentTime(watch.directive(), watch.progress().payment(), now);
    if (moment.isAfter(now)) {
      watches.move(watch, WatchState.WATCHING, watch.progress().due(moment));
      return;
    }
    switch (watchConditionCheck.check(watch)) {
      case WatchConditionCheck.Result.Found found -> buy(watch, found);
      case WatchConditionCheck.Result.NotYet(var why) -> notYet(watch, why);
    }
  }

  /** Whether the authority does not stand now, which is then dealt with. */
  private boolean isOver(Watch watch, Iac iac) {
    if (!world.now().isBefore(iac.payload().validityEndTime())) {
      watchOutcomes.end(
          watch,
          "iac_expired",
          AgentPhrases.bilingual("watch.over", watchOutcomes.local(watch.until())));
      return true;
    }
    var state = service.currentState(iac);
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
        wait(watch, SELDOM, "iac_suspended", AgentPhrases.bilingual("watch.suspended"));
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

  /** Waits, and says why when that is news. */
  private void wait(Watch watch, Duration pause, String code, Text why) {
    boolean news = !code.equals(watch.progress().code());
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch.progress().because(code, why).due(watchOutcomes.dueBeforeEnd(watch, pause)));
    if (news) {
      watchNarrator.tell(waiting, why);
    }
  }

  private void notYet(Watch watch, Text why) {
    var pause = watch.progress().looks() < OFTEN_LOOKS ? OFTEN : SELDOM;
    boolean news = watch.progress().looks() == 0;
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch
                .progress()
                .looked()
                .because(null, null)
                .due(watchOutcomes.dueBeforeEnd(watch, pause)));
    if (news) {
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
