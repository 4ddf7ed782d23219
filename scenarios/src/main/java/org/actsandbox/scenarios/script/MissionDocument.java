package org.actsandbox.scenarios.script;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents a mission file that the schema has accepted. A mission is a scenario without the
 * agent's part, so its world, its steps and its end are read as those of a scenario.
 */
public final class MissionDocument {

  private static final String NAME = "/mission";

  private final YamlDocument yamlDocument;
  private final String text;

  private MissionDocument(YamlDocument yamlDocument, String text) {
    this.yamlDocument = yamlDocument;
    this.text = text;
  }

  /**
   * Reads a mission file.
   *
   * @throws InvalidScript with file and line of everything that is wrong
   */
  public static MissionDocument read(Path file) {
    var text = ScriptReader.text(file);
    var read = read(file.toString(), text);
    var name = read.tree().at(NAME).asString();
    if (!file.getFileName().toString().equals(name + ".yaml")) {
      throw ScriptReader.refused(read.yamlDocument, NAME, "the name of the file", name);
    }
    return read;
  }

  /**
   * Reads a mission that is not a file.
   *
   * @throws InvalidScript with the line of everything that is wrong
   */
  public static MissionDocument read(String label, String text) {
    var yamlDocument = YamlReader.read(label, text);
    ScriptSchema.checkMission(yamlDocument);
    return new MissionDocument(yamlDocument, text);
  }

  public ObjectNode tree() {
    return yamlDocument.tree();
  }

  /** Returns a text of the file in both languages; empty if there is none. */
  public static Text text(JsonNode text) {
    return ScriptReader.localizedText(text);
  }

  /** Returns the world of the file, with that of its attack merged into it if there is one. */
  public ObjectNode world(boolean hostile) {
    var world = Json.object();
    if (tree().path("world") instanceof ObjectNode own) {
      ScriptReader.merge(world, own);
    }
    if (hostile && tree().at("/attack/world") instanceof ObjectNode attack) {
      ScriptReader.merge(world, attack);
    }
    return world;
  }

  /** Reads the steps of the list at a JSON pointer; there are none if there is no such list. */
  public List<ScenarioStep> steps(String pointer) {
    List<ScenarioStep> steps = new ArrayList<>();
    StepReader.read(yamlDocument, pointer, ScriptReader.principals(world(true)), steps);
    return List.copyOf(steps);
  }

  /**
   * Returns a script without steps: the mission's world, and its end as expectations.
   *
   * @param end the JSON pointer of the end in the file
   */
  public Script script(String name, boolean hostile, String end) {
    var tree = tree();
    var world = world(hostile);
    PrincipalNameCheck.require(yamlDocument, tree.at(end), end, ScriptReader.principals(world));
    Map<String, SourceLocation> places = new HashMap<>();
    tree.at(end)
        .propertyNames()
        .forEach(key -> places.put(key, yamlDocument.place(end + "/" + key)));
    var theme = tree.path("theme").asString("own");
    var about =
        new ScriptDescription(
            text(tree.path("title")), text(tree.path("why")), theme, List.of(), List.of());
    return new Script(
        name,
        about,
        world,
        List.of(),
        tree.at(end) instanceof ObjectNode object ? object : Json.object(),
        Map.copyOf(places),
        yamlDocument.place(NAME),
        text,
        RequestFingerprint.digest((name + text).getBytes(StandardCharsets.UTF_8)));
  }
}
