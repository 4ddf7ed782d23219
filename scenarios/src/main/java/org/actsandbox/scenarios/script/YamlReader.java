package org.actsandbox.scenarios.script;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads YAML 1.2 as JSON with the line of every value. The size, the depth and the number of
 * aliases are limited.
 */
final class YamlReader {

  /**
   * Limits the values of a file. An alias counts at each use: a few lines of aliases can expand to
   * billions of values.
   */
  private static final int MAX_VALUES = 20_000;

  private static final int MAX_DEPTH = 40;

  private final String file;
  private final Map<String, SourceLocation> sourceLocations = new HashMap<>();
  private int values;

  private YamlReader(String file) {
    this.file = file;
  }

  /**
   * Reads the text of one file.
   *
   * @throws InvalidScript if it is not YAML, is not a mapping, is too large, or repeats a key
   */
  static YamlDocument read(String file, String text) {
    var reader = new YamlReader(file);
    var root = reader.compose(text);
    if (!(root instanceof MappingNode mapping)) {
      throw new InvalidScript(
          new SourceLocation(file, 1),
          "",
          "keys and values",
          "something else",
          "Start with scenario: name");
    }
    return new YamlDocument(file, (ObjectNode) reader.json(mapping, "", 0), reader.sourceLocations);
  }

  private Node compose(String text) {
    if (text.length() > ScriptReader.MAX_CHARS) {
      throw refused(
          1, "at most " + ScriptReader.MAX_CHARS + " characters", String.valueOf(text.length()));
    }
    try {
      var settings =
          LoadSettings.builder()
              .setLabel(file)
              .setUseMarks(true)
              .setSchema(new CoreSchema())
              .build();
      requireShallow(settings, text);
      return new Compose(settings)
          .composeString(text)
          .orElseThrow(() -> refused(1, "a scenario", "an empty file"));
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw refused(line, "YAML 1.2", String.valueOf(malformed.getProblem()));
    } catch (YamlEngineException malformed) {
      throw refused(1, "one YAML 1.2 document", String.valueOf(malformed.getMessage()));
    }
  }

  /**
   * Refuses deep nesting before the document is composed: the parser only counts the levels, but
   * the composer would recurse into each.
   */
  private void requireShallow(LoadSettings settings, String text) {
    int depth = 0;
    for (var event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH + 1) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        throw refused(line, "at most " + MAX_DEPTH + " levels deep", "more");
      }
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
    }
  }

  private JsonNode json(Node node, String pointer, int depth) {
    var sourceLocation =
        new SourceLocation(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    sourceLocations.putIfAbsent(pointer, sourceLocation);
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      throw refused(
          sourceLocation.line(),
          "at most " + MAX_VALUES + " values, " + MAX_DEPTH + " levels deep",
          "more; aliases count every time");
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, sourceLocation.line());
      case SequenceNode sequence -> {
        var array = Json.mapper().createArrayNode();
        for (var item : sequence.getValue()) {
          array.add(json(item, pointer + "/" + array.size(), depth + 1));
        }
        yield array;
      }
      case MappingNode mapping -> mapping(mapping, pointer, depth);
      default -> throw refused(sourceLocation.line(), "a value", node.getNodeType().toString());
    };
  }

  private ObjectNode mapping(MappingNode mapping, String pointer, int depth) {
    var object = Json.object();
    for (var entry : mapping.getValue()) {
      int line = entry.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw refused(line, "a text as key", "a " + entry.getKeyNode().getNodeType());
      }
      var name = key.getValue();
      if (object.has(name)) {
        throw refused(line, "every key once", name + " twice");
      }
      var at = pointer + "/" + escaped(name);
      sourceLocations.put(at, new SourceLocation(file, line));
      object.set(name, json(entry.getValueNode(), at, depth + 1));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode scalar, int line) {
    var text = scalar.getValue();
    var nodes = Json.mapper().getNodeFactory();
    var tag = scalar.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.ENV_TAG)) { // the parser's tag for a bare ${price}
      return nodes.stringNode(text);
    }
    if (tag.equals(Tag.NULL)) {
      return nodes.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return nodes.booleanNode(text.equalsIgnoreCase("true"));
    }
    try {
      if (tag.equals(Tag.INT)) {
        return nodes.numberNode(integer(text));
      }
      if (tag.equals(Tag.FLOAT)) {
        return nodes.numberNode(new BigDecimal(text));
      }
    } catch (NumberFormatException notFinite) {
      throw refused(line, "a number", text);
    }
    throw refused(line, "no tags", tag.getValue());
  }

  private static BigInteger integer(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
  }

  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private InvalidScript refused(int line, String expected, String observed) {
    return new InvalidScript(new SourceLocation(file, line), "", expected, observed, "");
  }
}
