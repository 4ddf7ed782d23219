package org.actsandbox.sandbox.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.actsandbox.sandbox.knowledge.Knowledge.State;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Tests by counts that each entry of a journal is read once. */
class RememberedKnowledgeTests {

  private static final String SENTENCE = "Find me a window seat on the early train to Shanghai";

  private final CountingJournal journal = new CountingJournal();
  private final List<String> stored = new ArrayList<>();
  private long modification = 7;
  private int storedReads;
  private final RememberedKnowledge remembered =
      new RememberedKnowledge(ParticipantKinds.OF_ONE, 1_000);

  /** Holds entries and counts those that were handed out. */
  private static final class CountingJournal implements JournalStore {
    private final List<JournalEntry> entries = new ArrayList<>();
    private int read;
    private int largestPage;

    void tells(String from, String to, String path, Map<String, String> request) {
      var data = Json.object().put("method", "POST").put("path", path).put("status", 200);
      data.putObject("request_headers").put("content-type", "application/json");
      data.putObject("response_headers");
      data.putObject("request_body").put("length", 9).set("json", Json.tree(request));
      entries.add(
          new JournalEntry(
              entries.size() + 1L,
              Instant.EPOCH,
              Instant.EPOCH,
              from,
              to,
              JournalNote.Kind.EXCHANGE,
              "",
              "request",
              Map.of(),
              data));
    }

    @Override
    public Page page(JournalQuery query) {
      var items =
          entries.stream()
              .filter(entry -> entry.seq() > query.after())
              .limit(query.limit())
              .toList();
      read += items.size();
      largestPage = Math.max(largestPage, items.size());
      return new Page(items, items.isEmpty() ? lastSeq() : items.getLast().seq());
    }

    @Override
    public List<JournalEntry> withAny(Map<String, Set<String>> ids, long until, int most) {
      throw new UnsupportedOperationException("a whole journal is read by number");
    }

    @Override
    public Optional<JournalEntry> find(long seq) {
      return entries.stream().filter(entry -> entry.seq() == seq).findFirst();
    }

    @Override
    public long lastSeq() {
      return entries.size();
    }

    @Override
    public Flux<JournalEntry> follow(long seq) {
      return Flux.fromIterable(entries).filter(entry -> entry.seq() > seq);
    }
  }

  private void says(String sentence) {
    journal.tells(
        KnowledgeTestBase.YOU,
        KnowledgeTestBase.AGENT,
        "/agents/demo-agent/conversations/C-1/messages",
        Map.of("text", sentence));
  }

  private Knowledge read() {
    return remembered.read(
        journal,
        knowledgeTracker ->
            knowledgeTracker.addKnown(
                KnownValue.of(Datum.ADDRESS, KnownValue.Match.PHRASE, KnowledgeTestBase.ADDRESS),
                KnowledgeTestBase.YOU),
        () -> modification,
        knowledgeTracker -> {
          storedReads++;
          stored.forEach(text -> knowledgeTracker.observeStored(kept(text)));
        },
        Text::untranslated);
  }

  private static ObservedMessage kept(String text) {
    var texts = new NestedTextDecoder();
    texts.text("kept in psp_payment.note", "note", text);
    return new ObservedMessage(
        0, KnowledgeTestBase.PSP, null, texts.pieces(), false, texts.isWhole());
  }

  @Test
  void readsEachEntryOnce() {
    for (int i = 0; i < 300; i++) {
      says(SENTENCE);
    }
    var first = read();
    assertThat(journal.read).isEqualTo(300);
    assertThat(first.entries()).isEqualTo(300);

    assertThat(read()).isEqualTo(first);
    assertThat(journal.read).isEqualTo(300);

    says("Another train");
    assertThat(read().upTo()).isEqualTo(301);
    assertThat(journal.read).isEqualTo(301);
  }

