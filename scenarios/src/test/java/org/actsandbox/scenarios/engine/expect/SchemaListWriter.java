package org.actsandbox.scenarios.engine.expect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a list of the schema of scenario files anew and leaves the rest of the file as it is. */
final class SchemaListWriter {

  private static final Path FILE =
      Path.of("src/main/resources/org/actsandbox/scenarios/script/scenario.schema.json");

  private static final int WIDTH = 140;

  private SchemaListWriter() {}

  /**
   * Replaces the first list of a name after the beginning of a definition.
   *
   * @param items in the form of the file
   */
  static void write(String definition, String list, List<String> items) throws IOException {
    var text = Files.readString(FILE);
    int at = text.indexOf("\n    \"" + definition + "\": {");
    int name = at < 0 ? -1 : text.indexOf("\"" + list + "\": [", at);
    if (name < 0) {
      throw new IllegalStateException("no list " + list + " of " + definition + " in " + FILE);
    }
    int start = text.indexOf('[', name);
    var line = text.substring(text.lastIndexOf('\n', start) + 1, start);
    var indent = " ".repeat(line.length() - line.stripLeading().length());
    Files.writeString(
        FILE,
        text.substring(0, start) + formatted(items, indent) + text.substring(end(text, start)));
  }

  /** Returns the position after the bracket that closes the one at {@code start}. */
  private static int end(String text, int start) {
    int open = 0;
    for (int i = start; i < text.length(); i++) {
      open += text.charAt(i) == '[' ? 1 : text.charAt(i) == ']' ? -1 : 0;
      if (open == 0) {
        return i + 1;
      }
    }
    throw new IllegalStateException("a list without an end in " + FILE);
  }

  private static String formatted(List<String> items, String indent) {
    var lines = new StringBuilder("[");
    int column = WIDTH;
    for (int i = 0; i < items.size(); i++) {
      var item = items.get(i) + (i < items.size() - 1 ? "," : "");
      if (column + 1 + item.length() > WIDTH) {
        lines.append('\n').append(indent).append("  ").append(item);
        column = indent.length() + 2 + item.length();
      } else {
        lines.append(' ').append(item);
        column += 1 + item.length();
      }
    }
    return lines.append('\n').append(indent).append(']').toString();
  }
}
