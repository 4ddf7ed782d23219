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

/** What a principal has given and is asked to give, for reading. */
@Component
class DelegationQueries {

  record Shown(List<DelegationCard> cards, @Nullable String next) {}

  Shown page(
      World world, Caller you, @Nullable DelegationDisplayState state, @Nullable String cursor) {
    var page = world.participant(Delegations.class).delegations(you, state, cursor);
    return new Shown(
        page.items().stream().map(view -> card(world, you, view)).toList(), page.next());
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}
   */
  DelegationCard card(World world, Caller you, String delegationId) {
    return card(world, you, world.participant(Delegations.class).delegation(delegationId, you));
  }

  private static DelegationCard card(World world, Caller you, DelegationViews.DelegationView view) {
    var kept = world.participant(Psp.class).delegationBook().find(view.delegationId());
    var intent = world.participant(Delegations.class).intent(view.intentId(), you);
    return DelegationCard.of(
        view,
        wish(intent.isr()),
        kept.filter(entry -> entry.iac() != null).map(entry -> entry.spent()).orElse(null),
        kept.map(entry -> entry.payments()).orElse(0),
        world.clock().instant());
  }

  /** What the principal said first; empty where only a digest of it is kept. */
  static String wish(JsonNode isr) {
    var said = isr.path("conversation_history").path("user_intent_raw");
    if (said.isString()) {
      return said.stringValue();
    }
    for (var turn : said) {
      if (turn.path("role").asString("").equals("USER")) {
        return turn.path("content").asString("");
      }
    }
    return "";
  }

  /** Complete intents the principal has not decided about. */
  List<Asked> waiting(World world, Caller you) {
    return world.participant(Delegations.class).waiting(you).stream()
        .map(
            intent -> new Asked(intent, wish(intent.isr()), confirmation(world, intent.intentId())))
        .toList();
  }

  /**
   * An intent that waits.
   *
   * @param page where the principal decides
   */
  record Asked(DelegationViews.IntentView intent, String wish, String page) {}

  static String confirmation(World world, String intentId) {
    var cashier = "/cashier/delegations/" + intentId;
    return world.name().equals(Worlds.DEMO) ? cashier : "/w/" + world.name() + cashier;
  }
}
