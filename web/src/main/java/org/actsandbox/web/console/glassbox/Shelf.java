package org.actsandbox.web.console.glassbox;

import java.util.List;
import org.actsandbox.web.console.tasks.Errand;
import org.jspecify.annotations.Nullable;

/**
 * The middle pane.
 *
 * @param authority what the agent may do alone; null where it never asked
 * @param errand a task it works on by itself; null where there is none
 * @param phase empty, looking, offers, authority, buying, bought or ended
 * @param current purchases of the newest cart on, newest first
 */
record Shelf(
    String phase,
    List<Search> searches,
    List<Purchase> current,
    Glass.Ending ending,
    @Nullable Authority authority,
    @Nullable Errand errand,
    boolean running) {

  static Shelf of(Glass glass) {
    return new Shelf(
        phase(glass),
        glass.searches(),
        glass.purchases(),
        glass.ending(),
        glass.authority(),
        glass.errand(),
        glass.isRunning());
  }

  private static String phase(Glass glass) {
    if (glass.purchases().stream().anyMatch(p -> p.waiting() || p.held())) {
      return "buying";
    }
    if (!glass.ending().kind().isEmpty()) {
      return "ended";
    }
    if (!glass.purchases().isEmpty()) {
      return "bought";
    }
    if (!glass.searches().isEmpty()) {
      return "offers";
    }
    if (glass.authority() != null || glass.errand() != null) {
      return "authority";
    }
    return glass.isRunning() ? "looking" : "empty";
  }

  public long offerCount() {
    return searches.stream().mapToLong(search -> search.offers().size()).sum();
  }

  public long platformCount() {
    return searches.stream().flatMap(search -> search.asked().stream()).distinct().count();
  }
}
