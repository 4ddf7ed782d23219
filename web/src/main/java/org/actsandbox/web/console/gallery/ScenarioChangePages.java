package org.actsandbox.web.console.gallery;

import java.util.List;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.play.ScenarioParameters;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.play.ConsoleStepNames;
import org.actsandbox.web.console.play.LatestVerdicts;
import org.actsandbox.web.console.play.ScenarioRuns;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Lets the reader change one thing in a scenario and compares both outcomes side by side. */
@Controller
@RequestMapping(GalleryPages.PATH + "/{name}/change")
class ScenarioChangePages {

  private final ScenarioLibrary scenarioLibrary;
  private final LatestVerdicts latestVerdicts;
  private final ScenarioRuns scenarioRuns;

  ScenarioChangePages(
      ScenarioLibrary scenarioLibrary, LatestVerdicts latestVerdicts, ScenarioRuns scenarioRuns) {
    this.scenarioLibrary = scenarioLibrary;
    this.latestVerdicts = latestVerdicts;
    this.scenarioRuns = scenarioRuns;
  }

  @GetMapping
  Rendering form(PageRequest pageRequest, @PathVariable String name) {
    return page(pageRequest, scenarioLibrary.find(name)).show();
  }

  @PostMapping
  Rendering change(PageRequest pageRequest, @PathVariable String name, FormFields form) {
    var libraryScenario = scenarioLibrary.find(name);
    ScenarioChange scenarioChange;
    try {
      scenarioChange = change(libraryScenario.script(), form);
    } catch (Refusal refused) {
      return page(pageRequest, libraryScenario)
          .status(refused.problem().status())
          .with("refused", refused)
          .with("turned", form.first("setting"))
          .with("given", form.first("value"))
          .show();
    }
    var scenarioRun =
        scenarioRuns.compare(
            List.of(libraryScenario.script(), scenarioChange.script().withoutExpectations()),
            new ScenarioRuns.Change(
                scenarioChange.label(), scenarioChange.from(), scenarioChange.to()));
    return pageRequest.redirect(pageRequest.here() + "/runs/" + scenarioRun.id());
  }

  private PageRequest.PageBuilder page(
      PageRequest pageRequest, ScenarioLibrary.LibraryScenario libraryScenario) {
    return pageRequest
        .page("console/change", "scenarios")
        .with("card", ScenarioCard.of(libraryScenario, latestVerdicts))
        .with("settings", ScenarioParameters.of(libraryScenario.script(), ConsoleStepNames.NAMES))
        .with("faults", ScenarioChange.faults())
        .with("standins", ScenarioChange.standIns(libraryScenario.script()));
  }

  private static ScenarioChange change(Script script, FormFields form) {
    if (form.first("fault") != null) {
      return ScenarioChange.ofFault(script, form.first("fault"));
    }
    return form.first("standin") == null
        ? ScenarioChange.ofParameter(script, form.first("setting"), form.first("value"))
        : ScenarioChange.ofStandIn(script, form.first("standin"));
  }
}
