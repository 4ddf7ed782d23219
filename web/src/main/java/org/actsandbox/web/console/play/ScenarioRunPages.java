package org.actsandbox.web.console.play;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.comparison.RecordedRun;
import org.actsandbox.web.console.comparison.SideBySide;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows the progress and the results of a run of scenarios. The page asks again until the run is
 * over.
 */
@Controller
@RequestMapping("/console/{world}/runs")
class ScenarioRunPages {

  private final ScenarioRuns scenarioRuns;
  private final Worlds worlds;

  ScenarioRunPages(ScenarioRuns scenarioRuns, Worlds worlds) {
    this.scenarioRuns = scenarioRuns;
    this.worlds = worlds;
  }

  @GetMapping("/{id}")
  Rendering show(PageRequest pageRequest, @PathVariable String id) {
    var scenarioRun =
        scenarioRuns
            .find(id)
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "this run is not known any more")
                        .remedy("run it again from the gallery"));
    var model = model(scenarioRun, pageRequest.words());
    if (pageRequest.isPartial() && model.containsKey("pair")) {
      // A script follows two runs beside each other from the beginning of the page.
      return pageRequest.redirectPage(pageRequest.here() + "/runs/" + id);
    }
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/run :: run", model);
    }
    var pageBuilder = pageRequest.page("console/run", "scenarios");
    model.forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  private Map<String, Object> model(ScenarioRun scenarioRun, PageText pageText) {
    var model = new HashMap<String, Object>();
    // This is read before the parts, so that a run that is shown as over has every verdict.
    boolean over = scenarioRun.isOver();
    var parts = scenarioRun.views();
    long passed = parts.stream().filter(part -> part.state().equals("passed")).count();
    long failed = parts.stream().filter(part -> part.state().equals("failed")).count();
    model.put("run", scenarioRun);
    model.put("over", over);
    model.put("parts", parts);
    model.put("passed", passed);
    model.put("failed", failed);
    if (scenarioRun.purpose() == ScenarioRun.Purpose.COMPARISON && over) {
      model.put("compared", OutcomeComparison.of(parts.getFirst(), parts.getLast()));
      model.put("names", names(pageText));
      sideBySide(parts, pageText).ifPresent(found -> model.put("pair", found));
    }
    model.put("seconds", "%.1f".formatted(scenarioRun.took().toMillis() / 1000.0));
    return model;
  }

  /** Aligns both runs; empty if the world of one of them is gone or was never made. */
  private Optional<SideBySide> sideBySide(List<ScenarioRun.Part.View> parts, PageText pageText) {
    var runs = parts.stream().flatMap(part -> recorded(part).stream()).toList();
    return runs.size() == 2
        ? Optional.of(new SideBySide(pageText, runs.getFirst(), runs.getLast()))
        : Optional.empty();
  }

  private Optional<RecordedRun> recorded(ScenarioRun.Part.View part) {
    var verdict = part.verdict();
    return verdict == null || part.marks().isEmpty()
        ? Optional.empty()
        : worlds
            .find(verdict.world())
            .map(world -> RecordedRun.read(world.name(), part.marks(), world.journalStore()));
  }

  /** Returns the names of merchants by their ids and DIDs. */
  private static Map<String, String> names(PageText pageText) {
    var names = new HashMap<String, String>();
    for (var merchant : MerchantRoster.all()) {
      names.put(merchant.id(), pageText.text(merchant.name()));
      names.put(merchant.did().value(), pageText.text(merchant.name()));
    }
    return names;
  }
}
