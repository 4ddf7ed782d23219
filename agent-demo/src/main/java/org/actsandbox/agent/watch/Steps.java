package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.Delegated;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step of a watch, chosen from its stored state: the decision, a look, a purchase. */
final class Steps {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  /** Ours: often at first, when a principal may still be waiting; later as often as it pays. */
  private static final Duration OFTEN = Duration.ofMinutes(10);

  private static final int OFTEN_LOOKS = 6;
  private static final Duration SELDOM = Duration.ofHours(1);

  private final AgentWorld world;
  private final DelegationService service;
  private final Watches watches;
  private final Isrs isrs;
  private final Teller teller;
  private final Looking looking;
  private final Buyer buyer;
  private final Outcomes outcomes;
  private final BooleanSupplier closed;

  Steps(
      AgentWorld world,
      DelegationService service,
      Outcomes.Books books,
      Eyes eyes,
      Outcomes outcomes,
      BooleanSupplier closed) {
    this.world = world;
    this.service = service;
    this.watches = books.watches();
    this.isrs = books.isrs();
    this.teller = books.teller();
    this.looking = eyes.looking();
    this.buyer = eyes.buyer();
    this.outcomes = outcomes;
    this.closed = closed;
  }

  /** What looks, and what buys. */
  record Eyes(Looking looking, Buyer buyer) {}

  void step(String watchId) {
    var found = watches.find(watchId);
    if (found.isEmpty() || closed.getAsBoolean()) {
      return;
    }
    var watch = found.get();
    try {
      switch (watch.state()) {
        case ASKED -> heed(watch);
        case WATCHING -> look(watch);
        case BUYING -> outcomes.settle(watch);
        case PAUSED -> outcomes.paused(watch);
        case DONE, ENDED -> {
          // Over since it was read: nothing is due any more.
        }
      }
    } catch (Refused | Unanswered failed) {
      outcomes.later(watch, String.valueOf(failed.getMessage()));
    } catch (Refusal refused) {
      outcomes.later(watch, refused.detail());
    } catch (Overtaken moved) {
      LOG.info("{}", moved.getMessage());
    }
  }

  /** How did the principal decide? */
  private void heed(Watch watch) {
    var intent = service.intent(watch.intentId());
    switch (intent.path("status").asString("")) {
      case "authorized" -> {
        var iac = service.credential(intent.path("delegation_id").asString(""), watch.intentId());
        var now = world.now();
        var due = isrs.moment(watch.directive(), 0, now);
        var authorized =
            watches.save(
                watch.state(),
                watch.authorized(
                    new Delegated(iac.payload().delegationId(), iac.compact()),
                    due.isBefore(now) ? now : due));
        teller.moved(authorized);
        teller.tell(
            authorized,
            watch.directive().isPlanned() ? "watch.planned" : "watch.begun",
            outcomes.local(authorized.until()),
            outcomes.local(due));
      }
      case "declined" -> outcomes.end(watch, "declined", Phrases.both("watch.declined"));
      case "lapsed" -> outcomes.end(watch, "lapsed", Phrases.both("watch.lapsed"));
      default -> {
        var next = world.now().plus(Requests.NEXT_QUESTION);
        var expires = Instant.parse(intent.path("expires_at").asString(""));
        boolean last = expires.isAfter(world.now()) && expires.isBefore(next);
        watches.move(watch, WatchState.ASKED, watch.progress().due(last ? expires : next));
      }
    }
  }

  private void look(Watch watch) {
    var iac = service.read(watch.authority());
    var now = world.now();
    if (isOver(watch, iac)) {
      return;
    }
    var moment = isrs.moment(watch.directive(), watch.progress().payment(), now);
    if (moment.isAfter(now)) {
      watches.move(watch, WatchState.WATCHING, watch.progress().due(moment));
      return;
    }
    switch (looking.look(watch)) {
      case Looking.Sight.Found found -> buy(watch, found);
      case Looking.Sight.NotYet(var why) -> notYet(watch, why);
    }
  }

  /** Whether the authority does not stand now, which is then dealt with. */
  private boolean isOver(Watch watch, Iac iac) {
    if (!world.now().isBefore(iac.payload().validityEndTime())) {
      outcomes.end(watch, "iac_expired", Phrases.both("watch.over", outcomes.local(watch.until())));
      return true;
    }
    var state = service.state(iac);
    if (state.isEmpty()) {
      wait(watch, Outcomes.SOON, "delegation_state_unknown", Phrases.both("outside.state_unknown"));
      return true;
    }
    return switch (state.get()) {
      case ACTIVE -> false;
      case SUSPENDED -> {
        wait(watch, SELDOM, "iac_suspended", Phrases.both("watch.suspended"));
        yield true;
      }
      case REVOKED -> {
        outcomes.end(watch, "iac_revoked", Phrases.both("watch.revoked"));
        yield true;
      }
      case EXPIRED -> {
        outcomes.end(
            watch, "iac_expired", Phrases.both("watch.over", outcomes.local(watch.until())));
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
            watch.progress().because(code, why).due(outcomes.notAfterEnd(watch, pause)));
    if (news) {
      teller.tell(waiting, why);
    }
  }

  private void notYet(Watch watch, Text why) {
    var pause = watch.progress().looks() < OFTEN_LOOKS ? OFTEN : SELDOM;
    boolean news = watch.progress().looks() == 0;
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch.progress().looked().because(null, null).due(outcomes.notAfterEnd(watch, pause)));
    if (news) {
      teller.tell(waiting, "watch.not_yet", why, outcomes.local(watch.until()));
    }
  }

  private void buy(Watch watch, Looking.Sight.Found found) {
    var progress = watch.progress();
    boolean started =
        buyer.buy(
            watch,
            found.proposal(),
            turn -> {
              var buying = watches.move(watch, WatchState.BUYING, progress.turn(turn).due(null));
              teller.moved(buying);
              teller.tell(buying, "watch.found", found.proposal().total());
            });
    if (!started) {
      watches.move(watch, WatchState.WATCHING, progress.due(world.now().plus(Outcomes.SOON)));
    }
  }
}
