package org.actsandbox.web.console.frame;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps open pages up to date: it reads new journal entries, asks the page which of its elements
 * they change, and sends those elements again.
 */
@Component
public class LivePages {

  private static final Duration GATHERING_TIME = Duration.ofMillis(100);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 100;

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());

  /**
   * @param after number of the last journal entry that the page shows
   * @param page opened when the browser connects; turns entries into the HTML of changed elements,
   *     which is empty when none changed
   */
  public Flux<ServerSentEvent<String>> follow(
      World world, long after, Supplier<Function<List<JournalEntry>, String>> page) {
    var heartbeats =
        Flux.interval(HEARTBEAT)
            .onBackpressureDrop()
            .map(_ -> ServerSentEvent.<String>builder().comment("alive").build());
    // The heartbeat ends with the updates when the world is reset, deleted or moved.
    return Flux.defer(() -> updates(world, after, page.get()))
        .subscribeOn(rendering)
        .materialize()
        .mergeWith(heartbeats.materialize().filter(Signal::isOnNext))
        .dematerialize();
  }

  private Flux<ServerSentEvent<String>> updates(
      World world, long after, Function<List<JournalEntry>, String> page) {
    return world
        .journalStore()
        .follow(after)
        .bufferTimeout(MOST_AT_ONCE, GATHERING_TIME, true)
        .publishOn(rendering)
        .concatMapIterable(entries -> changed(entries, page.apply(entries)));
  }

  private static List<ServerSentEvent<String>> changed(List<JournalEntry> entries, String html) {
    return html.isEmpty()
        ? List.of()
        : List.of(
            ServerSentEvent.builder(html)
                .id(String.valueOf(entries.getLast().seq()))
                .event("update")
                .build());
  }

  /**
   * Reads a journal position as a browser sends it; returns 0, the beginning, for any other text.
   */
  public static long position(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
