package org.actsandbox.web.console.grades;

import java.time.Clock;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/** Shows a graded run behind its link. It reads the kept grade, and reaches no world. */
@Controller
@RequestMapping("/shared/grade/{token}")
class SharedGradePages {

  private final GradeFolder gradeFolder;
  private final Clock machine;

  SharedGradePages(SandboxSettings sandboxSettings, Clock machine) {
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
    this.machine = machine;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String token) {
    var grade = open(token);
    var run = GradePages.row(grade);
    return pageRequest
        .page("console/grade-shared", "shared")
        .with("run", run)
        .with("other", null)
        .with("missions", GradePages.missions(pageRequest.words(), grade, null))
        .with("at", "/shared/grade/" + token)
        .show();
  }

  @GetMapping("/files/{format}")
  ResponseEntity<byte[]> file(
      PageRequest pageRequest, @PathVariable String token, @PathVariable String format) {
    return GradePages.download(pageRequest.words(), gradeFolder, open(token), format);
  }

  private JsonNode open(String token) {
    return gradeFolder.open(token, machine.instant()).orElseThrow(SharedGradePages::notFound);
  }

  static Refusal notFound() {
    return new Refusal(Problem.NOT_FOUND, "this link opens nothing, or no longer")
        .remedy("Ask the person who gave you the link for a new one.");
  }
}
