package org.actsandbox.web.console.gallery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.play.PlayerView;
import org.actsandbox.web.console.play.Playground;
import org.actsandbox.web.console.play.Runs;
import org.actsandbox.web.console.play.Verdicts;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** One scenario: what it shows, its steps and its file; playing and running it. */
@Controller
@RequestMapping(GalleryPages.HERE + "/{name}")
class ScenarioPages {

  private static final MediaType YAML =
      new MediaType("application", "yaml", StandardCharsets.UTF_8);

  private final Library library;
  private final Verdicts verdicts;
  private final Playground playground;
  private final Runs runs;

  ScenarioPages(Library library, Verdicts verdicts, Playground playground, Runs runs) {
    this.library = library;
    this.verdicts = verdicts;
    this.playground = playground;
    this.runs = runs;
  }

  @GetMapping
  Rendering show(Visit visit, @PathVariable String name) {
    var book = library.find(name);
    return visit
        .page("console/scenario", "scenarios")
        .with("card", Card.of(book, verdicts))
        .with("script", book.script())
        .with("lines", PlayerView.script(book.script()))
        .with("done", visit.query("done"))
        .show();
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(@PathVariable String name) {
    var script = library.find(name).script();
    return ResponseEntity.ok()
        .contentType(YAML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(script.name() + ".yaml").build().toString())
        .body(script.source().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/play")
  Rendering play(Visit visit, @PathVariable String name, FormFields form) {
    var play = playground.start(library.find(name).script(), "true".equals(form.first("paused")));
    return visit.leave("/console/" + play.world() + "/play");
  }

  @PostMapping("/run")
  Rendering run(Visit visit, @PathVariable String name) {
    var run = runs.start(List.of(library.find(name).script()));
    return visit.leave(visit.here() + "/runs/" + run.id());
  }

  @PostMapping("/remove")
  Rendering remove(Visit visit, @PathVariable String name) {
    if (!library.find(name).own()) {
      throw new Refusal(Problem.INVALID_FIELD, "scenarios of the pack stay").at("name");
    }
    library.remove(name);
    return visit.redirect(visit.here() + "/scenarios?done=removed");
  }
}
