package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationMemory;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.hosted.HostedBuyer;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.understand.PlatformChoiceReader;
import org.actsandbox.agent.model.ModelFailure;
import org.actsandbox.agent.purchase.PurchaseProcess;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.task.TaskService;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.watch.DirectedIsrBuilder;
import org.actsandbox.agent.watch.PurchaseWatchService;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Runs the turns of one world: each on a virtual thread of its own, one at a time per conversation.
 */
public final class Turns implements AutoCloseable {

  private final AgentWorld world;
  private final ModelAndInterpreter modelAndInterpreter;
  private final Conversations conversations;
  private final ConversationMemory conversationMemory;
  private final ConversationSituations conversationSituations;
  private final TurnPermissions turnPermissions;
  private final ProposalSearch proposalSearch;
  private final PurchaseProcess purchaseProcess;
  private final ModelDialogue modelDialogue;
  private final PurchaseFollowUp purchaseFollowUp;
  private final TurnLifecycle turnLifecycle;
  private final PendingPaymentAnswers pendingPaymentAnswers;
  private final PurchaseWatchService purchaseWatchService;
  private final TaskService taskService;
  private final HostedBuyer hostedBuyer;
  private final ConnectedTurns connectedTurns;
  private final ExecutorService toolThreads = Executors.newVirtualThreadPerTaskExecutor();

  public Turns(
      AgentWorld world,
      ModelAndInterpreter modelAndInterpreter,
      AgentTimeouts timing,
      Conversations conversations,
      ConversationEvents conversationEvents) {
    this.world = world;
    this.modelAndInterpreter = modelAndInterpreter;
    this.conversations = conversations;
    this.conversationMemory = new ConversationMemory(conversations);
    this.conversationSituations = new ConversationSituations(world, conversations);
    this.turnPermissions = new TurnPermissions(conversations);
    this.connectedTurns = new ConnectedTurns(world, conversations);
    var agentHttpClient = new AgentHttpClient(world);
    var cards = new AgentCards(world, agentHttpClient);
    var platformSearch = new PlatformSearch(world, timing, agentHttpClient, cards);
    var delegations = new DelegationServiceClient(world, timing, agentHttpClient);
    this.purchaseProcess = new PurchaseProcess(world, timing, agentHttpClient, cards, delegations);
    this.proposalSearch = new ProposalSearch(world, conversations, platformSearch, purchaseProcess);
    this.pendingPaymentAnswers =
        new PendingPaymentAnswers(conversations, purchaseProcess.purchases());
    this.purchaseFollowUp = new PurchaseFollowUp(conversations, proposalSearch, purchaseProcess);
    this.turnLifecycle =
        new TurnLifecycle(
            world,
            conversations,
            conversationEvents,
            purchaseFollowUp,
            (conversation, number) -> watchService().turnEnded(conversation, number));
    this.hostedBuyer =
        new HostedBuyer(
            world,
            platformSearch,
            purchaseProcess.hosted(conversationEvents),
            delegations,
            new DirectedIsrBuilder(world, conversationEvents),
            new HostedBuyer.Calls(agentHttpClient, timing.call(), purchaseProcess.pageOffers()));
    var directed =
        new DirectedTurns(turnLifecycle, conversations, purchaseProcess, purchaseFollowUp);
    this.purchaseWatchService =
        new PurchaseWatchService(world, delegations, platformSearch, conversationEvents, directed);
    this.taskService =
        new TaskService(world, timing, agentHttpClient, cards, delegations, conversationEvents);
    this.modelDialogue =
        new ModelDialogue(world, modelAndInterpreter.model(), toolThreads, timing.model());
  }

  /**
   * Checks that an agent of others is connected.
   *
   * @throws Refusal {@code not_found}
   */
  public void requireConnected(String name) {
    connectedTurns.require(name);
  }

  public HostedBuyer hostedBuyer() {
    return hostedBuyer;
  }

