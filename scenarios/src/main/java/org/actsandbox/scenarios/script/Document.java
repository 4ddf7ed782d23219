package org.actsandbox.scenarios.script;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML file as JSON, which remembers where everything stood.
 *
 * @param places by JSON pointer
 */
record Document(String file, ObjectNode tree, Map<String, Place> places) {

  /** The place of the pointer, or of what is nearest around it. */
  Place place(String pointer) {
    for (var at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      var place = places.get(at);
      if (place != null) {
        return place;
      }
    }
    return new Place(file, 1);
  }
}
