package org.actsandbox.sandbox.doctor.act;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.identity.SignedJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds everything that is signed in a message: the message itself, signed objects inside it (a
 * bill inside a payment request), tokens (proofs, credentials, anchors) and attestation records.
 */
public final class SignedParts {

  /** Ours: more signatures than any message of the protocol has. */
  public static final int MOST = 24;

  private static final int MAX_DEPTH = 12;

  private final List<SignedPart> found = new ArrayList<>();

  private SignedParts() {}

  public static List<SignedPart> of(JsonNode tree) {
    var parts = new SignedParts();
    parts.add("", tree, null, 0);
    return List.copyOf(parts.found);
  }

  /** Returns the token that a text is, or contains in base64url; empty for other text. */
  public static List<SignedPart> ofText(String text) {
    return SignedTokenPart.find("", text).<List<SignedPart>>map(List::of).orElseGet(List::of);
  }

  private void add(String path, JsonNode node, @Nullable ObjectNode outer, int depth) {
    if (depth > MAX_DEPTH || found.size() >= MOST) {
      return;
    }
    if (node instanceof ObjectNode object) {
      addObject(path, object, outer);
      object
          .properties()
          .forEach(each -> add(joined(path, each.getKey()), each.getValue(), object, depth + 1));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        add(path + "[" + i + "]", node.get(i), null, depth + 1);
      }
    } else if (node.isString()) {
      SignedTokenPart.find(path, node.stringValue()).ifPresent(found::add);
    }
  }

  private void addObject(String path, ObjectNode object, @Nullable ObjectNode outer) {
    boolean lacksOnlyTheValue =
        object.path(SignedJson.SIGNER_ID).isString()
            && object.path(SignedJson.SIGNATURE_TYPE).isString()
            && !object.has("signature_value");
    if (object.path(SignedJson.SIGNATURE_CONTENT).isString() || lacksOnlyTheValue) {
      found.add(new SignedMessagePart(path, object, outer));
    }
    if (object.path("event_body").isObject() && object.path("signatures").isArray()) {
      object
          .path("signatures")
          .forEach(signed -> found.add(new SignedRecordPart(path, object, signed)));
    }
  }

  private static String joined(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
