package org.actsandbox.sandbox.doctor.act;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.actsandbox.protocol.identity.SignedJson;
import tools.jackson.databind.JsonNode;

/** Lists the members in which two messages differ. */
final class JsonChanges {

  /**
   * Ours: two messages that differ in more places are two messages, and not one that was changed on
   * its way: a second request has a new id, a new time and new content.
   */
  static final int MOST_OF_ONE_MESSAGE = 2;

  private static final int MAX_DEPTH = 12;
  private static final int MOST = 12;

  private JsonChanges() {}

  static List<String> between(JsonNode one, JsonNode other) {
    var found = new ArrayList<String>();
    compare("", one, other, found, 0);
    return found;
  }

  private static void compare(
      String path, JsonNode one, JsonNode other, List<String> found, int depth) {
    if (found.size() >= MOST || one.equals(other)) {
      return;
    }
    if (one.isObject() && other.isObject() && depth < MAX_DEPTH) {
      var names = new TreeSet<>(one.propertyNames());
      names.addAll(other.propertyNames());
      names.remove(SignedJson.SIGNATURE_CONTENT);
      names.forEach(
          name ->
              compare(
                  path.isEmpty() ? name : path + "." + name,
                  one.path(name),
                  other.path(name),
                  found,
                  depth + 1));
    } else {
      found.add(path);
    }
  }
}
