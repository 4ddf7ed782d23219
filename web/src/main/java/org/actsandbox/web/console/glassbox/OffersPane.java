package org.actsandbox.web.console.glassbox;

import java.util.List;
import java.util.Objects;
import org.actsandbox.web.console.tasks.TaskStatusView;
import org.jspecify.annotations.Nullable;

/**
 * Is the middle pane: offers, purchases, authority and task.
 *
 * @param phase empty, looking, offers, choices, authority, buying, bought or ended
 * @param choices what a connected agent offered last
 * @param current the purchases of the conversation, newest first
 * @param authority the authority that the agent asked for; null for none
 * @param task the task that the agent works on by itself; null for none
 * @param work the steps of the turn that runs; empty while none runs
 * @param earlier what was delivered before the offers that the reader chooses from
 * @param again the sentence that a button says again; empty for none
 */
record OffersPane(
    String phase,
    List<SearchView> searches,
    List<ConnectedChoice> choices,
    List<PurchaseView> current,
    ConversationProjection.Ending ending,
    @Nullable AuthorityView authority,
    @Nullable TaskStatusView task,
    List<TurnTranscript.StepLine> work,
    boolean running,
    List<PurchaseView> earlier,
    String again) {

  static OffersPane of(ConversationProjection conversationProjection) {
    var phase = phase(conversationProjection);
    var purchases = conversationProjection.purchases();
    boolean choosing = phase.equals("offers") || phase.equals("choices");
    return new OffersPane(
        phase,
        conversationProjection.searches(),
        conversationProjection.choices(),
        choosing ? List.of() : purchases,
        conversationProjection.ending(),
        conversationProjection.authority(),
        conversationProjection.task(),
        conversationProjection.work(),
        conversationProjection.isRunning(),
        choosing ? purchases.stream().filter(p -> p.delivery() != null).toList() : List.of(),
        again(conversationProjection));
  }

  private static String phase(ConversationProjection conversationProjection) {
    if (conversationProjection.purchases().stream().anyMatch(p -> p.waiting() || p.held())) {
      return "buying";
    }
    if (conversationProjection.offersStand()) {
      return conversationProjection.choices().isEmpty() ? "offers" : "choices";
    }
    if (!conversationProjection.ending().kind().isEmpty()) {
      return "ended";
    }
    if (!conversationProjection.purchases().isEmpty()) {
      return "bought";
    }
    if (conversationProjection.authority() != null || conversationProjection.task() != null) {
      return "authority";
    }
    return conversationProjection.isRunning() ? "looking" : "empty";
  }

  /**
   * Returns the sentence to say again where a search found nothing; empty for nothing to repeat.
   */
  private static String again(ConversationProjection conversationProjection) {
    var turns = conversationProjection.turns();
    if (conversationProjection.ending().kind().isEmpty()
        || conversationProjection.isRunning()
        || !conversationProjection.purchases().isEmpty()
        || turns.isEmpty()) {
      return "";
    }
    return Objects.requireNonNullElse(turns.getLast().request(), "");
  }

  /** Returns the number of the payment that the reader decides next; empty for none. */
  public String next() {
    return current.stream()
        .filter(PurchaseView::waiting)
        .map(PurchaseView::tradeNo)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  public long offerCount() {
    return searches.stream().mapToLong(searchView -> searchView.offers().size()).sum();
  }

  public long platformCount() {
    return searches.stream().flatMap(searchView -> searchView.asked().stream()).distinct().count();
  }
}
