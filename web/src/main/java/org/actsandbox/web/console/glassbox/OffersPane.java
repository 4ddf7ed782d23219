package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.web.console.tasks.TaskStatusView;
import org.jspecify.annotations.Nullable;

/**
 * Is the middle pane: offers, purchases, authority and task.
 *
 * @param phase empty, looking, offers, authority, buying, bought or ended
 * @param current the purchases of the conversation, newest first
 * @param authority the authority that the agent asked for; null for none
 * @param task the task that the agent works on by itself; null for none
 */
record OffersPane(
    String phase,
    List<SearchView> searches,
    List<PurchaseView> current,
    ConversationProjection.Ending ending,
    @Nullable AuthorityView authority,
    @Nullable TaskStatusView task,
    boolean running) {

  static OffersPane of(ConversationProjection conversationProjection) {
    return new OffersPane(
        phase(conversationProjection),
        conversationProjection.searches(),
        conversationProjection.purchases(),
        conversationProjection.ending(),
        conversationProjection.authority(),
        conversationProjection.task(),
        conversationProjection.isRunning());
  }

  private static String phase(ConversationProjection conversationProjection) {
    if (conversationProjection.purchases().stream().anyMatch(p -> p.waiting() || p.held())) {
      return "buying";
    }
    if (!conversationProjection.ending().kind().isEmpty()) {
      return "ended";
    }
    if (!conversationProjection.purchases().isEmpty()) {
      return "bought";
    }
    if (!conversationProjection.searches().isEmpty()) {
      return "offers";
    }
    if (conversationProjection.authority() != null || conversationProjection.task() != null) {
      return "authority";
    }
    return conversationProjection.isRunning() ? "looking" : "empty";
  }

  public long offerCount() {
    return searches.stream().mapToLong(searchView -> searchView.offers().size()).sum();
  }

  public long platformCount() {
    return searches.stream().flatMap(searchView -> searchView.asked().stream()).distinct().count();
  }
}
