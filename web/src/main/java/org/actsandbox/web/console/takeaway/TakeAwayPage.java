package org.actsandbox.web.console.takeaway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Lets a reader take a run along as one file: a page that plays without a server, or its diagram.
 */
@Controller
class TakeAwayPage {

  private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml;charset=UTF-8");
  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  /**
   * Sends the newest selected entries as a file, at most {@value JournalQuery#MAX_LIMIT}.
   *
   * @throws Refusal {@code not_found} if nothing is selected, {@code invalid_field} for another
   *     format
   */
  @GetMapping("/console/{world}/journal/take-away")
  ResponseEntity<String> file(PageRequest pageRequest) {
    var world = pageRequest.world();
    var selection = selection(pageRequest).checked(world.principals());
    long after =
        selection.isEverything()
            ? Math.max(0, world.journalStore().lastSeq() - JournalQuery.MAX_LIMIT)
            : 0;
    var entries = selection.page(world.journalStore(), after, JournalQuery.MAX_LIMIT).items();
    if (entries.isEmpty()) {
      throw new Refusal(Problem.NOT_FOUND, "the journal has no entry about it");
    }
    var run = new RunDocument(pageRequest.words(), entries);
    var title = pageRequest.words().say("takeaway.title", world.name());
    var format = String.valueOf(pageRequest.query("format"));
    return switch (format) {
      case "html" -> file(HTML, world.name() + ".html", run.page(title));
      case "svg" -> file(SVG, world.name() + ".svg", run.picture(title));
      default ->
          throw new Refusal(Problem.INVALID_FIELD, "there is no such file")
              .at("format")
              .expected("html or svg");
    };
  }

  private static ResponseEntity<String> file(MediaType type, String name, String content) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"act-run-" + name + "\"")
        .body(content);
  }

  private static JournalSelection selection(PageRequest pageRequest) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (var name : JournalSelection.names()) {
      var value = pageRequest.query(name);
      if (value != null) {
        filters.put(name, value);
      }
    }
    return JournalSelection.of(filters);
  }
}
