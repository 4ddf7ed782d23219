package org.actsandbox.merchants.intent;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges a dynamic update, which carries only changes (ACT CID-2), into the context of the request
 * that it follows.
 *
 * <p>Ours, because the standard leaves the form open: the update is a merge patch by RFC 7396, so
 * that null removes a field; the one explicit need is merged field by field.
 */
final class IntentUpdateMerge {

  private static final String NEEDS = "explicit_needs";

  private IntentUpdateMerge() {}

  static ObjectNode merge(ObjectNode previous, ObjectNode update) {
    var merged = previous.deepCopy();
    for (var change : update.properties()) {
      if (change.getKey().equals(NEEDS)) {
        mergeNeed(merged, change.getValue());
      } else {
        patch(merged, change.getKey(), change.getValue());
      }
    }
    return merged;
  }

  private static void mergeNeed(ObjectNode merged, JsonNode changes) {
    if (!changes.isArray() || changes.size() > 1) {
      throw new Refusal(Problem.INTENT_MALFORMED, "an update changes the one explicit need")
          .at("context." + NEEDS)
          .expected("an array of at most one object");
    }
    if (changes.isEmpty()) {
      return;
    }
    if (!(changes.get(0) instanceof ObjectNode change)
        || !(merged.path(NEEDS).path(0) instanceof ObjectNode need)) {
      throw new Refusal(Problem.INTENT_MALFORMED, "a need is not an object")
          .at("context." + NEEDS + "[0]")
          .expected("an object");
    }
    if (change.has("kind") && !change.get("kind").equals(need.get("kind"))) {
      throw new Refusal(Problem.INTENT_MALFORMED, "an update does not change the kind of need")
          .at("context." + NEEDS + "[0].kind")
          .expected(need.path("kind").asString(""))
          .observed(change.path("kind").asString(""))
          .remedy("Send a new request without previous_request_id.");
    }
    change.properties().forEach(field -> patch(need, field.getKey(), field.getValue()));
  }

  private static void patch(ObjectNode target, String name, JsonNode value) {
    if (value.isNull()) {
      target.remove(name);
    } else if (value instanceof ObjectNode changes && target.get(name) instanceof ObjectNode old) {
      changes.properties().forEach(field -> patch(old, field.getKey(), field.getValue()));
    } else {
      target.set(name, value);
    }
  }
}