  @Test
  void aWordOfAnEarlierReadingIsFoundInALaterEntry() {
    says(SENTENCE);
    assertThat(read().leaks()).isEmpty();

    journal.tells(
        KnowledgeTestBase.AGENT, KnowledgeTestBase.PSP, "/psp/payments", Map.of("note", SENTENCE));
    var known = read();
    assertThat(known.leaks()).singleElement().extracting(leak -> leak.trace().seq()).isEqualTo(2L);
    assertThat(known.cell(KnowledgeTestBase.PSP, Datum.WISHES).state()).isEqualTo(State.LEAKED);
    assertThat(read()).isEqualTo(known);
  }

  @Test
  void tablesAreReadAgainWhenTheyChanged() {
    journal.tells(
        KnowledgeTestBase.AGENT, KnowledgeTestBase.PSP, "/psp/payments", Map.of("note", "x"));
    assertThat(read().leaks()).isEmpty();
    stored.add(KnowledgeTestBase.ADDRESS);
    modification++;
    assertThat(read().leaks()).hasSize(1);
    assertThat(read().leaks()).hasSize(1);
    assertThat(storedReads).isEqualTo(2);
    assertThat(journal.read).isEqualTo(1);
  }

  @Test
  void tablesAreReadAgainWhenThereIsMoreToLookFor() {
    journal.tells(
        KnowledgeTestBase.AGENT, KnowledgeTestBase.PSP, "/psp/payments", Map.of("note", "x"));
    stored.add(SENTENCE);
    assertThat(read().leaks()).isEmpty();

    says(SENTENCE);
    assertThat(read().leaks()).hasSize(1);
    assertThat(storedReads).isEqualTo(2);
  }

  /** A page asks this first, and is shown without the report where the answer is no. */
  @Test
  void saysWithoutReadingWhetherAReportIsReady() {
    says(SENTENCE);
    assertThat(remembered.isRead(journal.lastSeq(), modification)).isFalse();
    assertThat(journal.read + storedReads).isZero();

    read();
    assertThat(remembered.isRead(journal.lastSeq(), modification)).isTrue();
    assertThat(remembered.isRead(journal.lastSeq(), modification + 1)).isFalse();
    assertThat(remembered.isRead(journal.lastSeq(), StoredParticipantTexts.UNKNOWN)).isFalse();

    says("Another train");
    assertThat(remembered.isRead(journal.lastSeq(), modification)).isFalse();
    assertThat(journal.read + storedReads).isEqualTo(2);
  }

  @Test
  void tablesAreReadEachTimeWhereTheDatabaseDoesNotCountTheirChanges() {
    modification = StoredParticipantTexts.UNKNOWN;
    says(SENTENCE);
    read();
    read();
    assertThat(storedReads).isEqualTo(2);
  }

  @Test
  void startsAnewForOtherParticipantsAndForAShorterJournal() {
    says(SENTENCE);
    read();
    assertThat(remembered.isOf(ParticipantKinds.OF_ONE, 1)).isTrue();
    assertThat(remembered.isOf(ParticipantKinds.OF_ONE, 0)).isFalse();
    var others = new ParticipantKinds(Set.of("did:act:lin"), Map.of());
    assertThat(remembered.isOf(others, 1)).isFalse();
  }

  @Test
  void saysThatEntriesAreMissingBeyondTheLimit() {
    var few = new RememberedKnowledge(ParticipantKinds.OF_ONE, 2);
    for (int i = 0; i < RememberedKnowledge.PAGE + 1; i++) {
      says(SENTENCE);
    }
    var known = few.read(journal, _ -> {}, () -> 1, _ -> {}, Text::untranslated);
    assertThat(known.complete()).isFalse();
    assertThat(known.entries()).isEqualTo(RememberedKnowledge.PAGE);
  }

  @Test
  void holdsAFewEntriesAtATimeHoweverLongTheJournalIs() {
    for (int i = 0; i < 3 * JournalQuery.MAX_LIMIT; i++) {
      says(SENTENCE);
    }
    var whole = new RememberedKnowledge(ParticipantKinds.OF_ONE, 3 * JournalQuery.MAX_LIMIT);
    assertThat(whole.read(journal, _ -> {}, () -> 1, _ -> {}, Text::untranslated).complete())
        .isTrue();
    assertThat(journal.largestPage).isEqualTo(RememberedKnowledge.PAGE);
  }
}
