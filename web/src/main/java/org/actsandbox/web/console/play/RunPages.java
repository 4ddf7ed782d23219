package org.actsandbox.web.console.play;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.words.Words;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** How a run goes on, and how it went; the page asks again until it is over. */
@Controller
@RequestMapping("/console/{world}/runs")
class RunPages {

  private final Runs runs;

  RunPages(Runs runs) {
    this.runs = runs;
  }

  @GetMapping("/{id}")
  Rendering show(Visit visit, @PathVariable String id) {
    var run =
        runs.find(id)
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "this run is not known any more")
                        .remedy("run it again from the gallery"));
    var model = model(run, visit.words());
    if (visit.isPartial()) {
      return visit.fragment("console/run :: run", model);
    }
    var page = visit.page("console/run", "scenarios");
    model.forEach(page::with);
    return page.show();
  }

  private static Map<String, Object> model(Run run, Words words) {
    var model = new HashMap<String, Object>();
    // Asked before the parts: what is over then shows every verdict.
    boolean over = run.isOver();
    var parts = run.views();
    long passed = parts.stream().filter(part -> part.state().equals("passed")).count();
    long failed = parts.stream().filter(part -> part.state().equals("failed")).count();
    model.put("run", run);
    model.put("over", over);
    model.put("parts", parts);
    model.put("passed", passed);
    model.put("failed", failed);
    if (run.purpose() == Run.Purpose.COMPARISON && over) {
      model.put("compared", Compared.of(parts.getFirst(), parts.getLast()));
      model.put("names", names(words));
    }
    model.put("seconds", "%.1f".formatted(run.took().toMillis() / 1000.0));
    return model;
  }

  /** Of merchants, by their ids and DIDs. */
  private static Map<String, String> names(Words words) {
    var names = new HashMap<String, String>();
    for (var merchant : Roster.all()) {
      names.put(merchant.id(), words.text(merchant.name()));
      names.put(merchant.did().value(), words.text(merchant.name()));
    }
    return names;
  }
}
