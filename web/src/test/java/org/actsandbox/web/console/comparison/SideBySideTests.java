package org.actsandbox.web.console.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.words.PageText;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Tests how two runs are aligned, what counts as a difference, and what is counted. */
class SideBySideTests {

  private static final Instant START = Instant.parse("2026-11-28T06:00:00Z");
  private static final Text SAYS = new Text("The principal says", "用户说");

  private static PageText words() {
    var messages = new ResourceBundleMessageSource();
    messages.setBasenames("messages.console", "messages.stage");
    messages.setDefaultEncoding("UTF-8");
    messages.setFallbackToSystemLocale(false);
    return new PageText(messages, Locale.ENGLISH, ZoneOffset.UTC);
  }

  private static JournalEntry message(long seq, String to, String line, int status, String total) {
    var parts = line.split(" ", -1);
    var at = START.plusMillis(seq * 10);
    return new JournalEntry(
        seq,
        at,
        at,
        "did:act:demo-agent",
        to,
        Kind.EXCHANGE,
        "",
        "",
        Map.of(),
        Json.tree(
            Map.of(
                "method",
                parts[0],
                "path",
                parts[1],
                "status",
                status,
                "duration_micros",
                1_000,
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
                    Map.of("offers", List.of(Map.of("total", total)))))));
  }

  private static JournalEntry intent(long seq, String total) {
    return message(seq, "did:act:raileast", "POST /merchants/raileast/intents", 200, total);
  }

  private static JournalEntry cart(long seq) {
    return message(seq, "did:act:raileast", "POST /merchants/raileast/carts", 409, "1.00");
  }

  private static RecordedRun run(String world, String fundsAfter, JournalEntry... entries) {
    return new RecordedRun(
        world,
        List.of(
            new StepMark(0, SAYS, 0, Money.yuan("100.00")),
            new StepMark(1, SAYS, 2, Money.yuan("100.00")),
            new StepMark(2, SAYS, 9, Money.yuan(fundsAfter))),
        List.of(entries));
  }

  private static SideBySide compared(RecordedRun left, RecordedRun right) {
    return new SideBySide(words(), left, right);
  }

  @Test
  void runsThatAreAlikeHaveNoDifference() {
    var pair =
        compared(
            run("a", "27.00", intent(1, "73.00"), cart(3)),
            run("b", "27.00", intent(1, "73.00"), cart(4)));
    assertThat(pair.rows()).noneMatch(ComparedRow::differs);
    assertThat(pair.rightCostsMore()).isFalse();
    assertThat(pair.leftMoney()).isEqualTo("¥73.00 has left the wallet");
  }

  @Test
  void thePriceInAMessageThatReadsTheSameIsTheFirstDifference() {
    var pair =
        compared(
            run("a", "27.00", intent(1, "73.00"), cart(3)),
            run("b", "100.00", intent(1, "65.70"), cart(3)));
    assertThat(pair.rows())
        .filteredOn(ComparedRow::first)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.number()).isEqualTo(1);
              assertThat(row.leftNote()).isEqualTo("¥73.00");
              assertThat(row.rightNote()).isEqualTo("¥65.70");
            });
    assertThat(pair.rightMoney()).isEqualTo("No money has moved");
    assertThat(pair.rightCostsMore()).isFalse();
  }

  @Test
  void aSecondRunThatCostsMoreIsMarked() {
    var pair =
        compared(
            run("a", "100.00", intent(1, "73.00"), cart(3)),
            run("b", "27.00", intent(1, "73.00"), cart(3)));
    assertThat(pair.rightCostsMore()).isTrue();
  }

  @Test
  void aMessageOfOneRunAloneDoesNotShiftTheOthers() {
    var pair =
        compared(
            run("a", "100.00", intent(1, "73.00"), cart(3)),
            run("b", "100.00", cart(1), intent(2, "73.00"), cart(3)));
    assertThat(pair.rows())
        .filteredOn(row -> row.kind().equals("message"))
        .extracting(row -> row.left() == null, ComparedRow::differs)
        .containsExactly(tuple(true, true), tuple(false, false), tuple(false, false));
  }

  @Test
  void aRunThatEndsEarlyHasTheMoneyOfItsLastStep() {
    var whole = run("a", "27.00", intent(1, "73.00"));
    var early =
        new RecordedRun(
            "b",
            List.of(
                new StepMark(0, SAYS, 0, Money.yuan("100.00")),
                new StepMark(1, SAYS, 2, Money.yuan("90.00"))),
            List.of());
    assertThat(compared(whole, early).rows())
        .filteredOn(row -> row.kind().equals("money"))
        .extracting(ComparedRow::leftNote, ComparedRow::rightNote)
        .containsExactly(
            tuple("No money has moved", "¥10.00 has left the wallet"),
            tuple("¥73.00 has left the wallet", "¥10.00 has left the wallet"));
  }
}
