package org.actsandbox.web.console.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.scenarios.script.InvalidScript;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.play.LatestVerdicts;
import org.actsandbox.web.console.play.ScenarioRuns;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;

/** Lists all scenarios by theme, runs them, and takes the user's own scenarios. */
@Controller
class GalleryPages {

  static final String PATH = "/console/{world}/scenarios";

  private static final List<String> THEMES =
      List.of(
          "own",
          "agent",
          "merchants",
          "trip",
          "payment",
          "proofs",
          "faults",
          "malice",
          "clock",
          "races",
          "language",
          "authority",
          "evidence");

  private final ScenarioLibrary scenarioLibrary;
  private final LatestVerdicts latestVerdicts;
  private final ScenarioRuns scenarioRuns;

  GalleryPages(
      ScenarioLibrary scenarioLibrary, LatestVerdicts latestVerdicts, ScenarioRuns scenarioRuns) {
    this.scenarioLibrary = scenarioLibrary;
    this.latestVerdicts = latestVerdicts;
    this.scenarioRuns = scenarioRuns;
  }

  record Theme(String name, List<ScenarioCard> cards) {

    public long passed() {
      return count(cards, true);
    }

    public long failed() {
      return count(cards, false);
    }
  }

  @GetMapping("/scenarios")
  Rendering redirect(PageRequest pageRequest) {
    return pageRequest.redirect(pageRequest.here() + "/scenarios");
  }

  /**
   * Lists the scenarios. While the pack was not read yet, the page is shown without them and asks
   * for them.
   */
  @GetMapping(PATH)
  Rendering list(PageRequest pageRequest) {
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/scenarios :: listed", model(pageRequest));
    }
    var pageBuilder = pageRequest.page("console/scenarios", "scenarios");
    if (pageRequest.query("now") == null && !scenarioLibrary.isRead()) {
      var theme = pageRequest.query("theme");
      var address =
          UriComponentsBuilder.fromPath(pageRequest.here() + "/scenarios")
              .queryParamIfPresent("theme", Optional.ofNullable(theme));
      return pageBuilder
          .with("theme", theme == null ? "" : theme)
          .with("total", scenarioLibrary.size())
          .with("done", pageRequest.query("done"))
          .with("late", address.encode().toUriString())
          .with("now", address.queryParam("now", 1).encode().toUriString())
          .show();
    }
    model(pageRequest).forEach(pageBuilder::with);
    return pageBuilder.with("done", pageRequest.query("done")).show();
  }

  private Map<String, Object> model(PageRequest pageRequest) {
    var contents = scenarioLibrary.all();
    var themes =
        themes(
            contents.scenarios().stream()
                .map(libraryScenario -> ScenarioCard.of(libraryScenario, latestVerdicts))
                .toList());
    var wanted = pageRequest.query("theme");
    var scenarioCards = themes.stream().flatMap(theme -> theme.cards().stream()).toList();
    return Map.of(
        "themes",
        themes,
        "theme",
        wanted == null ? "" : wanted,
        "shown",
        wanted == null
            ? themes
            : themes.stream().filter(theme -> theme.name().equals(wanted)).toList(),
        "total",
        scenarioCards.size(),
        "passed",
        count(scenarioCards, true),
        "failed",
        count(scenarioCards, false),
        "broken",
        contents.broken());
  }

  private static long count(List<ScenarioCard> scenarioCards, boolean passed) {
    return scenarioCards.stream()
        .filter(
            scenarioCard -> scenarioCard.last() != null && scenarioCard.last().passed() == passed)
        .count();
  }

  /**
   * Groups the scenarios by theme: first the themes that the page knows in its order, then the
   * other themes that files name.
   */
  private static List<Theme> themes(List<ScenarioCard> scenarioCards) {
    Map<String, List<ScenarioCard>> byName = new LinkedHashMap<>();
    THEMES.forEach(name -> byName.put(name, new ArrayList<>()));
    scenarioCards.forEach(
        scenarioCard ->
            byName.computeIfAbsent(scenarioCard.theme(), _ -> new ArrayList<>()).add(scenarioCard));
    return byName.entrySet().stream()
        .filter(theme -> !theme.getValue().isEmpty())
        .map(
            theme ->
                new Theme(
                    theme.getKey(),
                    theme.getValue().stream()
                        .sorted(Comparator.comparing(ScenarioCard::name))
                        .toList()))
        .toList();
  }

  @PostMapping(PATH + "/run")
  Rendering runAll(PageRequest pageRequest, FormFields form) {
    var theme = form.first("theme");
    var scripts =
        scenarioLibrary.all().scenarios().stream()
            .filter(
                libraryScenario ->
                    theme == null
                        || ScenarioCard.of(libraryScenario, latestVerdicts).theme().equals(theme))
            .map(ScenarioLibrary.LibraryScenario::script)
            .toList();
    return pageRequest.redirect(pageRequest.here() + "/runs/" + scenarioRuns.start(scripts).id());
  }

  @GetMapping(PATH + "/new")
  Rendering newScenario(PageRequest pageRequest) {
    return pageRequest.page("console/scenario-new", "scenarios").with("text", "").show();
  }

  /**
   * Stores the file and shows the scenario. A file with mistakes is shown again with each mistake
   * and its line.
   */
  @PostMapping(PATH + "/new")
  Rendering save(PageRequest pageRequest, FormFields form) {
    var text = form.fields().getFirst("text");
    return saved(
        pageRequest, text == null ? "" : text.replace("\r\n", "\n"), "console/scenario-new");
  }

  private Rendering saved(PageRequest pageRequest, String text, String template) {
    Script script;
    try {
      script = scenarioLibrary.save(text);
    } catch (InvalidScript refused) {
      return pageRequest
          .page(template, "scenarios")
          .status(422)
          .with("text", text)
          .with("problems", refused.problems())
          .show();
    }
    return pageRequest.redirect(pageRequest.here() + "/scenarios/" + script.name() + "?done=kept");
  }
}
