package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Mind;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Memory;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.purchase.Purchasing;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.Platforms;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.ShownOffer;
import org.actsandbox.agent.task.Tasking;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.watch.Watching;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.http.Afterwards;
import org.actsandbox.protocol.http.Unanswered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns of one world: each on a virtual thread of its own, one at a time per conversation. */
public final class Turns implements AutoCloseable {

  private static final Pattern PIN_WANTED =
      Pattern.compile(
          "(?i)\\b(?:tell|give|send|share|what is|what's)\\b[^.?!]{0,30}\\b(?:pin|password)\\b"
              + "|\\b(?:enter|type|need|provide|reply)\\b[^.?!]{0,30}\\b(?:pin|password)\\b(?![^.?!]{0,20}\\bcashier)"
              + "|(?:告诉我|发给我|提供|输入|需要)[^。？！]{0,8}(?:支付)?(?:密码|口令)");
  private static final Pattern PAID_CLAIM =
      Pattern.compile(
          "(?i)\\bI(?:'ve| have)?(?: already)? (?:paid|approved the payment|completed the payment)\\b|\\bpaid (?:it )?with your pin\\b"
              + "|我已经?(?:替您|帮您|为您)?(?:付款|支付|付了|付好)");

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final AgentWorld world;
  private final Mind mind;
  private final Conversations conversations;
  private final Memory memory;
  private final Situations situations;
  private final Hearing hearing;
  private final Shopping shopping;
  private final Purchasing purchasing;
  private final Dialogue dialogue;
  private final Ordering ordering;
  private final Course course;
  private final Watching watching;
  private final Tasking tasking;
  private final ExecutorService toolThreads = Executors.newVirtualThreadPerTaskExecutor();

  public Turns(
      AgentWorld world, Mind mind, AgentTiming timing, Conversations conversations, Events events) {
    this.world = world;
    this.mind = mind;
    this.conversations = conversations;
    this.memory = new Memory(conversations);
    this.situations = new Situations(world, conversations);
    this.hearing = new Hearing(conversations);
    var calls = new Calls(world);
    var cards = new AgentCards(world, calls);
    var platforms = new Platforms(world, timing, calls, cards);
    var delegations = new DelegationService(world, timing, calls);
    this.shopping = new Shopping(world, conversations, platforms);
    this.purchasing = new Purchasing(world, timing, calls, cards, delegations);
    this.ordering = new Ordering(conversations, shopping, purchasing);
    this.course =
        new Course(
            world,
            conversations,
            events,
            ordering,
            purchasing.purchases(),
            (conversation, number) -> watching().turnEnded(conversation, number));
    var directed = new DirectedTurns(course, conversations, purchasing, ordering);
    this.watching = new Watching(world, delegations, platforms, events, directed);
    this.tasking = new Tasking(world, timing, calls, cards, delegations, events);
    this.dialogue = new Dialogue(mind.model(), toolThreads, timing.model());
  }

  public Tasking tasking() {
    return tasking;
  }

  public Watching watching() {
    return watching;
  }

  public Purchasing purchasing() {
    return purchasing;
  }

  /** The principal says something; what comes of it is told in events. */
  public int say(
      Conversation conversation,
      String text,
      String lang,
      @Nullable String messageId,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    var masked = world.masking().apply(text);
    return course.claim(
        id,
        () -> {
          if (!masked.equals(text)) {
            return warn(conversation, masked, lang, messageId, afterwards);
          }
          if (tasking.concerns(id, text)) {
            return task(conversation, text, lang, messageId, afterwards);
          }
          var situation =
              situations.of(conversation, conversation.langForced() ? conversation.lang() : null);
          var understanding = mind.interpreter().understand(text, situation);
          var before = situations.understood(id);
          int number = conversations.begin(conversation, lang, messageId);
          var turn = course.turn(id, number, lang, Hearing.permission(understanding, before));
          return course.begun(turn, () -> hear(turn, text, situation, understanding, afterwards));
        });
  }

  /**
   * A secret was said: nothing is done with the sentence, and nothing keeps it but masked (PSD-3:
   * the principal gives its PIN to the payment service alone).
   */
  private int warn(
      Conversation conversation,
      String masked,
      String lang,
      @Nullable String messageId,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    int number = conversations.begin(conversation, lang, messageId);
    var turn = course.turn(id, number, lang, Permission.NONE);
    return course.begun(
        turn,
        () -> {
          turn.narrator().message("user", masked);
          course.start(
              turn,
              () -> {
                var answer = turn.narrator().say("secret.told");
                turn.narrator().message("assistant", answer);
                memory.add(id, masked, answer);
              },
              afterwards);
        });
  }

  /** Work of its own, under an authority with a budget: no offers, no choice. */
  private int task(
      Conversation conversation,
      String text,
      String lang,
      @Nullable String messageId,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    int number = conversations.begin(conversation, lang, messageId);
    var turn = course.turn(id, number, lang, Permission.NONE);
    return course.begun(
        turn,
        () -> {
          turn.narrator().message("user", text);
          course.start(turn, () -> ask(turn, text), afterwards);
        });
  }

  private void ask(Turn turn, String text) {
    try {
      turn.outcome(
          switch (tasking.hear(turn.conversation(), text, turn.narrator())) {
            case REQUESTED -> Outcome.DELEGATION_REQUESTED;
            case QUESTION -> Outcome.QUESTION;
            case NOBODY -> Outcome.NOTHING_SUITABLE;
          });
    } catch (Refused refused) {
      turn.narrator()
          .failed(turn.narrator().say(refused.words()), turn.narrator().say("task.ask_again"));
      turn.outcome(Outcome.FAILED);
    } catch (Unanswered silent) {
      turn.narrator()
          .failed(turn.narrator().say("task.no_service"), turn.narrator().say("task.ask_again"));
      turn.outcome(Outcome.FAILED);
    }
  }

