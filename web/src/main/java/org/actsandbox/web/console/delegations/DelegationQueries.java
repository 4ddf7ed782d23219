package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads for the pages what a principal has delegated and is asked to delegate. */
@Component
class DelegationQueries {

  record CardPage(List<DelegationCard> cards, @Nullable String next) {}

  CardPage page(
      World world,
      Caller principal,
      @Nullable DelegationDisplayState state,
      @Nullable String cursor) {
    var page = world.participant(Delegations.class).delegations(principal, state, cursor);
    return new CardPage(
        page.items().stream().map(view -> card(world, principal, view)).toList(), page.next());
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} if the principal has no such
   *     delegation
   */
  DelegationCard card(World world, Caller principal, String delegationId) {
    return card(
        world, principal, world.participant(Delegations.class).delegation(delegationId, principal));
  }

  private static DelegationCard card(
      World world, Caller principal, DelegationViews.DelegationView view) {
    var kept = world.participant(Psp.class).delegationBook().find(view.delegationId());
    var intent = world.participant(Delegations.class).intent(view.intentId(), principal);
    return DelegationCard.of(
        view,
        wish(intent.isr()),
        kept.filter(entry -> entry.iac() != null).map(entry -> entry.spent()).orElse(null),
        kept.map(entry -> entry.payments()).orElse(0),
        world.clock().instant());
  }

  /** Returns the principal's first message; empty where the intent keeps only a digest of it. */
  static String wish(JsonNode isr) {
    var messages = isr.path("conversation_history").path("user_intent_raw");
    if (messages.isString()) {
      return messages.stringValue();
    }
    for (var turn : messages) {
      if (turn.path("role").asString("").equals("USER")) {
        return turn.path("content").asString("");
      }
    }
    return "";
  }

  /** Lists the complete intents that wait for the principal's decision. */
  List<WaitingIntent> waiting(World world, Caller principal) {
    return world.participant(Delegations.class).waiting(principal).stream()
        .map(
            intent ->
                new WaitingIntent(
                    intent, wish(intent.isr()), confirmationPath(world, intent.intentId())))
        .toList();
  }

  /**
   * Is an intent that waits for the principal's decision.
   *
   * @param page path of the page on which the principal decides
   */
  record WaitingIntent(DelegationViews.IntentView intent, String wish, String page) {}

  static String confirmationPath(World world, String intentId) {
    var cashier = "/cashier/delegations/" + intentId;
    return world.name().equals(Worlds.DEMO) ? cashier : "/w/" + world.name() + cashier;
  }
}
