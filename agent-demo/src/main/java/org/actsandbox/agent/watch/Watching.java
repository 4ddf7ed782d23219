package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.Platforms;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.http.Unanswered;
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

  /** Ours: how long a step may be under way before somebody else may think it lost. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final int BATCH = 50;

  private final AgentWorld world;
  private final DelegationService service;
  private final Watches watches;
  private final Requests requests;
  private final Teller teller;
  private final Outcomes outcomes;
  private final Steps steps;
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
    var isrs = new Isrs(world, events);
    this.requests = new Requests(world, service, watches, isrs);
    this.teller = new Teller(world, events);
    var books = new Outcomes.Books(watches, isrs, teller);
    this.outcomes = new Outcomes(world, service, books, buyer);
    this.steps =
        new Steps(
            world,
            service,
            books,
            new Steps.Eyes(new Looking(platforms, teller), buyer),
            outcomes,
            () -> closed);
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
      outcomes.end(watch, "cancelled", Phrases.both("watch.stopped"));
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
      outcomes.settle(watch);
    } catch (Refused | Unanswered failed) {
      outcomes.later(watch, String.valueOf(failed.getMessage()));
    }
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
          steps.step(watch.watchId());
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
                steps.step(id);
              } catch (RuntimeException broken) {
                // Its row is due again when the lease is over.
                LOG.error("watch {} failed", id, broken);
              } finally {
                busy.remove(id);
              }
            });
  }

  public void close() {
    closed = true;
  }
}
