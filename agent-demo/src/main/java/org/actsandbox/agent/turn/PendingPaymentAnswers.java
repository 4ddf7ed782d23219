package org.actsandbox.agent.turn;

import java.util.List;
import java.util.stream.Collectors;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseState;
import org.actsandbox.agent.purchase.Purchases;
import org.actsandbox.agent.search.Proposal;

/**
 * Answers what a principal says while a purchase is under way, such as "why?" in front of the open
 * cashier. No turn begins for it, and no model takes part: the purchase goes on beside it.
 */
final class PendingPaymentAnswers {

  private final Conversations conversations;
  private final Purchases purchases;

  PendingPaymentAnswers(Conversations conversations, Purchases purchases) {
    this.conversations = conversations;
    this.purchases = purchases;
  }

  /**
   * Returns the answer.
   *
   * @param buying the turn that buys
   * @param narrator speaks the language of the sentence
   */
  String answer(Turn buying, ConversationNarrator narrator, Interpretation said) {
    return switch (said) {
      case Interpretation.OfferQuestion question -> explain(buying, narrator, question);
      case Interpretation.OutOfScope talk when !talk.text().isBlank() -> talk.text();
      case Interpretation.OutOfScope _,
          Interpretation.StatusQuestion _,
          Interpretation.OrderQuestion _,
          Interpretation.Choice _,
          Interpretation.Continue _ ->
          progress(buying, narrator);
      case Interpretation.Cancel _,
          Interpretation.Wishes _,
          Interpretation.Question _,
          Interpretation.DirectedPurchase _ ->
          progress(buying, narrator) + narrator.phrase("paying.later");
    };
  }

  /** Explains the offers that are being bought, unless the question names others. */
  private String explain(
      Turn buying, ConversationNarrator narrator, Interpretation.OfferQuestion question) {
    var shown = conversations.shownOffers(buying.conversation()).map(Proposal::read);
    if (shown.isEmpty()) {
      return progress(buying, narrator);
    }
    var bought = inTurn(buying).stream().map(each -> each.shown().offer().offerId()).toList();
    var named = question.offerIds().isEmpty() ? bought : question.offerIds();
    return new OfferAnswers(narrator, shown.get()).answer(question.topic(), named);
  }

  private String progress(Turn buying, ConversationNarrator narrator) {
    var waiting =
        inTurn(buying).stream().filter(each -> each.state() == PurchaseState.WAITING).findFirst();
    return waiting
        .map(
            purchase ->
                narrator.phrase(
                    "paying.waits",
                    purchase.title(),
                    purchase.total().decimal().replaceFirst("\\.00$", "")))
        .orElseGet(() -> narrator.phrase("paying.busy", titles(buying, narrator)));
  }

  private String titles(Turn buying, ConversationNarrator narrator) {
    return inTurn(buying).stream()
        .map(each -> narrator.phrase(each.title()))
        .collect(Collectors.joining(narrator.lang().equals("zh") ? "、" : ", "));
  }

  private List<Purchase> inTurn(Turn buying) {
    return purchases.findByTurn(buying.conversation(), buying.number());
  }
}