  private void hear(
      Turn turn,
      String text,
      Situation situation,
      Understanding understanding,
      Afterwards afterwards) {
    turn.narrator().message("user", text);
    hearing.remember(turn.conversation(), understanding);
    var prompt = Prompt.of(situation, turn.narrator().lang());
    course.start(
        turn,
        () -> {
          switch (understanding) {
            case Understanding.GoOn _ -> goOn(turn);
            case Understanding.Cancel _ -> {
              watching.stop(turn.conversation());
              tasking.stop(turn.conversation());
              talk(turn, text, prompt);
            }
            default -> talk(turn, text, prompt);
          }
        },
        afterwards);
  }

  /** The principal clicked: what was chosen is bought, whatever a model would say to it. */
  public int choose(
      Conversation conversation,
      List<String> offerIds,
      @Nullable String seat,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    return course.claim(
        id,
        () -> {
          var proposal =
              conversations
                  .shown(id)
                  .map(Proposal::read)
                  .orElseThrow(() -> Proposal.unknownOffer("there are no offers to choose from"));
          var chosen = proposal.chosen(offerIds);
          int number = conversations.begin(conversation, null, null);
          var permission = new Permission(offerIds, seat, proposal.budget(), List.of());
          var turn = course.turn(id, number, conversation.lang(), permission);
          return course.begun(
              turn, () -> course.start(turn, () -> buy(turn, proposal, chosen), afterwards));
        });
  }

  /**
   * Stops the turn under way and gives back what is not paid yet.
   *
   * @return whether one was
   */
  public boolean cancel(String conversation, Afterwards afterwards) {
    var current = course.turnOf(conversation);
    current.ifPresent(turn -> afterwards.run(turn.stop()::now));
    return current.isPresent();
  }

  /** Whether the conversation is at rest, now or within {@code patience} of real time. */
  public boolean awaitEnd(String conversation, Duration patience) {
    return course.awaitEnd(conversation, patience);
  }

  /** Goes on with what a stop of the process interrupted. */
  public void resume() {
    course.resume();
    watching.recover();
  }

  @Override
  public void close() {
    watching.close();
    tasking.close();
    course.close();
    toolThreads.shutdown();
  }

  private void goOn(Turn turn) {
    boolean task = tasking.goOn(turn.conversation());
    if (!watching.goOn(turn.conversation()) && !task) {
      turn.narrator().message("assistant", turn.narrator().say("watch.nothing_paused"));
    }
  }

  private void talk(Turn turn, String text, String prompt) {
    var tools = new Tools(conversations, shopping, watching, buying(turn), turn);
    var ending = dialogue.talk(text, prompt, memory.of(turn.conversation()), tools, turn);
    switch (ending) {
      case Dialogue.Ending.Said said -> {
        if (turn.outcome() != Outcome.QUESTION && !said.text().isBlank()) {
          turn.narrator().message("assistant", said.text());
          untold(turn, said.text());
        }
        if (said.text().isBlank() && turn.outcome() == Outcome.IDLE && !turn.isBuying()) {
          modelFailed(turn, "failed.model.empty");
        }
      }
      case Dialogue.Ending.Broke broke -> {
        LOG.warn("the model failed: {}", broke.cause().toString());
        modelFailed(turn, "failed.model");
      }
      case Dialogue.Ending.Silent _ -> modelFailed(turn, "failed.model.silent");
    }
    if (turn.isBuying()) {
      // Whatever became of the model: what was ordered is followed to its end.
      ordering.follow(turn);
    }
  }

  /** A model may forget to say what it did not look for, or claim what only the cashier does. */
  private static void untold(Turn turn, String text) {
    var narrator = turn.narrator();
    var lost =
        turn.permission().remarks().stream()
            .filter(Remark::isLoss)
            .map(Remark::words)
            .filter(words -> !text.contains(words))
            .toList();
    if (!lost.isEmpty()) {
      narrator.message(
          "assistant",
          narrator.say("untold", String.join(narrator.lang().equals("zh") ? "、" : ", ", lost)));
    }
    if (PIN_WANTED.matcher(text).find()) {
      narrator.message("assistant", narrator.say("claim.pin"));
    }
    if (!turn.isBuying() && PAID_CLAIM.matcher(text).find()) {
      narrator.message("assistant", narrator.say("claim.paid"));
    }
  }

  private BuyingTools buying(Turn turn) {
    return new BuyingTools(world, conversations, purchasing, turn);
  }

  private static void modelFailed(Turn turn, String phrase) {
    turn.close();
    if (turn.isBuying()) {
      return;
    }
    turn.narrator().failed(turn.narrator().say(phrase), turn.narrator().say("failed.model.do"));
    turn.outcome(Outcome.FAILED);
  }

  private void buy(Turn turn, Proposal proposal, List<ShownOffer> chosen) {
    var narrator = turn.narrator();
    var titles =
        String.join(", ", chosen.stream().map(o -> narrator.say(o.offer().title())).toList());
    var words = narrator.say("chosen", titles);
    narrator.message("user", words);
    buying(turn).start(proposal, chosen);
    ordering.follow(turn);
    memory.add(turn.conversation(), words, narrator.say("chosen.outcome." + turn.outcome().code()));
  }
}
