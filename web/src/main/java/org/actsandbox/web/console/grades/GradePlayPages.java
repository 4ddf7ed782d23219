package org.actsandbox.web.console.grades;

import java.time.Clock;
import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.web.console.decoder.EntryDecoder;
import org.actsandbox.web.console.decoder.EntrySource;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.journal.JournalEntryView;
import org.actsandbox.web.console.journal.Timeline;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Plays what an agent did in a graded mission, message by message, from the recording of the run:
 * the world may be gone, and the run may have been made elsewhere.
 */
@Controller
class GradePlayPages {

  private static final String OWN = "/console/{world}/grades/{run}/{mission}/play/{attempt}";
  private static final String SHARED = "/shared/grade/{token}/{mission}/play/{attempt}";

  private final GradeFolder gradeFolder;
  private final Clock machine;

  GradePlayPages(SandboxSettings sandboxSettings, Clock machine) {
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
    this.machine = machine;
  }

  /** Shows the player, or two agents beside each other when another run is named. */
  @GetMapping(OWN)
  Rendering play(
      PageRequest pageRequest,
      @PathVariable String run,
      @PathVariable String mission,
      @PathVariable int attempt,
      @RequestParam(required = false) @Nullable String with) {
    var played = played(find(run), mission, attempt);
    var at = pageRequest.here() + "/grades/" + run;
    if (with == null || with.isBlank()) {
      return player(pageRequest, played, "scenarios", at);
    }
    var other = played(find(with), mission, attempt);
    var words = pageRequest.words();
    var names = List.of(name(words, played), name(words, other));
    var otherAt = pageRequest.here() + "/grades/" + with;
    return pageRequest
        .page("console/grade-pair", "scenarios")
        .with("mission", played.row(words))
        .with("sides", List.of(played, other))
        .with("rows", List.of(played.row(words), other.row(words)))
        .with("pair", played.beside(other, words))
        .with("names", names)
        .with("wish", GradePages.text(played.result().path("wish")))
        .with("attempts", List.of(played.attempt(other, words), other.attempt(played, words)))
        .with("endings", List.of(played.ending(), other.ending()))
        .with("leftLink", at + GradePages.playPath(played.result()))
        .with("rightLink", otherAt + GradePages.playPath(other.result()))
        .with("back", at + "/" + mission + "?attempt=" + attempt + "&with=" + with)
        .show();
  }

  /** Returns what an agent of the gallery does, in words; others have the name that they gave. */
  private static String name(PageText words, PlayedMission played) {
    return words.sayOr("grades.agent." + played.agent(), played.agent());
  }

  @GetMapping(OWN + "/{seq}")
  Rendering entry(
      PageRequest pageRequest,
      @PathVariable String run,
      @PathVariable String mission,
      @PathVariable int attempt,
      @PathVariable long seq) {
    var played = played(find(run), mission, attempt);
    var link = pageRequest.here() + "/grades/" + run + GradePages.playPath(played.result());
    return entry(pageRequest, played, seq, link, false);
  }

  @GetMapping(SHARED)
  Rendering shared(
      PageRequest pageRequest,
      @PathVariable String token,
      @PathVariable String mission,
      @PathVariable int attempt) {
    var played = played(open(token), mission, attempt);
    return player(pageRequest, played, "shared", "/shared/grade/" + token);
  }

  @GetMapping(SHARED + "/{seq}")
  Rendering sharedEntry(
      PageRequest pageRequest,
      @PathVariable String token,
      @PathVariable String mission,
      @PathVariable int attempt,
      @PathVariable long seq) {
    var played = played(open(token), mission, attempt);
    var link = "/shared/grade/" + token + GradePages.playPath(played.result());
    return entry(pageRequest, played, seq, link, true);
  }

  private static Rendering player(
      PageRequest pageRequest, PlayedMission played, String section, String at) {
    var words = pageRequest.words();
    var timeline = new Timeline(words, played.recording().messages());
    var row = played.row(words);
    boolean shared = section.equals("shared");
    return pageRequest
        .page("console/grade-play", section)
        .with("agent", played.agent())
        .with("mission", row)
        .with("reasons", played.reasons(words))
        .with("wish", GradePages.text(played.result().path("wish")))
        .with("wrongAt", played.wrongAt())
        .with("isCut", played.recording().isCut())
        .with("lanes", timeline.lanes())
        .with("rows", timeline.rows())
        .with("link", at + GradePages.playPath(played.result()))
        .with("here", "")
        .with("back", shared ? at : at + "/" + row.mission() + "?attempt=" + row.attempt())
        .show();
  }

  private static Rendering entry(
      PageRequest pageRequest, PlayedMission played, long seq, String link, boolean shared) {
    var snapshot = played.recording().snapshot();
    var entry =
        snapshot
            .find(seq)
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "the recording has no such entry").at("seq"));
    var decoded = new EntryDecoder(EntrySource.of(snapshot), pageRequest.words()).decode(entry);
    return JournalEntryView.show(pageRequest, decoded, link, shared);
  }

  private PlayedMission played(JsonNode grade, String mission, int attempt) {
    return PlayedMission.find(gradeFolder, grade, mission, attempt)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "the run has no recording of this mission")
                    .at("mission")
                    .remedy("Play it again: ./run grade records every mission."));
  }

  private JsonNode find(String run) {
    return gradeFolder
        .find(run)
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such run").at("run"));
  }

  private JsonNode open(String token) {
    return gradeFolder.open(token, machine.instant()).orElseThrow(SharedGradePages::notFound);
  }
}
