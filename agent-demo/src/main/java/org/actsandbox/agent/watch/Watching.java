package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.delegation.Delegated;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.search.Platforms;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.watch.Settling.Verdict;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.Extension.PriceDeviationAction;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the agent does while nobody is looking: waits for the principal's decision, looks for the
 * condition, buys inside its authority, and says how it went. Every step is chosen from the stored
 * state, so that a stop of the process loses nothing and buys nothing twice.
 */
public final class Watching implements DueWork {

  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

  /** Ours: often at first, when a principal may still be waiting; later as often as it pays. */
  private static final Duration OFTEN = Duration.ofMinutes(10);

  private static final int OFTEN_LOOKS = 6;
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMinutes(1);

  /** Ours: how long a step may be under way before somebody else may think it lost. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final int BATCH = 50;

  private final AgentWorld world;
  private final DelegationService service;
  private final Watches watches;
  private final Isrs isrs;
  private final Requests requests;
  private final Teller teller;
  private final Looking looking;
  private final Settling settling;
  private final Buyer buyer;

  /** Being worked on by this process. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  public Watching(
      AgentWorld world,
      DelegationService service,
      Platforms platforms,
      Events events,
      Buyer buyer) {
    this.world = world;
    this.service = service;
    this.buyer = buyer;
    this.watches = new Watches(world);
    this.isrs = new Isrs(world, events);
    this.requests = new Requests(world, service, watches, isrs);
    this.teller = new Teller(world, events);
    this.looking = new Looking(platforms, teller);
    this.settling = new Settling(buyer);
  }

  /**
   * Asks the principal for authority to buy later.
   *
   * @throws Refused when the delegation service refuses the draft
   * @throws Unanswered when it is silent
   */
  public ObjectNode ask(
      String conversation, List<Wish> wishes, Directive directive, Narrator narrator) {
    return requests.ask(conversation, wishes, directive, narrator);
  }

  /** The delegation service tells that an intent was decided: it is looked at now. */
  public void decided(String intentId) {
    watches.ofIntent(intentId).ifPresent(this::wake);
  }

  /** It tells that a delegation stands differently. */
  public void changed(String delegationId, DelegationState state) {
    service.remember(delegationId, state);
    watches.ofDelegation(delegationId).ifPresent(this::wake);
  }

  private void wake(Watch watch) {
    watches.wake(watch.watchId(), world.now());
  }

  /** Newest first. */
  public List<Watch> newest(Instant before, String beforeId, int limit) {
    return watches.newest(before, beforeId, limit);
  }

  public List<Watch> open(String conversation) {
    return watches.open(conversation);
  }

  /** Goes on with what was paused. */
  public boolean goOn(String conversation) {
    var paused =
        watches.open(conversation).stream()
            .filter(watch -> watch.state() == WatchState.PAUSED)
            .toList();
    for (var watch : paused) {
      var moved =
          watches.move(watch, WatchState.WATCHING, watch.progress().afresh().due(world.now()));
      teller.moved(moved);
      teller.tell(moved, "watch.goes_on");
    }
    return !paused.isEmpty();
  }

  /** The principal wants none of it any more: authority that was given is given back. */
  public boolean stop(String conversation) {
    var open = watches.open(conversation);
    for (var watch : open) {
      if (watch.state() != WatchState.BUYING) {
        stop(watch);
      }
    }
    return !open.isEmpty();
  }

  private void stop(Watch watch) {
    try {
      end(watch, "cancelled", Phrases.both("watch.stopped"));
    } catch (Overtaken buying) {
      LOG.info("{}: it is buying, and what it buys is followed to its end", buying.getMessage());
    }
  }

  /** Takes up what a stop of the process left between a purchase and its settlement. */
  public void recover() {
    for (var watch : watches.buying()) {
      if (!buyer.isBusy(watch.conversationId())) {
        watches.move(watch, WatchState.BUYING, watch.progress().due(world.now()));
      }
    }
  }

  /** The turn that bought for a watch is over, whatever came of it. */
  public void turnEnded(String conversation, int turn) {
    watches.open(conversation).stream()
        .filter(watch -> watch.state() == WatchState.BUYING)
        .filter(watch -> Integer.valueOf(turn).equals(watch.progress().turn()))
        .findFirst()
        .ifPresent(this::settleOrLater);
  }

  private void settleOrLater(Watch watch) {
    try {
      settle(watch);
    } catch (Refused | Unanswered failed) {
      later(watch, String.valueOf(failed.getMessage()));
    }
  }

  private void later(Watch watch, String why) {
    teller.note(
        watch,
        JournalNote.Kind.DECISION,
        "PSD-PAY-DEL",
        "watch-delayed",
        Map.of("watch_id", watch.watchId(), "why", why));
    watches.move(watch, watch.state(), watch.progress().due(world.now().plus(SOON)));
  }

  @Override
  public Optional<Instant> nextDue() {
    return waiting(1).stream().map(Waiting::at).findFirst();
  }

