package org.actsandbox.web.console.glassbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.Fragments;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.words.Words;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One page's live updates: conversation and journal merged, every change sent as the elements it
 * replaces or extends. An update's id says how far both have come, so that a page that lost the
 * connection goes on from there.
 */
@Component
class LiveBox {

  /** What comes within this time is sent as one update: tokens come faster than eyes read. */
  private static final Duration GATHER = Duration.ofMillis(60);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 64;
  private static final String PANES = "console/try";

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final GlassBoxes boxes;
  private final Talks talks;
  private final Fragments fragments;
  private final StatusLine status;

  LiveBox(GlassBoxes boxes, Talks talks, Fragments fragments, StatusLine status) {
    this.boxes = boxes;
    this.talks = talks;
    this.fragments = fragments;
    this.status = status;
  }

  /**
   * How far a page has come.
   *
   * @param events last conversation event it shows
   * @param journal last journal entry it shows
   */
  record Position(long events, long journal) {

    static Position parse(String id) {
      var parts = id.split("-", -1);
      try {
        return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException foreign) {
        return new Position(0, 0);
      }
    }

    @Override
    public String toString() {
      return events + "-" + journal;
    }
  }

  Flux<ServerSentEvent<String>> follow(
      World world, String conversation, Position from, Words words) {
    return Flux.defer(() -> updates(world, conversation, from, words))
        .subscribeOn(rendering)
        .mergeWith(
            Flux.interval(HEARTBEAT)
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build()));
  }

  private Flux<ServerSentEvent<String>> updates(
      World world, String conversation, Position from, Words words) {
    var glass = new Glass(conversation);
    talks.history(world, conversation).stream()
        .filter(event -> event.seq() <= from.events())
        .forEach(glass::apply);
    var protocol = boxes.protocol(world, glass, words, from.journal());
    var page = new Page(world, words, glass, protocol, from.journal());
    Flux<Object> events = talks.follow(world, conversation, from.events()).cast(Object.class);
    Flux<Object> entries = world.journalStore().follow(from.journal()).cast(Object.class);
    return Flux.merge(events, entries)
        .bufferTimeout(MOST_AT_ONCE, GATHER, true)
        .publishOn(rendering)
        .concatMapIterable(page::apply);
  }

  /** What one open page shows; touched by one update at a time. */
  private final class Page {

    private final World world;
    private final Words words;
    private final Glass glass;
    private final Protocol protocol;
    private long journalSeq;

    Page(World world, Words words, Glass glass, Protocol protocol, long journalSeq) {
      this.world = world;
      this.words = words;
      this.glass = glass;
      this.protocol = protocol;
      this.journalSeq = journalSeq;
    }

    List<ServerSentEvent<String>> apply(List<Object> changes) {
      int turnsBefore = glass.turns().size();
      var panes = EnumSet.noneOf(Glass.Pane.class);
      var added = new ArrayList<JournalEntry>();
      boolean wider = false;
      boolean clock = false;
      for (var change : changes) {
        if (change instanceof AgentEvent event) {
          panes.addAll(glass.apply(event));
        } else if (change instanceof JournalEntry entry) {
          journalSeq = entry.seq();
          clock |= entry.kind() == Kind.CLOCK;
          if (glass.concerns(entry.ids()) && protocol.add(entry)) {
            added.add(entry);
            wider |= protocol.admit(entry);
          }
        }
      }
      var html = new StringBuilder();
      if (panes.contains(Glass.Pane.TALK)) {
        html.append(talk(turnsBefore));
      }
      if (panes.contains(Glass.Pane.SHELF)) {
        html.append(shelf());
      }
      html.append(wider ? diagram() : rows(added));
      if (clock || panes.contains(Glass.Pane.SHELF)) {
        html.append(status.patch(world, words));
      }
      return html.isEmpty() ? List.of() : List.of(update(html.toString()));
    }

    private ServerSentEvent<String> update(String html) {
      return ServerSentEvent.builder(html)
          .id(new Position(glass.lastSeq(), journalSeq).toString())
          .event("update")
          .build();
    }

    /** The turn that changed; earlier ones are final. */
    private String talk(int turnsBefore) {
      var html = new StringBuilder();
      var turns = glass.turns();
      for (int i = Math.max(0, turnsBefore - 1); i < turns.size(); i++) {
        var fragment = i < turnsBefore ? "turn-changed" : "turn-new";
        html.append(fragments.render(PANES, fragment, words, Map.of("turn", turns.get(i))));
      }
      html.append(
          fragments.render(PANES, "asking-changed", words, Map.of("running", glass.isRunning())));
      return html.toString();
    }

    private String shelf() {
      var model = boxes.shelfModel(world, glass, GlassBoxes.Choice.NONE);
      return fragments.render(PANES, "shelf-changed", words, model);
    }

    private String diagram() {
      return fragments.render(
          PANES,
          "diagram-changed",
          words,
          Map.of(
              "lanes",
              protocol.lanes(),
              "rows",
              protocol.rows(),
              "here",
              "/console/" + world.name()));
    }

    private String rows(List<JournalEntry> added) {
      var html = new StringBuilder();
      for (var entry : added) {
        html.append(
            fragments.render(
                PANES,
                "row-new",
                words,
                Map.of("row", protocol.row(entry), "here", "/console/" + world.name())));
      }
      return html.toString();
    }
  }
}
