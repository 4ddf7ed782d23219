package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.web.console.tasks.TaskStatusView;
import org.jspecify.annotations.Nullable;

/**
 * The middle pane.
 *
 * @param authority what the agent may do alone; null where it never asked
 * @param errand a task it works on by itself; null where there is none
 * @param phase empty, looking, offers, authority, buying, bought or ended
 * @param current purchases of the newest cart on, newest first
 */
record OffersPane(
    String phase,
    List<SearchView> searches,
    List<PurchaseView> current,
    ConversationProjection.Ending ending,
    @Nullable AuthorityView authority,
    @Nullable TaskStatusView errand,
    boolean running) {

  static OffersPane of(ConversationProjection conversationProjection) {
    return new OffersPane(
        phase(conversationProjection),
        conversationProjection.searches(),
        conversationProjection.purchases(),
        conversationProjection.ending(),
        conversationProjection.authority(),
        conversationProjection.errand(),
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
    if (conversationProjection.authority() != null || conversationProjection.errand() != null) {
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
