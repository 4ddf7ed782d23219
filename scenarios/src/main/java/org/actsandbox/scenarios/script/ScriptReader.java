package org.actsandbox.scenarios.script;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads scenario files and checks everything about them that can be checked before they run. */
public final class ScriptReader {

  /** The largest number of characters in one file. */
  public static final int MAX_CHARS = 256 * 1024;

  private static final int MAX_BYTES = 512 * 1024;

  private ScriptReader() {}

  /**
   * Reads a scenario file.
   *
   * @throws InvalidScript with file and line of everything that is wrong
   */
  public static Script read(Path file) {
    var text = text(file);
    var folder = file.toAbsolutePath().getParent();
    return read(file.toString(), text, folder);
  }

  /**
   * Reads a scenario that is not a file, such as a recorded one; it cannot include another file.
   */
  public static Script read(String label, String text) {
    return read(label, text, null);
  }

  private static Script read(String label, String text, @Nullable Path folder) {
    var yamlDocument = YamlReader.read(label, text);
    ScriptSchema.check(yamlDocument, false);
    requireOwnName(yamlDocument, label, folder);
    var include = yamlDocument.tree().path("include");
    var setup = include.isMissingNode() ? null : setup(yamlDocument, include.asString(), folder);
    var tree = yamlDocument.tree();
    var world = world(setup == null ? null : setup.document(), tree);
    var principals = principals(world);
    var scenarioSteps = new ArrayList<ScenarioStep>();
    if (setup != null) {
      StepReader.read(setup.document(), principals, scenarioSteps);
    }
    StepReader.read(yamlDocument, principals, scenarioSteps);
    PrincipalNameCheck.require(yamlDocument, tree.path("expect"), "/expect", principals);
    return new Script(
        tree.path("scenario").asString(),
        about(tree),
        world,
        List.copyOf(scenarioSteps),
        tree.path("expect") instanceof ObjectNode expect ? expect : Json.object(),
        expectPlaces(yamlDocument),
        yamlDocument.place("/scenario"),
        text,
        RequestFingerprint.digest(
            (text + (setup == null ? "" : setup.text())).getBytes(StandardCharsets.UTF_8)));
  }

  static Set<String> principals(ObjectNode world) {
    var names = new LinkedHashSet<String>();
    names.add(PrincipalNameCheck.FIRST);
    world.path("principals").forEach(each -> names.add(each.path("name").asString()));
    return names;
  }

  private static ScriptDescription about(ObjectNode tree) {
    return new ScriptDescription(
        localizedText(tree.path("title")),
        localizedText(tree.path("why")),
        tree.path("theme").asString("own"),
        texts(tree.path("act")),
        texts(tree.path("kills")));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  static Text localizedText(JsonNode text) {
    return text.isObject()
        ? new Text(text.path("en").asString(), text.path("zh").asString())
        : Text.untranslated(text.asString(""));
  }

  private record Setup(YamlDocument document, String text) {}

  private static Setup setup(YamlDocument yamlDocument, String path, @Nullable Path folder) {
    if (folder == null) {
      throw refused(yamlDocument, "/include", "no include outside a folder", path);
    }
    var file = folder.resolve(path).normalize();
    // People pass scenarios on to each other: one must not read other files of the machine.
    if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
      throw refused(yamlDocument, "/include", "a file below " + folder, path);
    }
    var text = text(file);
    var setup = YamlReader.read(file.toString(), text);
    ScriptSchema.check(setup, true);
    return new Setup(setup, text);
  }

  private static ObjectNode world(@Nullable YamlDocument setup, ObjectNode tree) {
    var world = Json.object();
    if (setup != null && setup.tree().path("world") instanceof ObjectNode base) {
      merge(world, base);
    }
    if (tree.path("world") instanceof ObjectNode own) {
      merge(world, own);
    }
    return world;
  }

  /** Merges objects key by key, appends lists, and replaces every other value. */
  static void merge(ObjectNode base, ObjectNode over) {
    over.properties()
        .forEach(
            field -> {
              var there = base.path(field.getKey());
              if (there instanceof ObjectNode object
                  && field.getValue() instanceof ObjectNode more) {
                merge(object, more);
              } else if (there.isArray() && field.getValue().isArray()) {
                field.getValue().forEach(base.withArray(field.getKey())::add);
              } else {
                base.set(field.getKey(), field.getValue().deepCopy());
              }
            });
  }

  private static Map<String, SourceLocation> expectPlaces(YamlDocument yamlDocument) {
    Map<String, SourceLocation> sourceLocations = new HashMap<>();
    yamlDocument
        .tree()
        .path("expect")
        .propertyNames()
        .forEach(key -> sourceLocations.put(key, yamlDocument.place("/expect/" + key)));
    return Map.copyOf(sourceLocations);
  }

  private static void requireOwnName(
      YamlDocument yamlDocument, String label, @Nullable Path folder) {
    var name = yamlDocument.tree().path("scenario").asString();
    if (folder != null && !Path.of(label).getFileName().toString().equals(name + ".yaml")) {
      throw new InvalidScript(
          yamlDocument.place("/scenario"),
          "/scenario",
          "the name of the file",
          name,
          "Call the file " + name + ".yaml, or change the name.");
    }
  }

  static String text(Path file) {
    try (var from = Files.newInputStream(file)) {
      // The bytes are counted while they are read: devices and pipes have no size, a file may grow.
      var bytes = from.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidScript(
            new SourceLocation(file.toString(), 1),
            "",
            "at most " + MAX_BYTES + " bytes",
            "more",
            "");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new InvalidScript(
          new SourceLocation(file.toString(), 1),
          "",
          "UTF-8",
          "other bytes",
          "Save the file as UTF-8.");
    } catch (NoSuchFileException missing) {
      throw new InvalidScript(
          new SourceLocation(file.toString(), 1),
          "",
          "a readable file",
          "no such file",
          "./run scenario --list shows the names there are.");
    } catch (IOException unreadable) {
      throw new InvalidScript(
          new SourceLocation(file.toString(), 1), "", "a readable file", unreadable.toString(), "");
    }
  }

  static InvalidScript refused(
      YamlDocument yamlDocument, String pointer, String expected, String observed) {
    return new InvalidScript(yamlDocument.place(pointer), pointer, expected, observed, "");
  }
}
