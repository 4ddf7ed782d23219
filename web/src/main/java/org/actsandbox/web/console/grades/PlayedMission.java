package org.actsandbox.web.console.grades;

import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.web.console.comparison.RecordedRun;
import org.actsandbox.web.console.comparison.SideBySide;
import org.actsandbox.web.console.comparison.StepMark;
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
