package org.actsandbox.web.console.play;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
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

  ScenarioRunPages(ScenarioRuns scenarioRuns) {
    this.scenarioRuns = scenarioRuns;
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
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/run :: run", model);
    }
    var pageBuilder = pageRequest.page("console/run", "scenarios");
    model.forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  private static Map<String, Object> model(ScenarioRun scenarioRun, PageText pageText) {
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
    }
    model.put("seconds", "%.1f".formatted(scenarioRun.took().toMillis() / 1000.0));
    return model;
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
