package org.actsandbox.agent.errand;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles the authority of errands from the question to the principal (ACT ADD-1, ADD-2) to its
 * return.
 *
 * <p>The authority of an errand that is over is given back, because it is not needed any more
 * (ADD-7). The errand ends first and uses the authority no more; it stays due until the delegation
 * service took the authority back, or until the authority expired.
 */
public final class ErrandAuthority<E extends Errand<E>> {

  /**
   * Ours: the service notifies the agent of the decision; the agent asks again after this time in
   * case the notice is lost.
   */
  public static final Duration NEXT_QUESTION = Duration.ofMinutes(10);

  /** Ours: further early decisions are learnt by asking. */
  private static final int MAX_DECISIONS = 100;

  /** Ours: how long after a failure the agent tries again to give the authority back. */
  private static final Duration RETURN_PAUSE = Duration.ofMinutes(10);

  /** The codes of errands that ended because their authority did. */
  private static final Set<String> ENDED_AUTHORITY = Set.of("iac_revoked", "iac_expired");

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final ErrandStore<E> errands;
  private final ErrandNarrator<E> errandNarrator;

  /** The intents of which a decision was told lately, the oldest first. */
  private final LinkedHashSet<String> decidedIntents = new LinkedHashSet<>();

  ErrandAuthority(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      ErrandStore<E> errands,
      ErrandNarrator<E> errandNarrator) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.errands = errands;
    this.errandNarrator = errandNarrator;
  }

  /**
   * Remembers that an intent was decided, for an errand that is not stored yet: a principal can be
   * faster than the agent, which stores the errand when the delegation service has answered.
   */
  void noteDecision(String intentId) {
    synchronized (decidedIntents) {
      decidedIntents.add(intentId);
      if (decidedIntents.size() > MAX_DECISIONS) {
        decidedIntents.removeFirst();
      }
    }
  }

  /** Returns whether the decision was remembered. */
  boolean forgetDecision(String intentId) {
    synchronized (decidedIntents) {
      return decidedIntents.remove(intentId);
    }
  }

  /**
   * Tells that the principal is asked for the authority: what it would permit, what is open and
   * where to confirm it. The errand is stored; if it was decided meanwhile, it is due now.
   *
   * @param intent the draft as the delegation service answered it
   * @param unread the words of the sentence that the draft does not hold; null when this kind of
   *     errand does not tell them
   * @return the event that was published
   */
  public ObjectNode tellRequest(
      E errand,
      JsonNode intent,
      @Nullable List<String> unread,
      ConversationNarrator conversationNarrator) {
    if (forgetDecision(errand.intentId())) {
      errands.wake(errand.errandId(), world.now());
    }
    var status = intent.path("status").asString("");
    errandNarrator.note(
        errand,
        JournalNote.Kind.DECISION,
        ActComponent.ADD_INT_ICS,
        JournalEvent.AUTHORITY_ASKED,
        Map.of(errands.kind().key(), errand.errandId(), "status", status));
    var event = Json.object();
    event.put("intent_id", errand.intentId());
    event.put(errands.kind().key(), errand.errandId());
    event.put("status", status);
    event.put("confirm_url", intent.path("confirmation_url").asString(""));
    event.set("expires_at", intent.path("expires_at"));
    if (unread != null) {
      unread.forEach(event.putArray("unread")::add);
    }
    var lang = conversationNarrator.lang().startsWith("zh") ? "zh" : "en";
    var summary = event.putArray("summary");
    intent.path("summary").forEach(line -> summary.add(line.path("text").path(lang).asString("")));
    var questions = event.putArray("open_questions");
    intent
        .path("open_questions")
        .forEach(open -> questions.add(open.path("question").path(lang).asString("")));
    conversationNarrator.publish(ConversationEventType.DELEGATION_REQUEST, event);
    return event.deepCopy();
  }

  /** The principal's decision. */
  public sealed interface Decision {

    record Given(DelegatedAuthority authority) implements Decision {}

    record Declined() implements Decision {}

    record Lapsed() implements Decision {}

    /**
     * @param nextQuestion when to ask again, at the latest when the draft lapses
     */
    record Undecided(Instant nextQuestion) implements Decision {}
  }

  /**
   * Asks the delegation service how the principal decided (ACT ADD-2).
   *
   * @throws ParticipantRefusal also {@code iac_invalid} for a credential that was not asked for
   * @throws NoAnswerException when the service does not answer
   */
  public Decision decision(E errand) {
    var intentId = errand.intentId();
    var intent = delegationServiceClient.fetchIntent(intentId);
    return switch (intent.path("status").asString("")) {
      case "authorized" -> {
        var iac =
            delegationServiceClient.fetchCredential(
                intent.path("delegation_id").asString(""), intentId);
        yield new Decision.Given(
            new DelegatedAuthority(iac.payload().delegationId(), iac.compact()));
      }
      case "declined" -> new Decision.Declined();
      case "lapsed" -> new Decision.Lapsed();
      default -> {
        var expires = Instant.parse(intent.path("expires_at").asString(""));
        var next = world.now().plus(NEXT_QUESTION);
        boolean isLastQuestion = expires.isAfter(world.now()) && expires.isBefore(next);
        yield new Decision.Undecided(isLastQuestion ? expires : next);
      }
    };
  }

  /**
   * Stores the end of an errand. Its authority is due to be given back, even if the process stops
   * before {@link #giveBack}.
   */
  public E saveEnd(E over) {
    boolean held =
        over.givenAuthority() != null
            && world.now().isBefore(over.until())
            && (over.code() == null || !ENDED_AUTHORITY.contains(over.code()));
    return errands.save(over.withDueAt(held ? world.now().plus(ErrandService.LEASE) : null));
  }

  /** Gives the authority back; when that fails it tells the principal, and is repeated. */
  public void giveBack(E over) {
    if (over.dueAt() != null && !isGivenBack(over)) {
      errandNarrator.tell(over, "errand.not_given_back");
    }
  }

  /** Repeats {@link #giveBack} by the clock. */
  void repeat(E over) {
    if (!world.now().isBefore(over.until())) {
      errands.update(over, current -> current.withDueAt(null));
    } else if (isGivenBack(over)) {
      errandNarrator.tell(over, "errand.given_back");
    }
  }

  private boolean isGivenBack(E over) {
    Instant next = null;
    try {
      delegationServiceClient.revoke(
          over.requiredAuthority().delegationId(),
          over.intentId(),
          Objects.requireNonNullElse(over.code(), "done"));
    } catch (ParticipantRefusal | NoAnswerException failed) {
      var again = world.now().plus(RETURN_PAUSE);
      next = again.isBefore(over.until()) ? again : over.until();
      errandNarrator.note(
          over,
          JournalNote.Kind.DECISION,
          ActComponent.ADD_IAC_LCM,
          JournalEvent.AUTHORITY_NOT_GIVEN_BACK,
          Map.of(
              errands.kind().key(), over.errandId(), "why", String.valueOf(failed.getMessage())));
    }
    var due = next;
    errands.update(over, current -> current.withDueAt(due));
    return next == null;
  }
}
