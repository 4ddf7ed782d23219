package org.actsandbox.web.console.gallery;

import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.Mutants;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.play.Runs;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** The defective stand-ins: what each does wrong, a world with it, and which scenarios notice. */
@Controller
@RequestMapping("/console/{world}/mutants")
class MutantPages {

  private final Library library;
  private final Worlds worlds;
  private final Runs runs;

  MutantPages(Library library, Worlds worlds, Runs runs) {
    this.library = library;
    this.worlds = worlds;
    this.runs = runs;
  }

  /**
   * @param noticed scenarios that say they notice it
   */
  record Suspect(Mutant mutant, List<Script> noticed) {}

  @GetMapping
  Rendering list(Visit visit) {
    var books = library.all().books();
    var suspects =
        Mutants.all().stream().map(mutant -> new Suspect(mutant, noticing(books, mutant))).toList();
    return visit.page("console/mutants", "scenarios").with("suspects", suspects).show();
  }

  private static List<Script> noticing(List<Library.Book> books, Mutant mutant) {
    return books.stream()
        .map(Library.Book::script)
        .filter(script -> script.kills().contains(mutant.name()))
        .toList();
  }

  @PostMapping("/{name}/world")
  Rendering world(Visit visit, @PathVariable String name) {
    var mutant = find(name);
    var made =
        worlds.create(
            new Worlds.NewWorld(null, null, WorldSettings.DEFAULT.with(List.of(mutant.name()))));
    return visit.redirect("/console/" + made.name() + "/try");
  }

  @PostMapping("/{name}/hunt")
  Rendering hunt(Visit visit, @PathVariable String name) {
    var mutant = find(name);
    var scripts =
        noticing(library.all().books(), mutant).stream()
            .map(script -> script.withMutants(List.of(mutant.name())))
            .toList();
    if (scripts.isEmpty()) {
      throw new Refusal(Problem.INVALID_FIELD, "no scenario says that it notices " + name)
          .at("name")
          .remedy("add `kills: [%s]` to one that does".formatted(name));
    }
    return visit.redirect(visit.here() + "/runs/" + runs.hunt(scripts, mutant.wrong()).id());
  }

  private static Mutant find(String name) {
    return Mutants.find(name)
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such stand-in").at("name"));
  }
}