  public TaskService taskService() {
    return taskService;
  }

  public PurchaseWatchService watchService() {
    return purchaseWatchService;
  }

  public PurchaseProcess purchaseProcess() {
    return purchaseProcess;
  }

  /**
   * Takes a sentence of the principal and starts a turn for it; events tell what follows. The rules
   * interpret the sentence here, whichever model talks afterwards, and only this reading permits
   * what the turn may search and buy. The built-in model interprets it a second time, because it is
   * told only what a hosted model would be told. While a purchase is under way, the sentence is
   * answered beside it.
   *
   * @return the number of the turn
   */
  public int say(
      Conversation conversation,
      String text,
      String lang,
      @Nullable String messageId,
      FollowUpTasks followUpTasks) {
    var id = conversation.conversationId();
    var masked = world.masking().apply(text);
    var current = turnLifecycle.turnOf(id).filter(Turn::isBuying);
    if (current.isPresent() && conversation.connectedAgent() == null) {
      return sayWhileBuying(current.get(), conversation, text, lang, messageId, followUpTasks);
    }
    return turnLifecycle.claim(
        id,
        () -> {
          var permission = Permission.NONE;
          Function<Turn, Runnable> opening;
          if (!masked.equals(text)) {
            opening = turn -> warnOfSecret(turn, masked);
          } else if (conversation.connectedAgent() != null) {
            var agent = connectedTurns.require(conversation);
            opening =
                turn -> openConnected(turn, text, () -> connectedTurns.say(turn, agent, text));
          } else if (taskService.concernsTask(id, text)) {
            opening = turn -> openTask(turn, text);
          } else {
            var situation =
                conversationSituations.of(
                    conversation, conversation.langForced() ? conversation.lang() : null);
            var interpretation = modelAndInterpreter.interpreter().interpret(text, situation);
            permission =
                TurnPermissions.permission(interpretation, conversationSituations.understood(id))
                    .with(PlatformChoiceReader.choice(text, situation));
            opening = turn -> openDialogue(turn, text, situation, interpretation);
          }
          return begin(conversation, lang, messageId, permission, opening, followUpTasks);
        });
  }

  /**
   * Answers a sentence beside the purchase that is under way; "cancel" stops the purchase.
   *
   * @return the number of the turn that buys
   */
  private int sayWhileBuying(
      Turn buying,
      Conversation conversation,
      String text,
      String lang,
      @Nullable String messageId,
      FollowUpTasks followUpTasks) {
    if (!buying.isFirstTime(messageId)) {
      return buying.number();
    }
    var narrator =
        turnLifecycle
            .turn(buying.conversation(), buying.number(), lang, Permission.NONE)
            .narrator();
    var masked = world.masking().apply(text);
    narrator.message("user", masked);
    if (!masked.equals(text)) {
      narrator.message("assistant", narrator.phrase("secret.told"));
      return buying.number();
    }
    var situation =
        conversationSituations.of(
            conversation, conversation.langForced() ? conversation.lang() : null);
    var said = modelAndInterpreter.interpreter().interpret(text, situation);
    if (said instanceof Interpretation.Cancel) {
      followUpTasks.run(buying.stopSignal()::signal);
    } else {
      narrator.message("assistant", pendingPaymentAnswers.answer(buying, narrator, said));
    }
    return buying.number();
  }

  private int begin(
      Conversation conversation,
      String lang,
      @Nullable String messageId,
      Permission permission,
      Function<Turn, Runnable> opening,
      FollowUpTasks followUpTasks) {
    int number = conversations.beginTurn(conversation, lang, messageId);
    var turn = turnLifecycle.turn(conversation.conversationId(), number, lang, permission);
    return turnLifecycle.begin(turn, () -> opening.apply(turn), followUpTasks);
  }