  @Override
  public List<Waiting> waiting(int limit) {
    return watches.waiting(limit);
  }

  @Override
  public void fireDue(Instant now) {
    for (var watch : watches.due(now, BATCH)) {
      if (busy.add(watch.watchId())) {
        try {
          step(watch.watchId());
        } finally {
          busy.remove(watch.watchId());
        }
      }
    }
  }

  /** Platforms may be slow, and a running clock serves others too. */
  @Override
  public void startDue(Instant now) {
    for (var watch : watches.due(now, BATCH)) {
      if (!closed && busy.add(watch.watchId())) {
        start(watch);
      }
    }
  }

  /** With a lease, so that a step that is lost is done again. */
  private void start(Watch watch) {
    var id = watch.watchId();
    try {
      watches.move(watch, watch.state(), watch.progress().due(world.now().plus(LEASE)));
    } catch (RuntimeException moved) {
      busy.remove(id);
      if (moved instanceof Overtaken) {
        return;
      }
      throw moved;
    }
    Thread.ofVirtual()
        .name("agent-watch-" + id)
        .start(
            () -> {
              try {
                step(id);
              } catch (RuntimeException broken) {
                // Its row is due again when the lease is over.
                LOG.error("watch {} failed", id, broken);
              } finally {
                busy.remove(id);
              }
            });
  }

  private void step(String watchId) {
    var found = watches.find(watchId);
    if (found.isEmpty() || closed) {
      return;
    }
    var watch = found.get();
    try {
      switch (watch.state()) {
        case ASKED -> heed(watch);
        case WATCHING -> look(watch);
        case BUYING -> settle(watch);
        case PAUSED -> paused(watch);
        case DONE, ENDED -> {
          // Over since it was read: nothing is due any more.
        }
      }
    } catch (Refused | Unanswered failed) {
      later(watch, String.valueOf(failed.getMessage()));
    } catch (Refusal refused) {
      later(watch, refused.detail());
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
        var due = isrs.moment(watch.directive(), 0);
        var authorized =
            watches.save(
                watch.state(),
                watch.authorized(
                    new Delegated(iac.payload().delegationId(), iac.compact()),
                    due.isBefore(world.now()) ? world.now() : due));
        teller.moved(authorized);
        teller.tell(
            authorized,
            watch.directive().isPlanned() ? "watch.planned" : "watch.begun",
            local(authorized.until()),
            local(due));
      }
      case "declined" -> end(watch, "declined", Phrases.both("watch.declined"));
      case "lapsed" -> end(watch, "lapsed", Phrases.both("watch.lapsed"));
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
    var moment = isrs.moment(watch.directive(), watch.progress().payment());
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
      end(watch, "iac_expired", Phrases.both("watch.over", local(watch.until())));
      return true;
    }
    var state = service.state(iac);
    if (state.isEmpty()) {
      wait(watch, SOON, "delegation_state_unknown", Phrases.both("outside.state_unknown"));
      return true;
    }
    return switch (state.get()) {
      case ACTIVE -> false;
      case SUSPENDED -> {
        wait(watch, SELDOM, "iac_suspended", Phrases.both("watch.suspended"));
        yield true;
      }
      case REVOKED -> {
        end(watch, "iac_revoked", Phrases.both("watch.revoked"));
        yield true;
      }
      case EXPIRED -> {
        end(watch, "iac_expired", Phrases.both("watch.over", local(watch.until())));
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
            watch.progress().because(code, why).due(notAfterEnd(watch, pause)));
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
            watch.progress().looked().because(null, null).due(notAfterEnd(watch, pause)));
    if (news) {
      teller.tell(waiting, "watch.not_yet", why, local(watch.until()));
    }
  }

  private Instant notAfterEnd(Watch watch, Duration pause) {
    var next = world.now().plus(pause);
    return next.isBefore(watch.until()) ? next : watch.until();
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
      watches.move(watch, WatchState.WATCHING, progress.due(world.now().plus(SOON)));
    }
  }

  private void settle(Watch watch) {
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
    var due = isrs.moment(watch.directive(), next);
    var waiting = watches.move(watch, WatchState.WATCHING, watch.progress().payment(next).due(due));
    teller.moved(waiting);
    teller.tell(waiting, "watch.next", local(due));
  }

  /** A payment whose moment was missed is not made up for when the next one is due as well. */
  private int planned(Watch watch, int from) {
    int next = from;
    while (next + 1 < watch.directive().payments()
        && !isrs.moment(watch.directive(), next + 1).isAfter(world.now())) {
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

  private void paused(Watch watch) {
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
  private void end(Watch watch, String code, Text why) {
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
          "ADD-IAC-LCM",
          "authority-not-given-back",
          Map.of("watch_id", ended.watchId(), "why", String.valueOf(failed.getMessage())));
      teller.tell(ended, "watch.not_given_back");
    }
  }

  private String local(Instant at) {
    return at.atZone(world.zone())
        .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
  }

  public void close() {
    closed = true;
  }
}
