package org.actsandbox.web.console.grades;

import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.words.PageText;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows how far two agents are that play for an audience, and stops them. The page asks again until
 * both have played, and then leads to the page with both beside each other.
 */
@Controller
@RequestMapping("/console/{world}/comparisons/obeys/runs/{id}")
class StagedRunPages {

  private final StagedAgents stagedAgents;

  StagedRunPages(StagedAgents stagedAgents) {
    this.stagedAgents = stagedAgents;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String id) {
    var run = find(id);
    if (pageRequest.isPartial() && run.state() == StagedRun.State.PLAYED) {
      return pageRequest.redirectPage(pageRequest.here() + run.pair());
    }
    var model = model(run, pageRequest.words());
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/staged :: staged", model);
    }
    var pageBuilder = pageRequest.page("console/staged", "scenarios");
    model.forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  @PostMapping("/stop")
  Rendering stop(PageRequest pageRequest, @PathVariable String id) {
    stagedAgents.stop(find(id).id());
    return pageRequest.redirect(pageRequest.here() + "/comparisons/obeys/runs/" + id);
  }

  private static Map<String, Object> model(StagedRun.View run, PageText words) {
    return Map.of(
        "run",
        run,
        "reason",
        run.reason().isEmpty() ? "" : ReasonText.of(words, run.reason()),
        "inWords",
        ReasonText.isKnown(run.reason()),
        "seconds",
        "%.1f".formatted(run.took().toMillis() / 1000.0));
  }

  private StagedRun.View find(String id) {
    return stagedAgents
        .find(id)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this run is not known any more")
                    .remedy("Run both again."));
  }
}
