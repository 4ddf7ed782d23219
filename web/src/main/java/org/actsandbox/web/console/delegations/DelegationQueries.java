package org.actsandbox.web.console.delegations;

import java.util.List;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.port.DelegationReader;
import org.actsandbox.web.console.port.PaymentReader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads for the pages what a principal has delegated and is asked to delegate. */
@Component
class DelegationQueries {

  private final DelegationReader delegationReader;
  private final PaymentReader paymentReader;

  DelegationQueries(DelegationReader delegationReader, PaymentReader paymentReader) {
    this.delegationReader = delegationReader;
    this.paymentReader = paymentReader;
  }

  record CardPage(List<DelegationCard> cards, @Nullable String next) {}

  CardPage page(
      World world,
      Caller principal,
      @Nullable DelegationDisplayState state,
      @Nullable String cursor) {
    var page = delegationReader.delegations(world, principal, state, cursor);
    return new CardPage(
        page.items().stream().map(view -> card(world, principal, view)).toList(), page.next());
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code not_found} if the principal has no such
   *     delegation
   */
  DelegationCard card(World world, Caller principal, String delegationId) {
    return card(world, principal, delegationReader.delegation(world, principal, delegationId));
  }

  private DelegationCard card(World world, Caller principal, DelegationViews.DelegationView view) {
    var spending = paymentReader.spending(world, view.delegationId());
    var intent = delegationReader.intent(world, principal, view.intentId());
    return DelegationCard.of(
        view,
        wish(intent.isr()),
        spending.map(PaymentReader.Spending::sum).orElse(null),
        spending.map(PaymentReader.Spending::payments).orElse(0),
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
    return delegationReader.waiting(world, principal).stream()
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
