package org.actsandbox.web.console.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.PrincipalJournalFilter;
import org.actsandbox.sandbox.journal.RelatedEntries;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Adds what happens to an open timeline, row by row; resumes after the last row it sent. */
@Component
class LiveTimeline {

  private static final Duration GATHER = Duration.ofMillis(100);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 64;

  /** Ours: a page with more rows is slow to read and to draw; then it asks to be opened anew. */
  private static final int MOST_ROWS = 400;

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final FragmentRenderer fragmentRenderer;

  LiveTimeline(FragmentRenderer fragmentRenderer) {
    this.fragmentRenderer = fragmentRenderer;
  }

  /**
   * What a page shows.
   *
   * @param from the first entry it may have, so that it can be drawn again
   * @param after the last one it has
   */
  record Shown(World world, JournalSelection selection, long from, long after, PageText words) {}

  Flux<ServerSentEvent<String>> follow(Shown shown) {
    return Flux.defer(() -> updates(shown))
        .subscribeOn(rendering)
        .mergeWith(
            Flux.interval(HEARTBEAT)
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build()));
  }

  private Flux<ServerSentEvent<String>> updates(Shown shown) {
    var page = new Page(shown);
    return shown
        .world()
        .journalStore()
        .follow(shown.after())
        .bufferTimeout(MOST_AT_ONCE, GATHER, true)
        .publishOn(rendering)
        .concatMapIterable(
            some -> {
              var html = page.apply(some);
              return html.isEmpty() ? List.of() : List.of(update(html, some.getLast().seq()));
            });
  }

  private static ServerSentEvent<String> update(String html, long seq) {
    return ServerSentEvent.builder(html).id(String.valueOf(seq)).event("update").build();
  }

  /** One open page; touched by one update at a time. */
  private final class Page {

    private final Shown shown;
    private final JournalQuery query;
    private final Timeline timeline;
    private final @Nullable PrincipalJournalFilter principalJournalFilter;
    private final boolean whole;
    private final Map<String, Set<String>> ties = new HashMap<>();

    Page(Shown shown) {
      this.shown = shown;
      this.query = shown.selection().query(0, 1);
      var journal = shown.world().journalStore();
      var story = shown.selection().relatedEntries(journal);
      this.principalJournalFilter = shown.selection().principalFilter(journal);
      this.whole = story == null;
      if (story != null) {
        story.ids().forEach((name, values) -> ties.put(name, new HashSet<>(values)));
      }
      var before = shown.selection().page(journal, shown.from(), MOST_ROWS).items();
      this.timeline =
          new Timeline(
              shown.words(),
              before.stream().filter(entry -> entry.seq() <= shown.after()).toList());
    }

    String apply(List<JournalEntry> entries) {
      if (timeline.size() >= MOST_ROWS) {
        return "";
      }
      if (principalJournalFilter != null) {
        principalJournalFilter.refresh();
      }
      boolean wider = false;
      var rows = new StringBuilder();
      for (var entry : entries) {
        if (belongs(entry) && query.fits(entry) && concerns(entry)) {
          wider |= timeline.add(entry);
          rows.append(render("row-new", Map.of("row", timeline.newest(), "link", link())));
        }
      }
      if (rows.isEmpty()) {
        return "";
      }
      // A new lane moves all the others.
      var html = wider ? new StringBuilder(diagram()) : rows;
      if (timeline.size() >= MOST_ROWS) {
        html.append(fragmentRenderer.render("console/journal", "enough", shown.words(), Map.of()));
      }
      return html.toString();
    }

    private String diagram() {
      return render(
          "diagram-changed",
          Map.of("lanes", timeline.lanes(), "rows", timeline.rows(), "link", link()));
    }

    /** What belongs to the story may tie more to it. */
    private boolean belongs(JournalEntry entry) {
      if (whole) {
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
      return "/console/" + shown.world().name() + "/journal";
    }

    private String render(String fragment, Map<String, ?> model) {
      var all = new HashMap<String, Object>(model);
      all.put("here", "/console/" + shown.world().name());
      return fragmentRenderer.render("console/try", fragment, shown.words(), all);
    }
  }
}
