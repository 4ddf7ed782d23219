package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.delegation.ShownState;
import org.actsandbox.sandbox.delegation.Views;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What a principal has given and is asked to give, for reading. */
@Component
class Authorities {

  record Shown(List<Card> cards, @Nullable String next) {}

  Shown page(World world, Caller you, @Nullable ShownState state, @Nullable String cursor) {
    var page = world.part(Delegations.class).delegations(you, state, cursor);
    return new Shown(
        page.items().stream().map(view -> card(world, you, view)).toList(), page.next());
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found}
   */
  Card card(World world, Caller you, String delegationId) {
    return card(world, you, world.part(Delegations.class).delegation(delegationId, you));
  }

  private static Card card(World world, Caller you, Views.DelegationView view) {
    var kept = world.part(Psp.class).delegationBook().find(view.delegationId());
    var intent = world.part(Delegations.class).intent(view.intentId(), you);
    return Card.of(
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
    return world.part(Delegations.class).waiting(you).stream()
        .map(
            intent -> new Asked(intent, wish(intent.isr()), confirmation(world, intent.intentId())))
        .toList();
  }

  /**
   * An intent that waits.
   *
   * @param page where the principal decides
   */
  record Asked(Views.IntentView intent, String wish, String page) {}

  static String confirmation(World world, String intentId) {
    var cashier = "/cashier/delegations/" + intentId;
    return world.name().equals(Worlds.DEMO) ? cashier : "/w/" + world.name() + cashier;
  }
}
