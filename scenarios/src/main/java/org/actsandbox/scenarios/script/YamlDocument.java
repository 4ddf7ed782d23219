package org.actsandbox.scenarios.script;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Represents a YAML file as JSON together with the line of every value.
 *
 * @param places the place of each value, by JSON pointer
 */
record YamlDocument(String file, ObjectNode tree, Map<String, SourceLocation> places) {

  /** Returns the place of the value, or of the nearest value that encloses it. */
  SourceLocation place(String pointer) {
    for (var enclosing = pointer;
        !enclosing.isEmpty();
        enclosing = enclosing.substring(0, enclosing.lastIndexOf('/'))) {
      var sourceLocation = places.get(enclosing);
      if (sourceLocation != null) {
        return sourceLocation;
      }
    }
    return new SourceLocation(file, 1);
  }
}
