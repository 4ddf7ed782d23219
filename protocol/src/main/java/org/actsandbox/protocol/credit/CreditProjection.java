package org.actsandbox.protocol.credit;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says which bytes of a message each signature covers: the RFC 8785 form without the members that
 * are named here (ACT CRD-6). All signatures are Ed25519, in base64url without padding.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are never changed
public enum CreditProjection {
  /** The subject’s inner signature: all that it confirms, the element against replay included. */
  SUBJECT(
      "subjectPublicKey",
      "subjectSignature",
      "subjectSignatureAlgorithm",
      "issuerSignature",
      "issuerSignatureAlgorithm",
      "previousCredentialRef"),
  /** The issuer’s outer signature, which also covers the inner one with its key. */
  ISSUER("issuerSignature", "issuerSignatureAlgorithm", "statusQuery", "previousCredentialRef"),
  AUTHORIZATION("authorizationProof", "status"),
  REQUEST("requestProof"),
  RESPONSE("responseProof"),
  STATUS("statusProof"),
  ASSERTION("assertionProof");

  public static final String ALGORITHM = "Ed25519";

  private final List<String> omitted;

  CreditProjection(String... omitted) {
    this.omitted = List.of(omitted);
  }

  /** Returns the names of the members that the signature does not cover. */
  public List<String> omitted() {
    return omitted;
  }

  /** Returns what the signature covers, as JSON. */
  public ObjectNode of(JsonNode message) {
    var copy = (ObjectNode) message.deepCopy();
    copy.remove(omitted);
    return copy;
  }

  /** Returns the exact bytes that the signature covers. */
  public byte[] bytes(JsonNode message) {
    var covered = Json.object();
    message
        .properties()
        .forEach(
            member -> {
              if (!omitted.contains(member.getKey())) {
                covered.set(member.getKey(), member.getValue());
              }
            });
    return CanonicalJson.bytes(covered);
  }

  /** Returns the signature value of {@code message}. */
  public String signature(JsonNode message, Signer signer) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign(bytes(message)));
  }

  /** Adds the proof to {@code message} and returns it; not for the two of a credential. */
  public ObjectNode prove(ObjectNode message, Signer signer) {
    var key = signer.key();
    return message.set(
        omitted.getFirst(),
        Json.tree(new CreditProof(ALGORITHM, key.signerId(), signature(message, key))));
  }

  /**
   * Tells whether the proof of {@code message} was made by one of {@code signers} with a key that
   * is known for it.
   */
  public boolean isProven(JsonNode message, Set<String> signers, KeyDirectory keys) {
    var proof = message.path(omitted.getFirst());
    var keyId = proof.path("keyId").asString("");
    return proof.path("signatureAlgorithm").asString("").equals(ALGORITHM)
        && signers.contains(keyId.split("#", 2)[0])
        && keys.find(keyId)
            .filter(key -> verifies(message, key, proof.path("signatureValue").asString("")))
            .isPresent();
  }

  /** Tells whether {@code signature} is that of {@code message} under {@code key}. */
  public boolean verifies(JsonNode message, VerificationKey key, @Nullable String signature) {
    if (key.type() != SignatureType.ED25519 || signature == null) {
      return false;
    }
    try {
      var raw = Base64.getUrlDecoder().decode(signature);
      // The comparison allows only one spelling: padding and spare bits would allow several.
      return Base64.getUrlEncoder().withoutPadding().encodeToString(raw).equals(signature)
          && key.verifies(bytes(message), raw);
    } catch (IllegalArgumentException notBase64UrlOrNotCanonical) {
      return false;
    }
  }

  /**
   * Finds the keys of a participant, newest last. An issuer’s signature names no key, so that every
   * key of the issuer may have made it.
   */
  public static List<VerificationKey> keysOf(String did, KeyDirectory keys) {
    return IntStream.rangeClosed(1, KeySet.MAX_KEYS)
        .mapToObj(number -> keys.find(did + "#key-" + number))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Tells whether {@code did} is a participant’s identifier with at least one known key. */
  public static boolean isKnown(String did, KeyDirectory keys) {
    return did.startsWith("did:act:") && keys.find(new Did(did).key(1)).isPresent();
  }
}
