package org.actsandbox.agent.watch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the principal for the authority of a watch (ACT ADD-1, ADD-2): it sends the draft and tells
 * what it would permit and where to confirm it. A new request before the decision replaces the
 * draft.
 */
final class WatchAuthorityRequest {

  /**
   * Ours: the service notifies the agent of the decision; the agent asks again after this time in
   * case the notice is lost.
   */
  static final Duration NEXT_QUESTION = Duration.ofMinutes(10);

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final Watches watches;
  private final DirectedIsrBuilder directedIsrBuilder;

  WatchAuthorityRequest(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      Watches watches,
      DirectedIsrBuilder directedIsrBuilder) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.watches = watches;
    this.directedIsrBuilder = directedIsrBuilder;
  }

  /**
   * Sends the draft and stores the watch.
   *
   * @return what a model reads of the result
   * @throws ParticipantRefusal when the service refuses the draft
   * @throws NoAnswerException when it does not answer
   */
  ObjectNode send(
      String conversation,
      List<Wish> wishes,
      Directive directive,
      ConversationNarrator conversationNarrator) {
    var undecided =
        watches.findOpen(conversation).stream()
            .filter(watch -> watch.state() == WatchState.ASKED)
            .findFirst();
    var intentId = undecided.map(Watch::intentId).orElseGet(() -> world.ids().next("I"));
    var isr = directedIsrBuilder.of(conversation, intentId, wishes, directive);
    var intent = delegationServiceClient.sendDraft(isr);
    var now = world.now();
    var watch =
        new Watch(
            undecided.map(Watch::watchId).orElseGet(() -> world.ids().next("W")),
            conversation,
            conversationNarrator.lang(),
            intentId,
            WatchState.ASKED,
            wishes,
            directive,
            undecided.map(Watch::createdAt).orElse(now),
            directedIsrBuilder.endOfValidity(directive),
            intent.path("confirmation_url").asString(""),
            null,
            Watch.Progress.NONE.due(now.plus(NEXT_QUESTION)));
    if (undecided.isPresent()) {
      watches.save(WatchState.ASKED, watch);
    } else {
      watches.add(watch);
    }
    world
        .journal()
        .note(
            new JournalNote(
                world.agent().value(),
                JournalNote.Kind.DECISION,
                ActComponent.ADD_INT_ICS,
                "authority-asked",
                Map.of(JournalIds.INTENT_ID, intentId, JournalIds.CONVERSATION_ID, conversation),
                Map.of("watch_id", watch.watchId(), "status", intent.path("status").asString(""))));
    return publishRequest(watch, intent, conversationNarrator);
  }

  private static ObjectNode publishRequest(
      Watch watch, JsonNode intent, ConversationNarrator conversationNarrator) {
    var event = Json.object();
    event.put("intent_id", watch.intentId());
    event.put("watch_id", watch.watchId());
    event.put("status", intent.path("status").asString(""));
    event.put("confirm_url", watch.confirmUrl());
    event.set("expires_at", intent.path("expires_at"));
    var summary = event.putArray("summary");
    intent
        .path("summary")
        .forEach(line -> summary.add(text(line.path("text"), conversationNarrator)));
    var questions = event.putArray("open_questions");
    intent
        .path("open_questions")
        .forEach(open -> questions.add(text(open.path("question"), conversationNarrator)));
    conversationNarrator.publish(ConversationEventType.DELEGATION_REQUEST, event);
    return event.deepCopy();
  }

  private static String text(JsonNode text, ConversationNarrator conversationNarrator) {
    return text.path(conversationNarrator.lang().startsWith("zh") ? "zh" : "en").asString("");
  }
}