  /**
   * Warns of a secret in the sentence. The agent does not act on such a sentence and stores it only
   * masked (PSD-3: the principal gives its PIN to the payment service alone).
   */
  private Runnable warnOfSecret(Turn turn, String masked) {
    turn.narrator().message("user", masked);
    return () -> {
      var answer = turn.narrator().phrase("secret.told");
      turn.narrator().message("assistant", answer);
      conversationMemory.add(turn.conversation(), masked, answer);
    };
  }

  private static Runnable openConnected(Turn turn, String words, Runnable work) {
    turn.narrator().message("user", words);
    return work;
  }

  /** A task works by itself under an authority with a budget; its turn has no offers to choose. */
  private Runnable openTask(Turn turn, String text) {
    turn.narrator().message("user", text);
    return () -> requestTask(turn, text);
  }

  private void requestTask(Turn turn, String text) {
    try {
      turn.outcome(
          switch (taskService.handleSentence(turn.conversation(), text, turn.narrator())) {
            case REQUESTED -> Outcome.DELEGATION_REQUESTED;
            case QUESTION -> Outcome.QUESTION;
            case NO_SELLER -> Outcome.NOTHING_SUITABLE;
          });
    } catch (ParticipantRefusal participantRefusal) {
      turn.narrator()
          .failed(
              turn.narrator().phrase(participantRefusal.reason()),
              turn.narrator().phrase("task.ask_again"));
      turn.outcome(Outcome.FAILED);
    } catch (NoAnswerException silent) {
      turn.narrator()
          .failed(
              turn.narrator().phrase("task.no_service"), turn.narrator().phrase("task.ask_again"));
      turn.outcome(Outcome.FAILED);
    }
  }

  private Runnable openDialogue(
      Turn turn, String text, Situation situation, Interpretation interpretation) {
    turn.narrator().message("user", text);
    turnPermissions.storeUnderstood(
        turn.conversation(), interpretation, turn.permission().platforms());
    var prompt = SystemPrompt.of(situation, turn.narrator().lang());
    return () -> {
      switch (interpretation) {
        case Interpretation.Continue _ -> resumePaused(turn);
        case Interpretation.OrderQuestion order when order.cancels() ->
            cancelOrder(turn, text, order);
        case Interpretation.Cancel _ -> {
          purchaseWatchService.cancel(turn.conversation());
          taskService.cancel(turn.conversation());
          talk(turn, text, prompt);
        }
        default -> talk(turn, text, prompt);
      }
    };
  }

  /** Cancels the order that the sentence names; no model takes part in the decision. */
  private void cancelOrder(Turn turn, String text, Interpretation.OrderQuestion order) {
    var told = purchaseProcess.returns().cancel(String.valueOf(order.orderNo()));
    var answer = turn.narrator().phrase(told);
    turn.narrator().message("assistant", answer);
    conversationMemory.add(turn.conversation(), text, answer);
  }

  /** Buys the offers that the principal clicked; no model takes part in the decision. */
  public int choose(
      Conversation conversation,
      List<String> offerIds,
      @Nullable String seat,
      FollowUpTasks followUpTasks) {
    var id = conversation.conversationId();
    if (conversation.connectedAgent() != null) {
      return chooseConnected(conversation, offerIds, followUpTasks);
    }
    return turnLifecycle.claim(
        id,
        () -> {
          var proposal =
              conversations
                  .shownOffers(id)
                  .map(Proposal::read)
                  .orElseThrow(
                      () -> Proposal.unknownOfferRefusal("there are no offers to choose from"));
          var chosen = proposal.chosen(offerIds);
          return begin(
              conversation,
              conversation.lang(),
              null,
              new Permission(offerIds, seat, proposal.budget(), List.of()),
              turn -> () -> buy(turn, proposal, chosen),
              followUpTasks);
        });
  }

