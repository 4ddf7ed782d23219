package org.actsandbox.web.console.gallery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.play.ScenarioRuns;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Lists the mutants, which are defective participants, and what each does wrong; makes a world with
 * one, and runs the scenarios that notice it.
 */
@Controller
@RequestMapping("/console/{world}/mutants")
class MutantPages {

  private final ScenarioLibrary scenarioLibrary;
  private final Worlds worlds;
  private final ScenarioRuns scenarioRuns;

  MutantPages(ScenarioLibrary scenarioLibrary, Worlds worlds, ScenarioRuns scenarioRuns) {
    this.scenarioLibrary = scenarioLibrary;
    this.worlds = worlds;
    this.scenarioRuns = scenarioRuns;
  }

  /**
   * Is a mutant and the scenarios that notice it.
   *
   * @param noticed the scenarios that name the mutant in {@code kills}
   */
  record MutantRow(Mutant mutant, List<Script> noticed) {}

  /**
   * Lists the stand-ins with the scenarios that notice them. While the pack was not read yet, the
   * page is shown without them and asks for them.
   */
  @GetMapping
  Rendering list(PageRequest pageRequest) {
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/mutants :: listed", Map.of("groups", groups()));
    }
    var pageBuilder = pageRequest.page("console/mutants", "scenarios");
    return pageRequest.query("now") == null && !scenarioLibrary.isRead()
        ? pageBuilder.with("late", pageRequest.here() + "/mutants").show()
        : pageBuilder.with("groups", groups()).show();
  }

  private Map<String, List<MutantRow>> groups() {
    var libraryScenarios = scenarioLibrary.all().scenarios();
    return Mutants.all().stream()
        .map(mutant -> new MutantRow(mutant, noticing(libraryScenarios, mutant)))
        .collect(
            Collectors.groupingBy(
                row -> row.mutant().participant(), LinkedHashMap::new, Collectors.toList()));
  }

  private static List<Script> noticing(
      List<ScenarioLibrary.LibraryScenario> libraryScenarios, Mutant mutant) {
    return libraryScenarios.stream()
        .map(ScenarioLibrary.LibraryScenario::script)
        .filter(script -> script.kills().contains(mutant.name()))
        .toList();
  }

  @PostMapping("/{name}/world")
  Rendering world(PageRequest pageRequest, @PathVariable String name) {
    var mutant = find(name);
    var made =
        worlds.create(
            new Worlds.NewWorld(null, null, WorldSettings.DEFAULT.with(List.of(mutant.name()))));
    return pageRequest.redirect("/console/" + made.name() + "/try");
  }

  @PostMapping("/{name}/hunt")
  Rendering hunt(PageRequest pageRequest, @PathVariable String name) {
    var mutant = find(name);
    var scripts =
        noticing(scenarioLibrary.all().scenarios(), mutant).stream()
            .map(script -> script.withMutants(List.of(mutant.name())))
            .toList();
    if (scripts.isEmpty()) {
      throw new Refusal(Problem.INVALID_FIELD, "no scenario says that it notices " + name)
          .at("name")
          .remedy("add `kills: [%s]` to one that does".formatted(name));
    }
    return pageRequest.redirect(
        pageRequest.here()
            + "/runs/"
            + scenarioRuns.runAgainstMutant(scripts, mutant.wrong()).id());
  }

  private static Mutant find(String name) {
    return Mutants.find(name)
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such stand-in").at("name"));
  }
}
