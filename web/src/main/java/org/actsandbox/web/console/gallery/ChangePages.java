package org.actsandbox.web.console.gallery;

import java.util.List;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.play.Knobs;
import org.actsandbox.scenarios.script.Script;
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
    return page(visit, library.find(name)).show();
  }

  @PostMapping
  Rendering change(Visit visit, @PathVariable String name, FormFields form) {
    var book = library.find(name);
    Twist twist;
    try {
      twist = twist(book.script(), form);
    } catch (Refusal refused) {
      return page(visit, book)
          .status(refused.problem().status())
          .with("refused", refused)
          .with("turned", form.first("knob"))
          .with("given", form.first("value"))
          .show();
    }
    var run =
        runs.compare(
            List.of(book.script(), twist.script()),
            new Runs.Change(twist.label(), twist.from(), twist.to()));
    return visit.redirect(visit.here() + "/runs/" + run.id());
  }

  private Visit.Page page(Visit visit, Library.Book book) {
    return visit
        .page("console/change", "scenarios")
        .with("card", Card.of(book, verdicts))
        .with("knobs", Knobs.of(book.script()))
        .with("faults", Twist.faults());
  }

  private static Twist twist(Script script, FormFields form) {
    return form.first("fault") == null
        ? Twist.knob(script, form.first("knob"), form.first("value"))
        : Twist.fault(script, form.first("fault"));
  }
}