  /** Tells an agent of others which of its offers the principal clicked. */
  private int chooseConnected(
      Conversation conversation, List<String> offerIds, FollowUpTasks followUpTasks) {
    return turnLifecycle.claim(
        conversation.conversationId(),
        () -> {
          var agent = connectedTurns.require(conversation);
          var titles = connectedTurns.titlesOf(conversation.conversationId(), offerIds);
          return begin(
              conversation,
              conversation.lang(),
              null,
              Permission.NONE,
              turn -> {
                var words = turn.narrator().phrase("chosen", titles);
                return openConnected(
                    turn, words, () -> connectedTurns.choose(turn, agent, offerIds, words));
              },
              followUpTasks);
        });
  }

  /**
   * Stops the turn under way and gives back what is not paid yet.
   *
   * @return whether a turn was under way
   */
  public boolean cancel(String conversation, FollowUpTasks followUpTasks) {
    var current = turnLifecycle.turnOf(conversation);
    current.ifPresent(turn -> followUpTasks.run(turn.stopSignal()::signal));
    return current.isPresent();
  }

  /** Returns whether the conversation is at rest, now or within {@code timeout} of real time. */
  public boolean awaitEnd(String conversation, Duration timeout) {
    return turnLifecycle.awaitEnd(conversation, timeout);
  }

  /** Continues what a stop of the process interrupted. */
  public void resume() {
    turnLifecycle.resume();
    purchaseWatchService.recover();
  }

  @Override
  public void close() {
    purchaseWatchService.close();
    taskService.close();
    turnLifecycle.close();
    toolThreads.shutdown();
  }

  private void resumePaused(Turn turn) {
    boolean task = taskService.resume(turn.conversation());
    if (!purchaseWatchService.resume(turn.conversation()) && !task) {
      turn.narrator().message("assistant", turn.narrator().phrase("watch.nothing_paused"));
    }
  }

  private void talk(Turn turn, String text, String prompt) {
    var turnTools =
        new TurnTools(conversations, proposalSearch, purchaseWatchService, buyingTools(turn), turn);
    var ending =
        modelDialogue.talk(
            text, prompt, conversationMemory.of(turn.conversation()), turnTools, turn);
    switch (ending) {
      case ModelDialogue.Ending.Answered answered -> {
        if (turn.outcome() != Outcome.QUESTION && !answered.text().isBlank()) {
          turn.narrator().message("assistant", answered.text());
          TextCorrections.correctModelText(turn, answered.text());
        }
        if (answered.text().isBlank() && turn.outcome() == Outcome.IDLE && !turn.isBuying()) {
          modelFailed(turn, ModelFailure.EMPTY);
        }
      }
      case ModelDialogue.Ending.Failed(var failure) -> modelFailed(turn, failure);
    }
    if (turn.isBuying()) {
      // The orders are followed to their end, even if the model failed.
      purchaseFollowUp.follow(turn);
    }
  }

  private BuyingTools buyingTools(Turn turn) {
    return new BuyingTools(world, conversations, purchaseProcess, turn);
  }

  private static void modelFailed(Turn turn, ModelFailure failure) {
    turn.close();
    if (turn.isBuying()) {
      return;
    }
    turn.narrator()
        .failed(
            turn.narrator().phrase("failed.model." + failure.code()),
            turn.narrator().phrase("failed.model." + failure.code() + ".do"));
    turn.outcome(Outcome.FAILED);
  }

  private void buy(Turn turn, Proposal proposal, List<RankedOffer> chosen) {
    var conversationNarrator = turn.narrator();
    var titles =
        String.join(
            ", ",
            chosen.stream()
                .map(o -> conversationNarrator.phrase(o.titleWith(turn.permission().seat())))
                .toList());
    var words = conversationNarrator.phrase("chosen", titles);
    conversationNarrator.message("user", words);
    buyingTools(turn).start(proposal, chosen);
    purchaseFollowUp.follow(turn);
    conversationMemory.add(
        turn.conversation(),
        words,
        conversationNarrator.phrase("chosen.outcome." + turn.outcome().code()));
  }
}
