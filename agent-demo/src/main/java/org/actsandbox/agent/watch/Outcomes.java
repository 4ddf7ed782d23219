package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.watch.Settling.Verdict;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** What follows from a purchase that ended, and how watches end (ACT CID-7). */
final class Outcomes {

  private static final Duration OFTEN = Duration.ofMinutes(10);
  static final Duration SOON = Duration.ofMinutes(1);

  private final AgentWorld world;
  private final DelegationService service;
  private final Watches watches;
  private final Isrs isrs;
  private final Teller teller;
  private final Settling settling;
  private final Buyer buyer;

  Outcomes(AgentWorld world, DelegationService service, Books books, Buyer buyer) {
    this.world = world;
    this.service = service;
    this.watches = books.watches();
    this.isrs = books.isrs();
    this.teller = books.teller();
    this.settling = new Settling(buyer);
    this.buyer = buyer;
  }

  /** Where watches are kept, worded and told of. */
  record Books(Watches watches, Isrs isrs, Teller teller) {}

  void later(Watch watch, String why) {
    teller.note(
        watch,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_DEL,
        "watch-delayed",
        Map.of("watch_id", watch.watchId(), "why", why));
    watches.move(watch, watch.state(), watch.progress().due(world.now().plus(SOON)));
  }

  void settle(Watch watch) {
    var turn = watch.progress().turn();
    var purchases = turn == null ? List.<Purchase>of() : buyer.bought(watch.conversationId(), turn);
    switch (settling.verdict(purchases)) {
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
      teller.moved(done);
      teller.tell(done, "watch.done");
      return;
    }
    next = planned(watch, next);
    var due = isrs.moment(watch.directive(), next, world.now());
    var waiting = watches.move(watch, WatchState.WATCHING, watch.progress().payment(next).due(due));
    teller.moved(waiting);
    teller.tell(waiting, "watch.next", local(due));
  }

  /** A payment whose moment was missed is not made up for when the next one is due as well. */
  private int planned(Watch watch, int from) {
    var now = world.now();
    int next = from;
    while (next + 1 < watch.directive().payments()
        && !isrs.moment(watch.directive(), next + 1, now).isAfter(now)) {
      next++;
    }
    return next;
  }

  private void again(Watch watch, Duration pause, String code, Text why) {
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            watch.progress().because(code, why).due(notAfterEnd(watch, pause)));
    teller.moved(waiting);
    teller.tell(waiting, "watch.again", why);
  }

  private void retry(Watch watch, Verdict.Retry failed) {
    var progress = watch.progress().failed();
    if (progress.failures() > Isrs.RETRIES) {
      pause(watch, failed.code(), failed.why());
      return;
    }
    var waiting =
        watches.move(
            watch,
            WatchState.WATCHING,
            progress.because(failed.code(), failed.why()).due(notAfterEnd(watch, OFTEN)));
    teller.moved(waiting);
    teller.tell(waiting, "watch.retry", failed.why(), progress.failures(), Isrs.RETRIES);
  }

  private void bounded(Watch watch, String code, Text why) {
    var action =
        service.read(watch.authority()).payload().bounds().behaviorOrNone().priceDeviationAction();
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
    teller.moved(paused);
    teller.tell(paused, "watch.paused", why);
  }

  void paused(Watch watch) {
    if (!world.now().isBefore(watch.until())) {
      end(watch, "iac_expired", Phrases.both("watch.over", local(watch.until())));
      return;
    }
    var state = service.state(service.read(watch.authority()));
    if (state.filter(DelegationState::isFinal).isPresent()) {
      end(watch, "iac_revoked", Phrases.both("watch.revoked"));
      return;
    }
    watches.move(watch, WatchState.PAUSED, watch.progress().due(watch.until()));
  }

  /** Over. Authority that could still be used is given back: nobody needs it any more. */
  void end(Watch watch, String code, Text why) {
    var ended = watches.move(watch, WatchState.ENDED, watch.progress().because(code, why));
    teller.moved(ended);
    teller.tell(ended, "watch.ended", why);
    if (ended.delegated() != null && !code.equals("iac_revoked") && !code.equals("iac_expired")) {
      giveBack(ended, code);
    }
  }

  /** The watch buys nothing any more, whether or not the service hears of it. */
  private void giveBack(Watch ended, String code) {
    try {
      service.revoke(ended.authority().delegationId(), ended.intentId(), code);
    } catch (Refused | Unanswered failed) {
      teller.note(
          ended,
          JournalNote.Kind.DECISION,
          ActComponent.ADD_IAC_LCM,
          "authority-not-given-back",
          Map.of("watch_id", ended.watchId(), "why", String.valueOf(failed.getMessage())));
      teller.tell(ended, "watch.not_given_back");
    }
  }

  String local(Instant at) {
    return at.atZone(world.zone())
        .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
  }

  Instant notAfterEnd(Watch watch, Duration pause) {
    var next = world.now().plus(pause);
    return next.isBefore(watch.until()) ? next : watch.until();
  }
}
