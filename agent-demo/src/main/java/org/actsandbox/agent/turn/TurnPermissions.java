package org.actsandbox.agent.turn;

import java.util.List;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.turn.Turn.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Derives from the principal's own words what a turn may search and buy, and stores what was
 * understood for the next sentence.
 */
final class TurnPermissions {

  private final Conversations conversations;

  TurnPermissions(Conversations conversations) {
    this.conversations = conversations;
  }

  /**
   * Returns what the sentence permits. A choice, a budget and wishes count only as the interpreter
   * read them from the principal.
   */
  static Permission permission(Interpretation interpretation, UnderstoodWishes before) {
    return switch (interpretation) {
      case Interpretation.Choice choice ->
          new Permission(choice.offerIds(), null, before.budget(), before.wishes());
      case Interpretation.Wishes said ->
          new Permission(
              List.of(),
              null,
              said.budget(),
              said.wishes(),
              null,
              said.remarks(),
              PlatformChoice.ALL);
      case Interpretation.Question open ->
          new Permission(List.of(), null, open.budget(), open.soFar());
      case Interpretation.DirectedPurchase said ->
          new Permission(
              List.of(),
              null,
              null,
              said.wishes(),
              said.directive(),
              List.of(),
              PlatformChoice.ALL);
      case Interpretation.Cancel _,
          Interpretation.Continue _,
          Interpretation.StatusQuestion _,
          Interpretation.OfferQuestion _,
          Interpretation.OrderQuestion _,
          Interpretation.OutOfScope _ ->
          Permission.NONE;
    };
  }

  /** Stores what was understood, for the next sentence. */
  void storeUnderstood(
      String conversation, Interpretation interpretation, PlatformChoice platforms) {
    switch (interpretation) {
      case Interpretation.Wishes said ->
          storeUnderstood(conversation, said.wishes(), said.budget(), platforms);
      case Interpretation.Question open ->
          conversations.saveUnderstood(conversation, UnderstoodWishes.of(open, platforms).toJson());
      case Interpretation.DirectedPurchase said ->
          storeUnderstood(conversation, said.wishes(), null, platforms);
      case Interpretation.Cancel _ -> {
        storeUnderstood(conversation, List.of(), null, PlatformChoice.ALL);
        conversations.saveIntentId(conversation, null);
        conversations.clearShownOffers(conversation);
      }
      case Interpretation.OfferQuestion question
          when OfferAnswers.namesOffers(question.topic()) || !question.offerIds().isEmpty() ->
          storeDiscussed(conversation, question);
      case Interpretation.Choice _,
          Interpretation.Continue _,
          Interpretation.StatusQuestion _,
          Interpretation.OfferQuestion _,
          Interpretation.OrderQuestion _,
          Interpretation.OutOfScope _ -> {
        // These sentences do not change what was understood.
      }
    }
  }

  /** Stores what is talked about, so that "take it" and "the cheaper one" are of these offers. */
  private void storeDiscussed(String conversation, Interpretation.OfferQuestion question) {
    var shown = conversations.shownOffers(conversation).map(Proposal::read);
    if (shown.isEmpty()) {
      return;
    }
    var discussed =
        switch (question.topic()) {
          case Interpretation.OfferQuestion.COMPARISON ->
              ids(OfferAnswers.compared(shown.get(), question.offerIds()));
          case OfferAnswers.OTHERS -> ids(OfferAnswers.othersIn(shown.get()));
          default -> question.offerIds();
        };
    var understood =
        conversations
            .understood(conversation)
            .map(UnderstoodWishes::read)
            .orElse(UnderstoodWishes.NOTHING);
    conversations.saveUnderstood(conversation, understood.withDiscussed(discussed).toJson());
  }

  private static List<String> ids(List<RankedOffer> offers) {
    return offers.stream().map(shown -> shown.offer().offerId()).toList();
  }

  private void storeUnderstood(
      String conversation, List<Wish> wishes, @Nullable Budget budget, PlatformChoice platforms) {
    conversations.saveUnderstood(
        conversation, UnderstoodWishes.of(wishes, budget, platforms).toJson());
  }
}
