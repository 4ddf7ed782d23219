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
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps open pages true: the journal tells what happened, a page says which of its elements that
 * changes, and they are sent again.
 */
@Component
public class LivePages {

  private static final Duration GATHER = Duration.ofMillis(100);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int MOST_AT_ONCE = 100;

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());

  /**
   * @param after the last entry the page knows of
   * @param page begun when somebody listens; turns entries into elements, empty for none of its own
   */
  public Flux<ServerSentEvent<String>> follow(
      World world, long after, Supplier<Function<List<JournalEntry>, String>> page) {
    return Flux.defer(() -> updates(world, after, page.get()))
        .subscribeOn(rendering)
        .mergeWith(
            Flux.interval(HEARTBEAT)
                .map(_ -> ServerSentEvent.<String>builder().comment("alive").build()));
  }

  private Flux<ServerSentEvent<String>> updates(
      World world, long after, Function<List<JournalEntry>, String> page) {
    return world
        .journalStore()
        .follow(after)
        .bufferTimeout(MOST_AT_ONCE, GATHER, true)
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

  /** A journal position as a browser sends it; the beginning for anything else. */
  public static long position(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
