package org.actsandbox.web.console.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptRefused;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.play.Runs;
import org.actsandbox.web.console.play.Verdicts;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** All scenarios by theme, and the door through which the user's own come in. */
@Controller
class GalleryPages {

  static final String HERE = "/console/{world}/scenarios";

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

  private final Library library;
  private final Verdicts verdicts;
  private final Runs runs;

  GalleryPages(Library library, Verdicts verdicts, Runs runs) {
    this.library = library;
    this.verdicts = verdicts;
    this.runs = runs;
  }

  record Theme(String name, List<Card> cards) {

    public long passed() {
      return count(cards, true);
    }

    public long failed() {
      return count(cards, false);
    }
  }

  @GetMapping("/scenarios")
  Rendering door(Visit visit) {
    return visit.redirect(visit.here() + "/scenarios");
  }

  @GetMapping(HERE)
  Rendering list(Visit visit) {
    var shelf = library.all();
    var themes = themes(shelf.books().stream().map(book -> Card.of(book, verdicts)).toList());
    var wanted = visit.query("theme");
    var cards = themes.stream().flatMap(theme -> theme.cards().stream()).toList();
    return visit
        .page("console/scenarios", "scenarios")
        .with("themes", themes)
        .with("theme", wanted == null ? "" : wanted)
        .with(
            "shown",
            wanted == null
                ? themes
                : themes.stream().filter(theme -> theme.name().equals(wanted)).toList())
        .with("total", cards.size())
        .with("passed", count(cards, true))
        .with("failed", count(cards, false))
        .with("broken", shelf.broken())
        .with("done", visit.query("done"))
        .show();
  }

  private static long count(List<Card> cards, boolean passed) {
    return cards.stream()
        .filter(card -> card.last() != null && card.last().passed() == passed)
        .count();
  }

  /** Those the page knows in its order, then whatever else files say. */
  private static List<Theme> themes(List<Card> cards) {
    Map<String, List<Card>> byName = new LinkedHashMap<>();
    THEMES.forEach(name -> byName.put(name, new ArrayList<>()));
    cards.forEach(card -> byName.computeIfAbsent(card.theme(), _ -> new ArrayList<>()).add(card));
    return byName.entrySet().stream()
        .filter(theme -> !theme.getValue().isEmpty())
        .map(
            theme ->
                new Theme(
                    theme.getKey(),
                    theme.getValue().stream().sorted(Comparator.comparing(Card::name)).toList()))
        .toList();
  }

  @PostMapping(HERE + "/run")
  Rendering runAll(Visit visit, FormFields form) {
    var theme = form.first("theme");
    var scripts =
        library.all().books().stream()
            .filter(book -> theme == null || Card.of(book, verdicts).theme().equals(theme))
            .map(Library.Book::script)
            .toList();
    return visit.redirect(visit.here() + "/runs/" + runs.start(scripts).id());
  }

  @GetMapping(HERE + "/new")
  Rendering write(Visit visit) {
    return visit.page("console/scenario-new", "scenarios").with("text", "").show();
  }

  /** Keeps the file and shows it; a wrong one comes back with every mistake and its line. */
  @PostMapping(HERE + "/new")
  Rendering keep(Visit visit, FormFields form) {
    var text = form.fields().getFirst("text");
    return kept(visit, text == null ? "" : text.replace("\r\n", "\n"), "console/scenario-new");
  }

  private Rendering kept(Visit visit, String text, String template) {
    Script script;
    try {
      script = library.keep(text);
    } catch (ScriptRefused refused) {
      return visit
          .page(template, "scenarios")
          .status(422)
          .with("text", text)
          .with("problems", refused.problems())
          .show();
    }
    return visit.redirect(visit.here() + "/scenarios/" + script.name() + "?done=kept");
  }
}
