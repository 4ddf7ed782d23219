package org.actsandbox.web.console.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.NearestWord;
import org.actsandbox.scenarios.script.InvalidScript;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptProblem;
import org.actsandbox.scenarios.script.ScriptReader;
import org.springframework.stereotype.Component;

/**
 * Reads the scenarios, the pack's and the user's own. Each is read again when its file changed, so
 * that edits appear at once.
 */
@Component
class ScenarioLibrary {

  private final ScenarioPack scenarioPack = ScenarioPack.load();
  private final OwnScenarios own;

  /** The user's own scripts by name, each until its file has another text. */
  private final Map<String, ReadScript> ownScripts = new ConcurrentHashMap<>();

  private record ReadScript(String text, Script script) {}

  ScenarioLibrary(OwnScenarios own) {
    this.own = own;
  }

  /**
   * Is a scenario of the library.
   *
   * @param own true if it is the user's own, not the pack's
   */
  record LibraryScenario(Script script, boolean own) {}

  /** Is a file that cannot be read, with its problems. */
  record UnreadableFile(String name, boolean own, List<ScriptProblem> problems) {}

  record Contents(
      List<ScenarioLibrary.LibraryScenario> scenarios,
      List<ScenarioLibrary.UnreadableFile> broken) {}

  /** Tells whether the pack's files were read before; reading all of them takes a second. */
  boolean isRead() {
    return scenarioPack.isRead();
  }

  /** Returns how many scenarios there are, without reading one. */
  int size() {
    return own.names().size() + scenarioPack.names().size();
  }

  /** Returns the user's own scenarios first, then the pack's in alphabetical order. */
  ScenarioLibrary.Contents all() {
    var libraryScenarios = new ArrayList<ScenarioLibrary.LibraryScenario>();
    var unreadableFiles = new ArrayList<ScenarioLibrary.UnreadableFile>();
    for (var name : own.names()) {
      add(name, true, libraryScenarios, unreadableFiles);
    }
    for (var name : scenarioPack.names()) {
      add(name, false, libraryScenarios, unreadableFiles);
    }
    return new ScenarioLibrary.Contents(
        List.copyOf(libraryScenarios), List.copyOf(unreadableFiles));
  }

  private void add(
      String name,
      boolean mine,
      List<ScenarioLibrary.LibraryScenario> libraryScenarios,
      List<ScenarioLibrary.UnreadableFile> unreadableFiles) {
    try {
      read(name, mine)
          .ifPresent(
              script -> libraryScenarios.add(new ScenarioLibrary.LibraryScenario(script, mine)));
    } catch (InvalidScript refused) {
      unreadableFiles.add(new ScenarioLibrary.UnreadableFile(name, mine, refused.problems()));
    }
  }

  /**
   * Finds a scenario by its name.
   *
   * @throws Refusal {@code not_found} if there is no such scenario
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
        ? own.text(name).map(text -> ownScript(name, text))
        : Optional.of(scenarioPack.find(name));
  }

  private Script ownScript(String name, String text) {
    var before = ownScripts.get(name);
    if (before != null && before.text().equals(text)) {
      return before.script();
    }
    var script = ScriptReader.read(name + ".yaml", text);
    ownScripts.put(name, new ReadScript(text, script));
    return script;
  }

  /**
   * Stores a file of the user under the name that the file itself contains.
   *
   * @throws InvalidScript with the line and the expected value of every mistake
   */
  Script save(String text) {
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

  /** Returns the wished name, with a number behind it if a file already has the name. */
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
    ownScripts.remove(name);
  }
}
