package org.actsandbox.web.console.gallery;

import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.play.ScenarioRuns;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the comparisons that are ready, and runs both sides of one. */
@Controller
@RequestMapping("/console/{world}/comparisons")
class PreparedComparisonPages {

  private final ScenarioLibrary scenarioLibrary;
  private final ScenarioRuns scenarioRuns;

  PreparedComparisonPages(ScenarioLibrary scenarioLibrary, ScenarioRuns scenarioRuns) {
    this.scenarioLibrary = scenarioLibrary;
    this.scenarioRuns = scenarioRuns;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return page(pageRequest, List.of(PreparedComparison.values()));
  }

  @GetMapping("/{code}")
  Rendering show(PageRequest pageRequest, @PathVariable String code) {
    return page(pageRequest, List.of(find(code)));
  }

  /** Runs the scenario as it is and with the change, each in a world of its own. */
  @PostMapping("/{code}")
  Rendering run(PageRequest pageRequest, @PathVariable String code) {
    var comparison = find(code);
    var script = scenarioLibrary.find(comparison.scenario()).script();
    var change = comparison.in(script);
    var scenarioRun =
        scenarioRuns.compare(
            List.of(script.withoutExpectations(), change.script().withoutExpectations()),
            new ScenarioRuns.Change(change.label(), change.from(), change.to(), comparison.code()));
    return pageRequest.redirect(pageRequest.here() + "/runs/" + scenarioRun.id());
  }

  private static Rendering page(PageRequest pageRequest, List<PreparedComparison> comparisons) {
    return pageRequest
        .page("console/comparisons", "scenarios")
        .with("comparisons", comparisons)
        .show();
  }

  private static PreparedComparison find(String code) {
    return PreparedComparison.find(code)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no such comparison")
                    .at("code")
                    .remedy("Choose one on the page with all of them."));
  }
}
