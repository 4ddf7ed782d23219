package org.actsandbox.web.console.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.grades.StagedAgents;
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

  /** Of a careful agent and one that obeys what merchants write. */
  private static final Comparison AGENTS = new Comparison("obeys", "");

  private final ScenarioLibrary scenarioLibrary;
  private final ScenarioRuns scenarioRuns;
  private final StagedAgents stagedAgents;

  PreparedComparisonPages(
      ScenarioLibrary scenarioLibrary, ScenarioRuns scenarioRuns, StagedAgents stagedAgents) {
    this.scenarioLibrary = scenarioLibrary;
    this.scenarioRuns = scenarioRuns;
    this.stagedAgents = stagedAgents;
  }

  /**
   * Is a comparison in the list.
   *
   * @param scenario name of the scenario that both sides run; empty if two agents do a mission
   */
  record Comparison(String code, String scenario) {

    static Comparison of(PreparedComparison prepared) {
      return new Comparison(prepared.code(), prepared.scenario());
    }
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return page(
        pageRequest,
        Stream.concat(
                Stream.of(AGENTS), Arrays.stream(PreparedComparison.values()).map(Comparison::of))
            .toList());
  }

  @GetMapping("/{code}")
  Rendering show(PageRequest pageRequest, @PathVariable String code) {
    return page(
        pageRequest, List.of(code.equals(AGENTS.code()) ? AGENTS : Comparison.of(find(code))));
  }

  /**
   * Runs the scenario as it is and with the change, each in a world of its own, or has both agents
   * do their mission; either goes on while its page is shown.
   */
  @PostMapping("/{code}")
  Rendering run(PageRequest pageRequest, @PathVariable String code) {
    if (code.equals(AGENTS.code())) {
      var run = stagedAgents.start(pageRequest.words().locale());
      return pageRequest.redirect(pageRequest.here() + "/comparisons/obeys/runs/" + run.id());
    }
    var comparison = find(code);
    var script = scenarioLibrary.find(comparison.scenario()).script();
    var change = comparison.in(script);
    var scenarioRun =
        scenarioRuns.compare(
            List.of(script.withoutExpectations(), change.script().withoutExpectations()),
            new ScenarioRuns.Change(change.label(), change.from(), change.to(), comparison.code()));
    return pageRequest.redirect(pageRequest.here() + "/runs/" + scenarioRun.id());
  }

  private static Rendering page(PageRequest pageRequest, List<Comparison> comparisons) {
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
