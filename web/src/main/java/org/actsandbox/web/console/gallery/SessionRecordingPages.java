package org.actsandbox.web.console.gallery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.scenario.SessionRecordings;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Makes a scenario of what happened in a world, as a file to store here or to download. */
@Controller
@RequestMapping("/console/{world}/session")
class SessionRecordingPages {

  private static final MediaType YAML =
      new MediaType("application", "yaml", StandardCharsets.UTF_8);

  /** The start of a line in which a recording names something that it could not write down. */
  private static final String LEFT_OUT = "# Left out: ";

  private final SessionRecordings sessions;
  private final ScenarioLibrary scenarioLibrary;

  SessionRecordingPages(SessionRecordings sessions, ScenarioLibrary scenarioLibrary) {
    this.sessions = sessions;
    this.scenarioLibrary = scenarioLibrary;
  }

  /**
   * Shows the file in the editor, where it is checked and stored like any other. Writing it takes
   * long, so the page is shown without it and asks for it.
   */
  @GetMapping
  Rendering show(PageRequest pageRequest) {
    var address = pageRequest.here() + "/session";
    if (pageRequest.isPartial()) {
      try {
        return pageRequest.fragment("console/scenario-new :: file", model(pageRequest));
      } catch (Refusal refused) {
        // The page with the file says what is wrong and what to do.
        return pageRequest.redirectPage(address + "?now=1");
      }
    }
    var pageBuilder =
        pageRequest
            .page("console/scenario-new", "scenarios")
            .with("recordedWorld", pageRequest.worldName());
    if (pageRequest.query("now") == null) {
      return pageBuilder.with("late", address).show();
    }
    model(pageRequest).forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  private Map<String, Object> model(PageRequest pageRequest) {
    var text =
        sessions.of(
            pageRequest.world(), scenarioLibrary.freeName("session-" + pageRequest.worldName()));
    return Map.of("text", text, "recordedWorld", pageRequest.worldName(), "leftOut", leftOut(text));
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(PageRequest pageRequest) {
    var name = "session-" + pageRequest.worldName();
    var text = sessions.of(pageRequest.world(), name);
    return ResponseEntity.ok()
        .contentType(YAML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name + ".yaml").build().toString())
        .body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> leftOut(String text) {
    return text.lines()
        .filter(line -> line.startsWith(LEFT_OUT))
        .map(line -> line.substring(LEFT_OUT.length()))
        .toList();
  }
}
