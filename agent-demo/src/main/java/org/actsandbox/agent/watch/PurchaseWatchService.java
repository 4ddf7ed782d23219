package org.actsandbox.agent.watch;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.errand.ErrandService;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is the entry point to watched purchases, which go on without the principal: it waits for the
 * principal's decision, looks for the condition, buys inside its authority and tells how it went.
 */
public final class PurchaseWatchService extends ErrandService<Watch> {

  private final WatchAuthorityRequest watchAuthorityRequest;
  private final WatchNarrator watchNarrator;
  private final WatchOutcomes watchOutcomes;
  private final WatchRunner watchRunner;
  private final DirectedBuyer directedBuyer;

  public PurchaseWatchService(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      PlatformSearch platformSearch,
      ConversationEvents conversationEvents,
      DirectedBuyer directedBuyer) {
    var watchNarrator = new WatchNarrator(world, conversationEvents);
    super(world, delegationServiceClient, new ErrandStore<>(world, Watch.KIND), watchNarrator);
    this.watchNarrator = watchNarrator;
    this.directedBuyer = directedBuyer;
    var directedIsrBuilder = new DirectedIsrBuilder(world, conversationEvents);
    this.watchAuthorityRequest =
        new WatchAuthorityRequest(
            world, delegationServiceClient, errands, errandAuthority, directedIsrBuilder);
    var collaborators =
        new WatchOutcomes.Collaborators(
            errands, errandAuthority, directedIsrBuilder, watchNarrator);
    this.watchOutcomes =
        new WatchOutcomes(world, delegationServiceClient, collaborators, directedBuyer);
    this.watchRunner =
        new WatchRunner(
            world,
            delegationServiceClient,
            collaborators,
            new WatchRunner.Collaborators(
                new WatchConditionCheck(platformSearch, watchNarrator), directedBuyer),
            watchOutcomes);
  }

  @Override
  protected void work(Watch watch) {
    watchRunner.run(watch);
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

  /**
   * Returns a page of the watches, newest first.
   *
   * @param cursor the {@code next} of the page before; null for the first page
   */
  public Page<WatchView> page(@Nullable String cursor, int size) {
    return page(cursor, size, WatchView::of);
  }

  public List<Watch> open(String conversation) {
    return errands.findOpen(conversation);
  }

  /** Continues the paused watches of the conversation; returns whether there were any. */
  public boolean resume(String conversation) {
    var paused =
        errands.findOpen(conversation).stream()
            .filter(watch -> watch.state() == WatchState.PAUSED)
            .toList();
    paused.forEach(watch -> change(watch, this::resumePaused));
    return !paused.isEmpty();
  }

  private void resumePaused(Watch watch) {
    if (watch.state() == WatchState.PAUSED) {
      var moved =
          errands.save(
              watch.move(WatchState.WATCHING, watch.progress().withoutFailures().due(world.now())));
      watchNarrator.noteStateChange(moved);
      watchNarrator.tell(moved, "watch.goes_on");
    }
  }

  /**
   * Ends the open watches of the conversation at the principal's wish and gives their authority
   * back; what is being bought now is followed to its end.
   *
   * @return whether there were open watches
   */
  public boolean cancel(String conversation) {
    var open = errands.findOpen(conversation);
    open.forEach(watch -> change(watch, this::endUnlessBuying));
    return !open.isEmpty();
  }

  private void endUnlessBuying(Watch watch) {
    if (watch.state() != WatchState.BUYING && !watch.isOver()) {
      watchOutcomes.end(watch, "cancelled", AgentPhrases.bilingual("watch.stopped"));
    }
  }

  /** Continues what a stop of the process left between a purchase and its settlement. */
  public void recover() {
    for (var watch : errands.findNotDue()) {
      if (!directedBuyer.isBusy(watch.conversationId())) {
        errands.save(watch.withDueAt(world.now()));
      }
    }
  }

  /** Settles the watch that the ended turn bought for, however the turn ended. */
  public void turnEnded(String conversation, int turn) {
    errands.findOpen(conversation).stream()
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
}
