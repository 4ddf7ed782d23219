package org.actsandbox.web.console.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.script.InvalidScript;
import org.actsandbox.scenarios.script.NearestWord;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptProblem;
import org.actsandbox.scenarios.script.ScriptReader;
import org.springframework.stereotype.Component;

/**
 * Every scenario there is: the pack's and the user's own. Files are read when somebody looks, so
 * that edits show at once.
 */
@Component
class ScenarioLibrary {

  private final ScenarioPack scenarioPack = ScenarioPack.load();
  private final OwnScenarios own;

  ScenarioLibrary(OwnScenarios own) {
    this.own = own;
  }

  /**
   * @param own the user's, not the pack's
   */
  record LibraryScenario(Script script, boolean own) {}

  /** A file that cannot be read; the others can. */
  record UnreadableFile(String name, boolean own, List<ScriptProblem> problems) {}

  record Contents(
      List<ScenarioLibrary.LibraryScenario> books, List<ScenarioLibrary.UnreadableFile> broken) {}

  /** Own ones first, then the pack in order of the alphabet. */
  ScenarioLibrary.Contents all() {
    var libraryScenarios = new ArrayList<ScenarioLibrary.LibraryScenario>();
    var unreadableFile = new ArrayList<ScenarioLibrary.UnreadableFile>();
    for (var name : own.names()) {
      add(name, true, libraryScenarios, unreadableFile);
    }
    for (var name : scenarioPack.names()) {
      add(name, false, libraryScenarios, unreadableFile);
    }
    return new ScenarioLibrary.Contents(List.copyOf(libraryScenarios), List.copyOf(unreadableFile));
  }

  private void add(
      String name,
      boolean mine,
      List<ScenarioLibrary.LibraryScenario> libraryScenarios,
      List<ScenarioLibrary.UnreadableFile> unreadableFile) {
    try {
      read(name, mine)
          .ifPresent(
              script -> libraryScenarios.add(new ScenarioLibrary.LibraryScenario(script, mine)));
    } catch (InvalidScript refused) {
      unreadableFile.add(new ScenarioLibrary.UnreadableFile(name, mine, refused.problems()));
    }
  }

  /**
   * @throws Refusal {@code not_found}
   * @throws InvalidScript if the file cannot be read
   */
  ScenarioLibrary.LibraryScenario find(String name) {
    if (scenarioPack.names().contains(name)) {
      return new ScenarioLibrary.LibraryScenario(scenarioPack.find(name), false);
    }
    return read(name, true)
        .map(script -> new ScenarioLibrary.LibraryScenario(script, true))
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "there is no scenario " + name)
                    .at("name")
                    .remedy(
                        NearestWord.find(name, scenarioPack.names())
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the gallery lists all there are")));
  }

  private Optional<Script> read(String name, boolean mine) {
    return mine
        ? own.text(name).map(text -> ScriptReader.read(name + ".yaml", text))
        : Optional.of(scenarioPack.find(name));
  }

  /**
   * Keeps a file of the user's under the name it gives itself.
   *
   * @throws InvalidScript naming line and expectation of everything that is wrong with it
   */
  Script keep(String text) {
    if (text.length() > OwnScenarios.LONGEST) {
      throw new Refusal(Problem.INVALID_FIELD, "the file is too long")
          .at("text")
          .expected("at most " + OwnScenarios.LONGEST + " characters");
    }
    var script = ScriptReader.read("scenario.yaml", text);
    if (scenarioPack.names().contains(script.name())) {
      throw new InvalidScript(
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
      if (!mine.contains(name) && !scenarioPack.names().contains(name)) {
        return name;
      }
    }
  }

  void remove(String name) {
    own.remove(name);
  }
}
