package org.actsandbox.web.console.tasks;

import java.nio.charset.StandardCharsets;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.actsandbox.web.console.frame.NextPageLink;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.ErrandReader;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the agent's tasks: how far each has come, what it paid, and its result. */
@Controller
@RequestMapping("/console/{world}/tasks")
class TaskPages {

  private static final int PAGE = 20;

  private final ErrandReader errandReader;

  TaskPages(ErrandReader errandReader) {
    this.errandReader = errandReader;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var found =
        errandReader.tasks(
            pageRequest.world(), pageRequest.principal(), pageRequest.query("cursor"), PAGE);
    return pageRequest
        .page("console/tasks", "delegations")
        .with("tasks", found.items())
        .with("narrator", new EntryNarrator(pageRequest.words()))
        .with("here", pageRequest.here())
        .with("next", NextPageLink.next(pageRequest, found.next()))
        .show();
  }

  /**
   * Serves the report as its seller rendered it, in a browser sandbox, because the seller's HTML
   * must have no rights on this site. It may have styles of its own, and loads nothing.
   */
  @GetMapping("/{id}/report")
  ResponseEntity<byte[]> report(PageRequest pageRequest, @PathVariable String id) {
    var document = errandReader.report(pageRequest.world(), pageRequest.principal(), id);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        .header("X-Content-Type-Options", "nosniff")
        .body(
            document
                .orElseThrow(
                    () ->
                        new Refusal(Problem.NOT_FOUND, "there is no report of such a task")
                            .at("task_id"))
                .getBytes(StandardCharsets.UTF_8));
  }
}
