package org.actsandbox.scenarios.script;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML file as JSON, which remembers where everything stood.
 *
 * @param places by JSON pointer
 */
record YamlDocument(String file, ObjectNode tree, Map<String, SourceLocation> places) {

  /** The place of the pointer, or of what is nearest around it. */
  SourceLocation place(String pointer) {
    for (var at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      var sourceLocation = places.get(at);
      if (sourceLocation != null) {
        return sourceLocation;
      }
    }
    return new SourceLocation(file, 1);
  }
}
