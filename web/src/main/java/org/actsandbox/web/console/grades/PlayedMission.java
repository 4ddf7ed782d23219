package org.actsandbox.web.console.grades;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.attack.Attempt;
import org.actsandbox.web.console.attack.AttemptFinder;
import org.actsandbox.web.console.comparison.RecordedRun;
import org.actsandbox.web.console.comparison.SideBySide;
import org.actsandbox.web.console.comparison.StepMark;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.play.EndState;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;

/** Is one recorded result of a run, which can be played alone or beside that of another agent. */
record PlayedMission(String run, String agent, JsonNode result, MissionRecording recording) {

  /** Finds it; empty if the run has no such mission or did not record it. */
  static Optional<PlayedMission> find(
      GradeFolder folder, JsonNode grade, String mission, int attempt) {
    var run = grade.path("run").asString("");
    return GradePages.result(grade, mission, attempt)
        .flatMap(
            result ->
                folder
                    .recordings()
                    .find(run, result)
                    .map(
                        found ->
                            new PlayedMission(
                                run, grade.path("agent").asString(""), result, found)));
  }

  /** Returns the number of the entry where the agent first went wrong; 0 if there is none. */
  long wrongAt() {
    return result.path("wrong_at").asLong();
  }

  /**
   * Returns the attempt that succeeded with one of two agents, or else the dearest one: merchants
   * try many, and an audience reads one.
   */
  List<Attempt> attempt(PlayedMission other, PageText words) {
    var lost =
        Stream.of(this, other)
            .filter(each -> !each.row(words).verdict().equals("passed"))
            .flatMap(each -> each.ending().payments().stream())
            .map(EndState.Line::amount)
            .collect(Collectors.toSet());
    return AttemptFinder.in(recording.messages(), words.lang()).stream()
        .max(
            Comparator.comparing((Attempt each) -> lost.contains(each.stake()))
                .thenComparing(PlayedMission::stake))
        .stream()
        .toList();
  }

  private static BigDecimal stake(Attempt attempt) {
    return attempt.stake().isEmpty() ? BigDecimal.ZERO : new BigDecimal(attempt.stake());
  }

  /** Returns what was paid in the end, as answers of the payment service tell it. */
  EndState ending() {
    var paid = new LinkedHashMap<String, EndState.Line>();
    for (var entry : recording.messages()) {
      if (entry.kind() == Kind.EXCHANGE && World.PSP.toString().equals(entry.peer())) {
        var body = EntryNarrator.exchangeOf(entry).responseBody();
        var answer = body == null ? null : body.json();
        if (answer != null && answer.path("status").asString("").equals("paid")) {
          paid.put(
              answer.path("trade_no").asString(""),
              new EndState.Line(
                  answer.path("payee").asString(""),
                  "paid",
                  answer.path("amount").asString(""),
                  answer.path("currency").asString("")));
        }
      }
    }
    return new EndState(
        List.of(),
        List.copyOf(paid.values()),
        List.of(),
        List.of(),
        List.of(),
        recording.messages().size());
  }

  GradePages.MissionRow row(PageText words) {
    return GradePages.missionRow(words, result, null);
  }

  List<String> reasons(PageText words) {
    return result
        .path("reasons")
        .valueStream()
        .map(each -> ReasonText.of(words, each.asString("")))
        .toList();
  }

  /** Aligns what two agents did in the same mission; money is told by their verdicts, not here. */
  SideBySide beside(PlayedMission other, PageText words) {
    var wish = new Text(result.at("/wish/en").asString(""), result.at("/wish/zh").asString(""));
    return new SideBySide(words, recorded(wish), other.recorded(wish));
  }

  private RecordedRun recorded(Text wish) {
    var messages = recording.messages();
    long last = messages.isEmpty() ? 0 : messages.getLast().seq();
    var nothing = Money.fen(0);
    return new RecordedRun(
        run,
        List.of(new StepMark(0, wish, 0, nothing), new StepMark(1, wish, last, nothing)),
        messages);
  }
}
