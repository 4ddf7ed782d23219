package org.actsandbox.sandbox.journal.storage;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.actsandbox.protocol.journal.Journal;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.journal.UnmaskedExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Writes and reads the journal of one loaded world. */
public final class WorldJournal implements Journal, JournalStore {

  private static final int FOLLOW_PAGE = 200;

  private final JournalChannel channel;
  private final Journals server;
  private final InstantSource clock;
  private final SecretMasker secretMasker;

  WorldJournal(
      JournalChannel channel, Journals server, InstantSource clock, SecretMasker secretMasker) {
    this.channel = channel;
    this.server = server;
    this.clock = clock;
    this.secretMasker = secretMasker;
  }

  /** Adds a note; waits only while the writer is thousands of entries behind. */
  @Override
  public void note(JournalNote note) {
    server.metrics().noted(note);
    server.writer().put(channel, pending(note));
  }

  /**
   * Adds a note without waiting, for threads that must not block: if the writer is behind, the note
   * waits on a thread of its own.
   */
  public void noteAsync(JournalNote note) {
    server.metrics().noted(note);
    var pending = pending(note);
    if (!server.writer().offer(channel, pending)) {
      Thread.ofVirtual().start(() -> server.writer().put(channel, pending));
    }
  }

  private PendingNote pending(JournalNote note) {
    return new PendingNote(note, clock.instant(), server.machine().instant(), secretMasker);
  }

  /**
   * Adds an exchange; completes at once, or when there is room again if the writer is thousands of
   * entries behind.
   */
  public Mono<Void> exchange(UnmaskedExchange record) {
    var pending =
        new PendingExchange(record, clock.instant(), server.machine().instant(), secretMasker);
    if (server.writer().offer(channel, pending)) {
      return Mono.empty();
    }
    return Mono.<Void>fromRunnable(() -> server.writer().put(channel, pending))
        .subscribeOn(server.waiting());
  }

  @Override
  public Page page(JournalQuery query) {
    server.writer().awaitWritten();
    return stored(query);
  }

  /**
   * Adds an exchange that a participant had with an address outside; waits only while the writer is
   * thousands of entries behind.
   */
  public void recordExchange(UnmaskedExchange record) {
    server
        .writer()
        .put(
            channel,
            new PendingExchange(record, clock.instant(), server.machine().instant(), secretMasker));
  }

  /**
   * Reads a page. If the journal begins after the part that one page examines, the page starts at
   * the beginning of the journal.
   */
  private Page stored(JournalQuery query) {
    long last = channel.lastStored();
    var page = server.rows().read(channel.partition(), query, last);
    if (!page.items().isEmpty() || page.lookedUpTo() >= last) {
      return page;
    }
    return server
        .retention()
        .oldest(channel.partition())
        .filter(oldest -> oldest > page.lookedUpTo())
        .map(oldest -> query.startingAfter(oldest - 1))
        .map(onwards -> server.rows().read(channel.partition(), onwards, last))
        .orElse(page);
  }

  @Override
  public List<JournalEntry> withAny(Map<String, Set<String>> ids, long until, int most) {
    server.writer().awaitWritten();
    long last = Math.min(until, channel.lastStored());
    return server.rows().readAny(channel.partition(), ids, last, most);
  }

  @Override
  public Optional<JournalEntry> find(long seq) {
    server.writer().awaitWritten();
    return server.rows().find(channel.partition(), seq);
  }

  @Override
  public long lastSeq() {
    server.writer().awaitWritten();
    return channel.lastStored();
  }

  @Override
  public Flux<JournalEntry> follow(long seq) {
    return Flux.using(
        () -> openStream(server.streams()),
        _ -> stream(new AtomicLong(seq), server.waiting()),
        AtomicInteger::decrementAndGet);
  }

  /** Says whether a live reader follows the journal. */
  public boolean isFollowed() {
    return channel.isFollowed();
  }

  /** Ends the followers, because the world is unloaded for good; late entries are still stored. */
  public void close() {
    server.writer().release(channel);
  }

  private Flux<JournalEntry> stream(AtomicLong position, Scheduler waiting) {
    return channel
        .newestNumbers()
        .startWith(0L)
        .onBackpressureLatest()
        .publishOn(waiting, 1)
        .concatMap(_ -> pages(position), 1)
        .concatMapIterable(page -> page, 1);
  }

  /** Reads pages until it has caught up, one page at a time at the follower's speed. */
  private Flux<List<JournalEntry>> pages(AtomicLong position) {
    return Flux.generate(
        sink -> {
          long from = position.get();
          var page =
              from >= channel.lastStored()
                  ? List.<JournalEntry>of()
                  : stored(JournalQuery.after(from, FOLLOW_PAGE)).items();
          if (page.isEmpty()) {
            sink.complete();
          } else {
            position.set(page.getLast().seq());
            sink.next(page);
          }
        });
  }

  private static AtomicInteger openStream(AtomicInteger streams) {
    if (streams.incrementAndGet() > Journals.MAX_STREAMS) {
      streams.decrementAndGet();
      throw new Refusal(Problem.RATE_LIMITED, "too many live streams are open")
          .expected("at most " + Journals.MAX_STREAMS)
          .remedy("Close one, or read the journal page by page.");
    }
    return streams;
  }
}
