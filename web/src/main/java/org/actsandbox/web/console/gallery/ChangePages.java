package org.actsandbox.web.console.gallery;

import java.util.List;
import org.actsandbox.scenarios.play.Knobs;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.play.Runs;
import org.actsandbox.web.console.play.Verdicts;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** "Change one thing": both outcomes, side by side. */
@Controller
@RequestMapping(GalleryPages.HERE + "/{name}/change")
class ChangePages {

  private final Library library;
  private final Verdicts verdicts;
  private final Runs runs;

  ChangePages(Library library, Verdicts verdicts, Runs runs) {
    this.library = library;
    this.verdicts = verdicts;
    this.runs = runs;
  }

  @GetMapping
  Rendering knobs(Visit visit, @PathVariable String name) {
    var book = library.find(name);
    return visit
        .page("console/change", "scenarios")
        .with("card", Card.of(book, verdicts))
        .with("knobs", Knobs.of(book.script()))
        .with("faults", Twist.faults())
        .show();
  }

  @PostMapping
  Rendering change(Visit visit, @PathVariable String name, FormFields form) {
    var script = library.find(name).script();
    var twist =
        form.first("fault") == null
            ? Twist.knob(script, form.first("knob"), form.first("value"))
            : Twist.fault(script, form.first("fault"));
    var run =
        runs.compare(
            List.of(script, twist.script()),
            new Runs.Change(twist.label(), twist.from(), twist.to()));
    return visit.redirect(visit.here() + "/runs/" + run.id());
  }
}
