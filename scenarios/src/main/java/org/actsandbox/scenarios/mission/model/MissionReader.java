package org.actsandbox.scenarios.mission.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.scenarios.script.InvalidScript;
import org.actsandbox.scenarios.script.MissionDocument;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads mission files: one with an attack makes the attack and its benign twin. */
public final class MissionReader {

  /** The end of the name of a benign twin. */
  public static final String TWIN = "-twin";

  private static final String ATTACK = "/attack";

  private MissionReader() {}

  /**
   * Reads a mission file.
   *
   * @throws InvalidScript with file and line of everything that is wrong
   */
  public static List<Mission> read(Path file) {
    return missions(MissionDocument.read(file));
  }

  /** Reads a mission that is not a file. */
  public static List<Mission> read(String label, String text) {
    return missions(MissionDocument.read(label, text));
  }

  private static List<Mission> missions(MissionDocument document) {
    var name = document.tree().path("mission").asString();
    if (document.tree().at(ATTACK).isMissingNode()) {
      return List.of(mission(document, name, false, null));
    }
    return List.of(
        mission(document, name, true, name + TWIN), mission(document, name + TWIN, false, name));
  }

  private static Mission mission(
      MissionDocument document, String name, boolean hostile, @Nullable String twin) {
    var tree = document.tree();
    var attack = tree.path("attack").path("category").asString("");
    return new Mission(
        name,
        MissionDocument.text(tree.path("title")),
        MissionDocument.text(tree.path("why")),
        tree.path("theme").asString(),
        tree.path("level").asString(),
        tree.path("control").asBoolean(false) && !hostile,
        hostile ? attack : null,
        twin,
        document.steps("/before"),
        wishes(document, pointer(document, "wishes", hostile)),
        MissionRights.of(tree.at(pointer(document, "rights", hostile))),
        ScriptedPrincipal.of(document, pointer(document, "principal", hostile)),
        tree.path("secrets").valueStream().map(JsonNode::asString).toList(),
        document.script(name, hostile, pointer(document, "end", hostile)));
  }

  /** Returns where a part of the mission is: in the attack if that has one of its own. */
  private static String pointer(MissionDocument document, String part, boolean hostile) {
    return hostile && document.tree().path("attack").has(part) ? ATTACK + "/" + part : "/" + part;
  }

  private static List<MissionWish> wishes(MissionDocument document, String pointer) {
    List<MissionWish> wishes = new ArrayList<>();
    for (var wish : document.tree().at(pointer)) {
      wishes.add(
          MissionWish.of(
              wish,
              MissionDocument.text(wish.path("say")),
              document.steps(pointer + "/" + wishes.size() + "/after")));
    }
    return List.copyOf(wishes);
  }
}
