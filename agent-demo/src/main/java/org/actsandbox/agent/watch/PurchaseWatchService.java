package org.actsandbox.agent.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.time.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is the entry point to watched purchases, which go on without the principal: it waits for the
 * principal's decision, looks for the condition, buys inside its authority and tells how it went.
 * Every step is chosen from the stored state, so that a stop of the process loses nothing and buys
 * nothing twice.
 */
public final class PurchaseWatchService implements DueWork {

  private static final Logger LOG = LoggerFactory.getLogger(PurchaseWatchService.class);

  /** Ours: a step that runs longer than this counts as lost, and its watch falls due again. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  private static final int BATCH = 50;

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final Watches watches;
  private final WatchAuthorityRequest watchAuthorityRequest;
  private final WatchNarrator watchNarrator;
  private final WatchOutcomes watchOutcomes;
  private final WatchRunner watchRunner;
  private final DirectedBuyer directedBuyer;

  /** The watches that this process works on now. */
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  public PurchaseWatchService(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      PlatformSearch platformSearch,
      ConversationEvents conversationEvents,
      DirectedBuyer directedBuyer) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.directedBuyer = directedBuyer;
    this.watches = new Watches(world);
    var directedIsrBuilder = new DirectedIsrBuilder(world, conversationEvents);
    this.watchAuthorityRequest =
        new WatchAuthorityRequest(world, delegationServiceClient, watches, directedIsrBuilder);
    this.watchNarrator = new WatchNarrator(world, conversationEvents);
    var collaborators = new WatchOutcomes.Collaborators(watches, directedIsrBuilder, watchNarrator);
    this.watchOutcomes =
        new WatchOutcomes(world, delegationServiceClient, collaborators, directedBuyer);
    this.watchRunner =
        new WatchRunner(
            world,
            delegationServiceClient,
            collaborators,
            new WatchRunner.Collaborators(
                new WatchConditionCheck(platformSearch, watchNarrator), directedBuyer),
            watchOutcomes,
            () -> closed);
  }

  /**
   * Asks the principal for the authority to buy later.
   *
   * @throws ParticipantRefusal when the delegation service refuses the draft
   * @throws NoAnswerException when it does not answer
   */
  public ObjectNode requestAuthority(
      String conversation,
      List<Wish> wishes,
      Directive directive,
      ConversationNarrator conversationNarrator) {
    return watchAuthorityRequest.send(conversation, wishes, directive, conversationNarrator);
  }

  /** Makes the watch due now, because the delegation service tells that its intent was decided. */
  public void intentDecided(String intentId) {
    watches.findByIntent(intentId).ifPresent(this::wake);
  }

  /**
   * Records the state and makes the watch due now, because the delegation service tells that its
   * delegation changed.
   */
  public void delegationChanged(String delegationId, DelegationState state) {
    delegationServiceClient.recordState(delegationId, state);
    watches.findByDelegation(delegationId).ifPresent(this::wake);
  }

  private void wake(Watch watch) {
    watches.wake(watch.watchId(), world.now());
  }

  /** Returns the watches before a position in the list, newest first. */
  public List<Watch> newest(Instant before, String beforeId, int limit) {
    return watches.newest(before, beforeId, limit);
  }

  public List<Watch> open(String conversation) {
    return watches.findOpen(conversation);
  }

  /** Continues the paused watches of the conversation; returns whether there were any. */
  public boolean resume(String conversation) {
    var paused =
        watches.findOpen(conversation).stream()
            .filter(watch -> watch.state() == WatchState.PAUSED)
            .toList();
    for (var watch : paused) {
      var moved =
          watches.move(
              watch, WatchState.WATCHING, watch.progress().withoutFailures().due(world.now()));
      watchNarrator.noteStateChange(moved);
      watchNarrator.tell(moved, "watch.goes_on");
    }
    return !paused.isEmpty();
  }

  /**
   * Ends the open watches of the conversation at the principal's wish and gives their authority
   * back; what is being bought now is followed to its end.
   *
   * @return whether there were open watches
   */
  public boolean cancel(String conversation) {
    var open = watches.findOpen(conversation);
    for (var watch : open) {
      if (watch.state() != WatchState.BUYING) {
        cancel(watch);
      }
    }
    return !open.isEmpty();
  }

  private void cancel(Watch watch) {
    try {
      watchOutcomes.end(watch, "cancelled", AgentPhrases.bilingual("watch.stopped"));
    } catch (StaleWatchException buying) {
      LOG.info("{}: it is buying, and what it buys is followed to its end", buying.getMessage());
    }
  }

  /** Continues what a stop of the process left between a purchase and its settlement. */
  public void recover() {
    for (var watch : watches.findBuying()) {
      if (!directedBuyer.isBusy(watch.conversationId())) {
        watches.move(watch, WatchState.BUYING, watch.progress().due(world.now()));
      }
    }
  }

  /** Settles the watch that the ended turn bought for, however the turn ended. */
  public void turnEnded(String conversation, int turn) {
    watches.findOpen(conversation).stream()
        .filter(watch -> watch.state() == WatchState.BUYING)
        .filter(watch -> Integer.valueOf(turn).equals(watch.progress().turn()))
        .findFirst()
        .ifPresent(this::settleOrLater);
  }

  private void settleOrLater(Watch watch) {
    try {
      watchOutcomes.settle(watch);
    } catch (ParticipantRefusal | NoAnswerException failed) {
      watchOutcomes.retryLater(watch, String.valueOf(failed.getMessage()));
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
          watchRunner.run(watch.watchId());
        } finally {
          busy.remove(watch.watchId());
        }
      }
    }
  }

  /**
   * Starts each due watch on a thread of its own, because platforms may be slow and a running clock
   * serves others too.
   */
  @Override
  public void startDue(Instant now) {
    for (var watch : watches.due(now, BATCH)) {
      if (!closed && busy.add(watch.watchId())) {
        start(watch);
      }
    }
  }

  /** Starts one step with a lease, so that a lost step is done again. */
  private void start(Watch watch) {
    var id = watch.watchId();
    try {
      watches.move(watch, watch.state(), watch.progress().due(world.now().plus(LEASE)));
    } catch (RuntimeException moved) {
      busy.remove(id);
      if (moved instanceof StaleWatchException) {
        return;
      }
      throw moved;
    }
    Thread.ofVirtual()
        .name("agent-watch-" + id)
        .start(
            () -> {
              try {
                watchRunner.run(id);
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
