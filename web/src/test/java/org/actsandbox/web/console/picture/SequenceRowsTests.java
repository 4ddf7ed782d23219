package org.actsandbox.web.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Tests in which order the diagram shows what the journal recorded, and what it folds. */
class SequenceRowsTests {

  private static final Instant START = Instant.parse("2026-11-28T06:00:00Z");
  private static final String AGENT = "did:act:demo-agent";
  private static final String SHOP = "did:act:raileast";
  private static final String PSP = "did:act:sandbox-pay";

  private final DiagramLanes diagramLanes = new DiagramLanes();
  private final SequenceRows sequenceRows =
      new SequenceRows(words(), diagramLanes, SequenceRows.Folding.REPEATED);

  private static PageText words() {
    var messages = new ResourceBundleMessageSource();
    messages.setBasenames("messages.console", "messages.stage");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    return new PageText(messages, Locale.ENGLISH, ZoneOffset.UTC);
  }

  private void add(
      long seq, int endsMillis, int takesMillis, String from, String to, String line, int status) {
    var parts = line.split(" ", -1);
    var entry =
        entry(
            seq,
            endsMillis,
            from,
            to,
            Kind.EXCHANGE,
            Map.of(
                "method",
                parts[0],
                "path",
                parts[1],
                "status",
                status,
                "duration_micros",
                takesMillis * 1_000,
                "request_headers",
                Map.of(),
                "response_headers",
                Map.of(),
                "decoded",
                Map.of(),
                "role",
                "agent",
                "response_body",
                Map.of(
                    "content_type",
                    "application/json",
                    "length",
                    2,
                    "json",
                    status < 400 ? Map.of("active", true) : Map.of("code", "wrong_role"))));
    diagramLanes.addParticipants(entry, EntryNarrator::nameOf);
    sequenceRows.add(entry);
  }

  private static JournalEntry entry(
      long seq, int millis, String from, @Nullable String to, Kind kind, Map<String, ?> data) {
    var at = START.plusMillis(millis);
    return new JournalEntry(
        seq, at, at, from, to, kind, "", "wrong_role", Map.of(), Json.tree(data));
  }

  private List<String> words(SequenceRow row) {
    return row.arrows().stream().map(SequenceRow.Arrow::words).toList();
  }

  @Test
  void whatHappensInsideAMessageStandsBetweenItsTwoArrows() {
    add(1, 300, 50, SHOP, PSP, "POST /psp/proofs/verify", 200);
    add(2, 400, 300, AGENT, SHOP, "GET /merchants/raileast/fulfilment/R-1", 200);
    assertThat(sequenceRows.rows())
        .extracting(SequenceRow::id)
        .containsExactly("2", "1", "2-answer");
    assertThat(words(sequenceRows.rows().getFirst())).containsExactly("what was ordered, please");
    assertThat(words(sequenceRows.rows().getLast())).containsExactly("delivered");
  }

  @Test
  void messagesOfOneSenderThatOverlapStandInTheOrderOfTheirBeginning() {
    add(1, 200, 100, AGENT, PSP, "GET /psp/instruments", 200);
    add(2, 210, 200, AGENT, SHOP, "POST /merchants/raileast/intents", 200);
    assertThat(sequenceRows.rows()).extracting(SequenceRow::id).containsExactly("2", "1");
  }

  @Test
  void aRepeatedQuestionIsOneRowWithItsCount() {
    for (int i = 1; i <= 7; i++) {
      add(i, i * 100, 10, AGENT, PSP, "GET /psp/sub-accounts", 200);
    }
    assertThat(sequenceRows.rows()).hasSize(1);
    assertThat(words(sequenceRows.rows().getFirst())).containsExactly("list sub-accounts ×7");
  }

  @Test
  void aRefusalIsToldOnce() {
    sequenceRows.add(entry(1, 90, PSP, null, Kind.REFUSAL, Map.of("code", "wrong_role")));
    sequenceRows.add(entry(2, 95, PSP, null, Kind.REFUSAL, Map.of("code", "wrong_role")));
    add(3, 100, 20, AGENT, PSP, "POST /psp/payments", 403);
    assertThat(sequenceRows.rows()).extracting(SequenceRow::id).containsExactly("3");
    assertThat(sequenceRows.rows().getFirst().wrong()).isTrue();
    sequenceRows.add(entry(4, 101, PSP, null, Kind.REFUSAL, Map.of("code", "wrong_role")));
    assertThat(sequenceRows.rows()).hasSize(1);
  }

  @Test
  void onlyWhatChangedIsSent() {
    diagramLanes.addParticipants(
        entry(0, 0, SHOP, null, Kind.STATE, Map.of()), EntryNarrator::nameOf);
    add(1, 300, 50, SHOP, PSP, "POST /psp/proofs/verify", 200);
    var before = sequenceRows.rows();
    add(2, 400, 300, AGENT, SHOP, "GET /merchants/raileast/fulfilment/R-1", 200);
    add(3, 500, 10, AGENT, PSP, "GET /psp/instruments", 200);
    var rows = sequenceRows.rows();
    assertThat(SequenceChange.between(before, rows))
        .extracting(change -> change.kind() + " " + change.id() + " " + change.row().id())
        .containsExactly("inserted 1 2", "added  2-answer", "added  3");
    add(4, 600, 10, AGENT, PSP, "GET /psp/instruments", 200);
    assertThat(SequenceChange.between(rows, sequenceRows.rows()))
        .extracting(SequenceChange::kind)
        .containsExactly("replaced");
  }
}
