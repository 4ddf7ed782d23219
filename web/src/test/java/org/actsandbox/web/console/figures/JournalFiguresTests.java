package org.actsandbox.web.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Tests what the figures count, and that a long journal costs no more than a short one. */
class JournalFiguresTests {

  private static JournalEntry entry(long seq, Kind kind, @Nullable String peer, String data) {
    return new JournalEntry(
        seq,
        Instant.EPOCH,
        Instant.EPOCH,
        "did:act:demo-agent",
        peer,
        kind,
        "",
        kind == Kind.REFUSAL ? "refused" : "exchange",
        Map.of(),
        Json.parse(data));
  }

  @Test
  void refusalsAreCountedByTheirCodeAndWaitsOnPurposeAreNoLatency() {
    var pay = "did:act:sandbox-pay";
    var figures =
        JournalFigures.of(
            List.of(
                entry(1, Kind.REFUSAL, null, "{\"code\": \"pin_wrong\"}"),
                entry(2, Kind.REFUSAL, null, "{\"code\": \"pin_wrong\"}"),
                entry(3, Kind.REFUSAL, null, "{\"code\": \"hold_expired\"}"),
                entry(4, Kind.EXCHANGE, pay, "{\"path\": \"/x\", \"duration_micros\": 3000}"),
                entry(5, Kind.EXCHANGE, pay, "{\"path\": \"/x\", \"duration_micros\": 1000}"),
                entry(
                    6,
                    Kind.EXCHANGE,
                    pay,
                    "{\"path\": \"/x?wait_seconds=20\", \"duration_micros\": 20000000}")));

    assertThat(figures.refusals())
        .containsOnly(Map.entry("pin_wrong", 2), Map.entry("hold_expired", 1));
    assertThat(figures.micros()).containsOnly(Map.entry(pay, List.of(1000L, 3000L)));
    assertThat(JournalFigures.quantile(List.of(1000L, 3000L), 0.95)).isEqualTo(3000L);
    assertThat(JournalFigures.quantile(List.of(1000L), 0.5)).isEqualTo(1000L);
  }

  @Test
  void aLongJournalIsReadOnlyAtItsEnd() {
    var read = new ArrayList<Long>();
    var journal =
        new JournalStore() {
          @Override
          public Page page(JournalQuery query) {
            var items =
                LongStream.rangeClosed(query.after() + 1, query.after() + query.limit())
                    .peek(read::add)
                    .mapToObj(seq -> entry(seq, Kind.REFUSAL, null, "{\"code\": \"pin_wrong\"}"))
                    .toList();
            return new Page(items, query.after() + query.limit());
          }

          @Override
          public List<JournalEntry> withAny(Map<String, Set<String>> ids, long until, int most) {
            throw new AssertionError("no ids are looked up");
          }

          @Override
          public Optional<JournalEntry> find(long seq) {
            throw new AssertionError("no single entry is looked up");
          }

          @Override
          public long lastSeq() {
            return 1_000_000;
          }

          @Override
          public Flux<JournalEntry> follow(long seq) {
            throw new AssertionError("the journal is not followed");
          }
        };

    assertThat(JournalFigures.ofNewest(journal).entries()).isEqualTo(JournalFigures.MOST_ENTRIES);
    assertThat(read).hasSize(JournalFigures.MOST_ENTRIES);
    assertThat(read.getFirst()).isEqualTo(1_000_000L - JournalFigures.MOST_ENTRIES + 1);
  }
}
