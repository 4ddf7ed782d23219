package org.actsandbox.web.console.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.PrincipalJournalFilter;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.frame.LivePages;
import org.actsandbox.web.console.picture.SequenceChange;
import org.actsandbox.web.console.picture.SequenceRow;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/**
 * Adds new journal entries to an open timeline, row by row, and resumes after the last row it sent.
 */
@Component
class LiveTimeline {

  /**
   * Ours: a page with more rows is slow to read and to draw, so that it then asks the reader to
   * load it again.
   */
  private static final int MOST_ROWS = 400;

  private final LivePages pages;
  private final FragmentRenderer fragmentRenderer;

  LiveTimeline(LivePages pages, FragmentRenderer fragmentRenderer) {
    this.pages = pages;
    this.fragmentRenderer = fragmentRenderer;
  }

  /**
   * Says what an open timeline shows.
   *
   * @param from number of the entry after which the page starts, so that the timeline can be drawn
   *     again
   * @param after number of the last entry that the page has
   */
  record TimelineView(
      World world, JournalSelection selection, long from, long after, PageText words) {}

  Flux<ServerSentEvent<String>> follow(TimelineView view) {
    return pages.follow(view.world(), view.after(), () -> new OpenTimeline(view)::apply);
  }

  /** Is the timeline of one open page. One update at a time uses it. */
  private final class OpenTimeline {

    private final TimelineView view;
    private final JournalQuery query;
    private final Timeline timeline;
    private final @Nullable PrincipalJournalFilter principalJournalFilter;
    private final boolean everything;
    private List<SequenceRow> rows;
    private final Map<String, Set<String>> ties = new HashMap<>();

    OpenTimeline(TimelineView view) {
      this.view = view;
      this.query = view.selection().query(0, 1);
      var journal = view.world().journalStore();
      var related = view.selection().relatedEntries(journal);
      this.principalJournalFilter = view.selection().principalFilter(journal);
      this.everything = related == null;
      if (related != null) {
        related.ids().forEach((name, values) -> ties.put(name, new HashSet<>(values)));
      }
      var before = view.selection().page(journal, view.from(), MOST_ROWS).items();
      this.timeline =
          new Timeline(
              view.words(), before.stream().filter(entry -> entry.seq() <= view.after()).toList());
      this.rows = timeline.rows();
    }

    String apply(List<JournalEntry> entries) {
      if (timeline.size() >= MOST_ROWS) {
        return "";
      }
      if (principalJournalFilter != null) {
        principalJournalFilter.refresh();
      }
      boolean wider = false;
      var before = rows;
      for (var entry : entries) {
        if (belongs(entry) && query.fits(entry) && concerns(entry)) {
          wider |= timeline.add(entry);
        }
      }
      rows = timeline.rows();
      var changes = SequenceChange.between(before, rows);
      if (changes.isEmpty()) {
        return "";
      }
      // A new lane moves all the others, so that the whole diagram is drawn again.
      var html =
          new StringBuilder(
              wider
                  ? diagram()
                  : render("rows-changed", Map.of("changes", changes, "link", link())));
      if (timeline.size() >= MOST_ROWS) {
        html.append(fragmentRenderer.render("console/journal", "enough", view.words(), Map.of()));
      }
      return html.toString();
    }

    private String diagram() {
      return render(
          "diagram-changed", Map.of("lanes", timeline.lanes(), "rows", rows, "link", link()));
    }

    /**
     * Tells whether the entry belongs to the selected related entries. An entry that does may name
     * further ids, and entries with those ids then belong, too.
     */
    private boolean belongs(JournalEntry entry) {
      if (everything) {
        return true;
      }
      boolean tied =
          entry.ids().entrySet().stream()
              .anyMatch(id -> ties.getOrDefault(id.getKey(), Set.of()).contains(id.getValue()));
      if (tied) {
        entry
            .ids()
            .forEach(
                (name, value) -> {
                  if (RelatedEntries.LINKING_IDS.contains(name)) {
                    ties.computeIfAbsent(name, _ -> new HashSet<>()).add(value);
                  }
                });
      }
      return tied;
    }

    private boolean concerns(JournalEntry entry) {
      return principalJournalFilter == null || principalJournalFilter.concerns(entry);
    }

    private String link() {
      return "/console/" + view.world().name() + "/journal";
    }

    private String render(String fragment, Map<String, ?> model) {
      var all = new HashMap<String, Object>(model);
      all.put("here", "/console/" + view.world().name());
      return fragmentRenderer.render("console/sequence", fragment, view.words(), all);
    }
  }
}
