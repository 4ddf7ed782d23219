package org.actsandbox.agent.watch;

import java.util.List;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.errand.ErrandAuthority;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.http.NoAnswerException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the principal for the authority of a watch (ACT ADD-1, ADD-2). A new request before the
 * decision replaces the draft.
 */
final class WatchAuthorityRequest {

  private final AgentWorld world;
  private final DelegationServiceClient delegationServiceClient;
  private final ErrandStore<Watch> watches;
  private final ErrandAuthority<Watch> errandAuthority;
  private final DirectedIsrBuilder directedIsrBuilder;

  WatchAuthorityRequest(
      AgentWorld world,
      DelegationServiceClient delegationServiceClient,
      ErrandStore<Watch> watches,
      ErrandAuthority<Watch> errandAuthority,
      DirectedIsrBuilder directedIsrBuilder) {
    this.world = world;
    this.delegationServiceClient = delegationServiceClient;
    this.watches = watches;
    this.errandAuthority = errandAuthority;
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
    var requested =
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
            Watch.Progress.NONE.due(now.plus(ErrandAuthority.NEXT_QUESTION)),
            0);
    var watch =
        undecided
            .map(known -> watches.update(known, current -> current.withRequest(requested)))
            .orElseGet(() -> watches.add(requested));
    return errandAuthority.tellRequest(watch, intent, null, conversationNarrator);
  }
}
