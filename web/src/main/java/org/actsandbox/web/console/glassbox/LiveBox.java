package org.actsandbox.web.console.glassbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.frame.Fragments;
import org.actsandbox.web.console.frame.StatusLine;
import org.actsandbox.web.console.words.Words;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
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

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final GlassBoxes boxes;
  private final Talks talks;
  private final LivePage.Tools tools;

  LiveBox(GlassBoxes boxes, Talks talks, Fragments fragments, StatusLine status) {
    this.boxes = boxes;
    this.talks = talks;
    this.tools = new LivePage.Tools(boxes, fragments, status);
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
      World world, Caller you, String conversation, Position from, Words words) {
    return Flux.defer(() -> updates(world, you, conversation, from, words))
        .subscribeOn(rendering)
        .mergeWith(
            Flux.interval(HEARTBEAT)
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build()));
  }

  private Flux<ServerSentEvent<String>> updates(
      World world, Caller you, String conversation, Position from, Words words) {
    var glass = new Glass(conversation);
    talks.history(world, you, conversation).stream()
        .filter(event -> event.seq() <= from.events())
        .forEach(glass::apply);
    var protocol = boxes.protocol(world, glass, words, from.journal());
    var page =
        new LivePage(
            tools, new LivePage.Scene(world, you, words, false), glass, protocol, from.journal());
    Flux<Object> events = said(world, conversation, from.events());
    Flux<Object> entries = world.journalStore().follow(from.journal()).cast(Object.class);
    return gathered(Flux.merge(events, entries), page);
  }

  private Flux<Object> said(World world, String conversation, long after) {
    return talks
        .follow(world, conversation, after)
        .map(event -> new LivePage.Said(conversation, event));
  }

  private Flux<ServerSentEvent<String>> gathered(Flux<Object> changes, LivePage page) {
    return changes
        .bufferTimeout(MOST_AT_ONCE, GATHER, true)
        .publishOn(rendering)
        .concatMapIterable(
            some -> {
              var html = page.apply(some);
              return html.isEmpty() ? List.of() : List.of(update(html, page.position()));
            });
  }

  private static ServerSentEvent<String> update(String html, Position position) {
    return ServerSentEvent.builder(html).id(position.toString()).event("update").build();
  }

  /** Everything that happens in a world somebody else acts in, whatever conversation it is. */
  Flux<ServerSentEvent<String>> onlook(World world, Caller you, Position from, Words words) {
    return Flux.defer(() -> lookedOn(world, you, from, words)).subscribeOn(rendering);
  }

  private Flux<ServerSentEvent<String>> lookedOn(
      World world, Caller you, Position from, Words words) {
    var start = boxes.onlook(world, words, from.journal());
    var glass = new Glass(start.glass().conversation());
    if (!glass.conversation().isEmpty()) {
      talks.overheard(world, glass.conversation()).stream()
          .filter(event -> event.seq() <= from.events())
          .forEach(glass::apply);
    }
    var page =
        new LivePage(
            tools,
            new LivePage.Scene(world, you, words, true),
            glass,
            start.protocol(),
            from.journal());
    var changes =
        world
            .journalStore()
            .follow(from.journal())
            .publish(
                entries ->
                    Flux.<Object>merge(
                        entries,
                        entries
                            .mapNotNull(entry -> entry.ids().get(JournalIds.CONVERSATION_ID))
                            .startWith(Mono.justOrEmpty(known(glass)))
                            .distinctUntilChanged()
                            .switchMap(
                                talk ->
                                    said(
                                        world,
                                        talk,
                                        talk.equals(glass.conversation()) ? from.events() : 0))));
    return gathered(changes, page);
  }

  private static Optional<String> known(Glass glass) {
    return Optional.of(glass.conversation()).filter(conversation -> !conversation.isEmpty());
  }
}
