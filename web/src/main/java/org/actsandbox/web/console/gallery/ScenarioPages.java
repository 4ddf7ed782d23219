package org.actsandbox.web.console.gallery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.play.ConsolePlays;
import org.actsandbox.web.console.play.LatestVerdicts;
import org.actsandbox.web.console.play.PlayerView;
import org.actsandbox.web.console.play.ScenarioRuns;
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

/** Shows one scenario with its purpose, its steps and its file, and plays, runs or removes it. */
@Controller
@RequestMapping(GalleryPages.PATH + "/{name}")
class ScenarioPages {

  private static final MediaType YAML =
      new MediaType("application", "yaml", StandardCharsets.UTF_8);

  private final ScenarioLibrary scenarioLibrary;
  private final LatestVerdicts latestVerdicts;
  private final ConsolePlays consolePlays;
  private final ScenarioRuns scenarioRuns;

  ScenarioPages(
      ScenarioLibrary scenarioLibrary,
      LatestVerdicts latestVerdicts,
      ConsolePlays consolePlays,
      ScenarioRuns scenarioRuns) {
    this.scenarioLibrary = scenarioLibrary;
    this.latestVerdicts = latestVerdicts;
    this.consolePlays = consolePlays;
    this.scenarioRuns = scenarioRuns;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String name) {
    var libraryScenario = scenarioLibrary.find(name);
    return pageRequest
        .page("console/scenario", "scenarios")
        .with("card", ScenarioCard.of(libraryScenario, latestVerdicts))
        .with("script", libraryScenario.script())
        .with("pairs", PreparedComparison.of(name))
        .with("lines", PlayerView.script(libraryScenario.script()))
        .with("done", pageRequest.query("done"))
        .show();
  }

  @GetMapping("/file")
  ResponseEntity<byte[]> file(@PathVariable String name) {
    var script = scenarioLibrary.find(name).script();
    return ResponseEntity.ok()
        .contentType(YAML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(script.name() + ".yaml").build().toString())
        .body(script.source().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/play")
  Rendering play(PageRequest pageRequest, @PathVariable String name, FormFields form) {
    var scenarioPlay =
        consolePlays.start(
            scenarioLibrary.find(name).script(), "true".equals(form.first("paused")));
    return pageRequest.redirectPage("/console/" + scenarioPlay.world() + "/play");
  }

  @PostMapping("/run")
  Rendering run(PageRequest pageRequest, @PathVariable String name) {
    var scenarioRun = scenarioRuns.start(List.of(scenarioLibrary.find(name).script()));
    return pageRequest.redirectPage(pageRequest.here() + "/runs/" + scenarioRun.id());
  }

  @PostMapping("/remove")
  Rendering remove(PageRequest pageRequest, @PathVariable String name) {
    if (!scenarioLibrary.find(name).own()) {
      throw new Refusal(Problem.INVALID_FIELD, "scenarios of the pack stay").at("name");
    }
    scenarioLibrary.remove(name);
    return pageRequest.redirect(pageRequest.here() + "/scenarios?done=removed");
  }
}
