package org.actsandbox.web.console.decoder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds everything that is signed in a message: the message itself, signed objects inside it (a
 * bill inside a payment request), and tokens (proofs, credentials, anchors). Each signature is
 * verified with the key that the world has for the signer's id.
 */
final class MessageSignatures {

  /** Ours: more signatures than any message of the protocol has. */
  private static final int MOST = 24;

  private static final int MAX_DEPTH = 12;

  private static final Pattern TOKEN =
      Pattern.compile("(eyJ[A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

  private final KeyDirectory keys;
  private final List<DecodedEntry.Signed> found = new ArrayList<>();

  MessageSignatures(KeyDirectory keys) {
    this.keys = keys;
  }

  List<DecodedEntry.Signed> found() {
    return List.copyOf(found);
  }

  void addFrom(String title, JsonNode node) {
    addFrom(title, "", node, 0);
  }

  private void addFrom(String title, String path, JsonNode node, int depth) {
    if (depth > MAX_DEPTH || found.size() >= MOST) {
      return;
    }
    if (node.isObject()) {
      if (node.path(SignedJson.SIGNATURE_CONTENT).isString()) {
        message(title, path, node);
      }
      node.properties()
          .forEach(each -> addFrom(title, joined(path, each.getKey()), each.getValue(), depth + 1));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        addFrom(title, path + "[" + i + "]", node.get(i), depth + 1);
      }
    } else if (node.isString()) {
      token(title, path, node.stringValue());
    }
  }

  private static String joined(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private void message(String title, String path, JsonNode message) {
    byte[] bytes;
    try {
      bytes = SignedJson.signedBytes(message);
    } catch (IllegalArgumentException notCanonical) {
      // A message without an RFC 8785 form has no signed text. The list of its damage says why.
      return;
    }
    var signer = message.path(SignedJson.SIGNER_ID).asString("");
    add(
        title,
        path,
        signer,
        verdict(message),
        new String(bytes, StandardCharsets.UTF_8),
        bytes.length);
  }

  private String verdict(JsonNode message) {
    try {
      SignedJson.verify(message, keys);
      return "verified";
    } catch (Refusal refused) {
      return refused.problem().code().equals("signer_unknown") ? "unknown" : "wrong";
    }
  }

  /** Adds a compact JWS, whose signature covers the encoded header and payload. */
  private void token(String title, String path, String text) {
    var token = TOKEN.matcher(text);
    if (!token.matches()) {
      return;
    }
    var kid = kid(token.group(1));
    if (kid == null) {
      return;
    }
    var input = token.group(1) + "." + token.group(2);
    var key = keys.find(kid.signer());
    boolean verified =
        key.isPresent()
            && algorithm(key.get().type()).equals(kid.algorithm())
            && verifies(key.get(), input, token.group(3));
    var verdict = key.isEmpty() ? "unknown" : verified ? "verified" : "wrong";
    add(title, path, kid.signer(), verdict, input, input.length());
  }

  private record Kid(String signer, String algorithm) {}

  private static @Nullable Kid kid(String header) {
    try {
      var tree = Json.parse(Base64.getUrlDecoder().decode(header));
      var kid = tree.path("kid").asString("");
      return kid.isEmpty() ? null : new Kid(kid, tree.path("alg").asString(""));
    } catch (IllegalArgumentException | JacksonException noToken) {
      return null;
    }
  }

  private static boolean verifies(VerificationKey key, String input, String signature) {
    try {
      return key.verifies(
          input.getBytes(StandardCharsets.US_ASCII), Base64.getUrlDecoder().decode(signature));
    } catch (IllegalArgumentException notBase64Url) {
      return false;
    }
  }

  private static String algorithm(SignatureType type) {
    return switch (type) {
      case ED25519 -> "EdDSA";
      case ES256 -> "ES256";
      case RSA2 -> "RS256";
    };
  }

  private void add(
      String title, String path, String signer, String verdict, String text, int bytes) {
    var key = keys.find(signer).map(VerificationKey::jwk).orElse(null);
    found.add(new DecodedEntry.Signed(title, path, signer, verdict, text, bytes, key));
  }
}
