package org.actsandbox.web.console.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.script.Nearest;
import org.actsandbox.scenarios.script.Pack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptProblem;
import org.actsandbox.scenarios.script.ScriptRefused;
import org.actsandbox.scenarios.script.Scripts;
import org.springframework.stereotype.Component;

/**
 * Every scenario there is: the pack's and the user's own. Files are read when somebody looks, so
 * that edits show at once.
 */
@Component
class Library {

  private final Pack pack = Pack.here();
  private final OwnScenarios own;

  Library(OwnScenarios own) {
    this.own = own;
  }

  /**
   * @param own the user's, not the pack's
   */
  record Book(Script script, boolean own) {}

  /** A file that cannot be read; the others can. */
  record Broken(String name, boolean own, List<ScriptProblem> problems) {}

  record Shelf(List<Book> books, List<Broken> broken) {}

  /** Own ones first, then the pack in order of the alphabet. */
  Shelf all() {
    var books = new ArrayList<Book>();
    var broken = new ArrayList<Broken>();
    for (var name : own.names()) {
      add(name, true, books, broken);
    }
    for (var name : pack.names()) {
      add(name, false, books, broken);
    }
    return new Shelf(List.copyOf(books), List.copyOf(broken));
  }

  private void add(String name, boolean mine, List<Book> books, List<Broken> broken) {
    try {
      read(name, mine).ifPresent(script -> books.add(new Book(script, mine)));
    } catch (ScriptRefused refused) {
      broken.add(new Broken(name, mine, refused.problems()));
    }
  }

  /**
   * @throws Refusal {@code not_found}
   * @throws ScriptRefused if the file cannot be read
   */
  Book find(String name) {
    if (pack.names().contains(name)) {
      return new Book(pack.find(name), false);
    }
    return read(name, true)
        .map(script -> new Book(script, true))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no scenario " + name)
                    .at("name")
                    .remedy(
                        Nearest.to(name, pack.names())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the gallery lists all there are")));
  }

  private Optional<Script> read(String name, boolean mine) {
    return mine
        ? own.text(name).map(text -> Scripts.read(name + ".yaml", text))
        : Optional.of(pack.find(name));
  }

  /**
   * Keeps a file of the user's under the name it gives itself.
   *
   * @throws ScriptRefused naming line and expectation of everything that is wrong with it
   */
  Script keep(String text) {
    if (text.length() > OwnScenarios.LONGEST) {
      throw new Refusal(Problem.INVALID_FIELD, "the file is too long")
          .at("text")
          .expected("at most " + OwnScenarios.LONGEST + " characters");
    }
    var script = Scripts.read("scenario.yaml", text);
    if (pack.names().contains(script.name())) {
      throw new ScriptRefused(
          List.of(
              new ScriptProblem(
                  script.place(),
                  "/scenario",
                  "a name the pack does not have",
                  script.name(),
                  "Give it another name.")));
    }
    own.save(script.name(), text);
    return script;
  }

  /** That name, or with a number behind it where files have it already. */
  String freeName(String wish) {
    var mine = own.names();
    for (int number = 1; ; number++) {
      var name = number == 1 ? wish : wish + "-" + number;
      if (!mine.contains(name) && !pack.names().contains(name)) {
        return name;
      }
    }
  }

  void remove(String name) {
    own.remove(name);
  }
}
