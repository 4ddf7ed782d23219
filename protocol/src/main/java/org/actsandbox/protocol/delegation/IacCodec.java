package org.actsandbox.protocol.delegation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.actsandbox.protocol.delegation.Iac.StatusReference;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues and verifies IACs. On the wire an IAC is a W3C verifiable credential secured as compact
 * JWS (VC-JWT), with the RFC 8785 form of the credential as payload (ACT ADD-4).
 *
 * <p>Ours: the header is exactly {@code alg}, {@code kid} and {@code typ}, so that a credential
 * cannot bring its own key, an extension or another algorithm. A credential has only one valid
 * spelling, so re-serialized JSON is refused even if it has the same content.
 */
public final class IacCodec {

  public static final String TYPE = "vc+jwt";

  /** Ours, in characters: the limit of payment proofs; text that people read is far shorter. */
  public static final int MAX_LENGTH = 4096;

  private static final String URN = "urn:act:delegation:";
  private static final String STATUS_TYPE = "ActDelegationStatusListEntry";
  private static final List<String> HEADER = List.of("alg", "kid", "typ");
  private static final List<String> TYPES =
      List.of("VerifiableCredential", "IntentAuthorizationCredential");

  private IacCodec() {}

  /**
   * Signs {@code payload} as its delegator.
   *
   * @throws Refusal {@code isr_incomplete} if the credential would be longer than {@link
   *     #MAX_LENGTH}
   * @throws IllegalArgumentException if {@code delegator} is not the delegator of the payload
   */
  public static Iac issue(
      IacPayload payload,
      StatusReference status,
      Instant issuedAt,
      @Nullable String controlProofRef,
      Signer delegator) {
    if (!delegator.did().value().equals(payload.delegatorIdentity())) {
      throw new IllegalArgumentException("only the delegator signs an IAC");
    }
    var key = delegator.key();
    var header = Json.object();
    header.put("alg", algorithm(key.type()));
    header.put("kid", key.signerId());
    header.put("typ", TYPE);
    var credential = credential(payload, status, issuedAt, controlProofRef);
    var input =
        base64Url(CanonicalJson.bytes(header)) + "." + base64Url(CanonicalJson.bytes(credential));
    var compact = input + "." + base64Url(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    if (compact.length() > MAX_LENGTH) {
      throw new Refusal(Problem.ISR_INCOMPLETE, "the intent names more than a credential can hold")
          .at("ext")
          .expected("a credential of at most " + MAX_LENGTH + " characters")
          .observed(compact.length() + " characters")
          .remedy("Name fewer merchants and categories.");
    }
    return new Iac(compact, key.did(), key.signerId(), issuedAt, payload, status, controlProofRef);
  }

  private static ObjectNode credential(
      IacPayload payload,
      StatusReference status,
      Instant issuedAt,
      @Nullable String controlProofRef) {
    var credential = Json.object();
    credential.putArray("@context").add("https://www.w3.org/ns/credentials/v2");
    var types = credential.putArray("type");
    TYPES.forEach(types::add);
    credential.put("id", URN + payload.delegationId());
    credential.put("issuer", payload.delegatorIdentity());
    credential.put("issued", issuedAt.toString());
    credential.put("validFrom", payload.validityStartTime().toString());
    credential.put("validUntil", payload.validityEndTime().toString());
    credential.set("credentialSubject", Json.tree(payload));
    var entry = credential.putObject("credentialStatus");
    entry.put("type", STATUS_TYPE);
    entry.put("statusListCredential", status.list().toString());
    entry.put("statusListIndex", String.valueOf(status.index()));
    if (controlProofRef != null) {
      credential.put("controlProofRef", controlProofRef);
    }
    return credential;
  }

  /**
   * Verifies form, header, key, algorithm, signature, canonical spelling and inner consistency of a
   * credential. Public keys are all that it needs, so it works offline.
   *
   * @throws Refusal {@code iac_invalid} with the check that failed
   */
  public static Iac verify(String compact, KeyDirectory keys) {
    if (compact.isEmpty() || compact.length() > MAX_LENGTH) {
      throw invalid("the credential is empty or too long", "1 to " + MAX_LENGTH + " characters");
    }
    var parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw invalid("the credential is not a compact JWS", "header.payload.signature");
    }
    var key = key(object("header", decode("header", parts[0])), keys);
    var input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (!key.verifies(input, decode("signature", parts[2]))) {
      throw invalid("the signature does not match", "a signature by " + key.signerId());
    }
    var bytes = decode("payload", parts[1]);
    var credential = object("payload", bytes);
    requireCanonical(credential, bytes);
    return read(compact, credential, key.signerId());
  }

  private static VerificationKey key(ObjectNode header, KeyDirectory keys) {
    var members = header.propertyNames().stream().sorted().toList();
    if (!members.equals(HEADER)) {
      throw invalid("the header has other members", String.join(", ", HEADER))
          .observed(String.join(", ", members));
    }
    if (!header.path("typ").asString("").equals(TYPE)) {
      throw invalid("this is another kind of token", "typ " + TYPE)
          .observed(header.path("typ").asString(""));
    }
    var kid = header.path("kid").asString("");
    var key =
        keys.find(kid)
            .orElseThrow(
                () ->
                    invalid(
                            "no public key is known for it",
                            "a kid of the delegator's DID document")
                        .observed(kid));
    if (!algorithm(key.type()).equals(header.path("alg").asString(""))) {
      throw invalid("the key signs with another algorithm", "alg " + algorithm(key.type()))
          .observed(header.path("alg").asString(""));
    }
    return key;
  }

  private static void requireCanonical(ObjectNode credential, byte[] bytes) {
    boolean canonical;
    try {
      canonical = Arrays.equals(CanonicalJson.bytes(credential), bytes);
    } catch (IllegalArgumentException unsafe) {
      canonical = false;
    }
    if (!canonical) {
      throw invalid("the payload is not in its canonical form", "RFC 8785, as it was signed");
    }
  }

  private static Iac read(String compact, ObjectNode credential, String signerId) {
    var issuer = Did.ofSigner(signerId);
    var payload = payload(credential.path("credentialSubject"));
    requireEqual("issuer", issuer.value(), credential.path("issuer"));
    requireEqual(
        "credentialSubject.delegator_identity", issuer.value(), payload.delegatorIdentity());
    requireEqual("id", URN + payload.delegationId(), credential.path("id"));
    requireEqual("validFrom", payload.validityStartTime().toString(), credential.path("validFrom"));
    requireEqual("validUntil", payload.validityEndTime().toString(), credential.path("validUntil"));
    var types = credential.path("type").valueStream().map(each -> each.asString("")).toList();
    if (!types.equals(TYPES)) {
      throw invalid("this is another kind of credential", String.join(", ", TYPES));
    }
    try {
      var entry = credential.path("credentialStatus");
      requireEqual("credentialStatus.type", STATUS_TYPE, entry.path("type"));
      return new Iac(
          compact,
          issuer,
          signerId,
          Instant.parse(credential.path("issued").asString("")),
          payload,
          new StatusReference(
              URI.create(entry.path("statusListCredential").asString("")),
              Integer.parseInt(entry.path("statusListIndex").asString(""))),
          credential.path("controlProofRef").asStringOpt().orElse(null));
    } catch (DateTimeException | IllegalArgumentException malformed) {
      throw invalid("its metadata are not readable", "issued and credentialStatus");
    }
  }

  private static IacPayload payload(JsonNode subject) {
    try {
      var payload = JsonMessage.bind(subject, IacPayload.class, "", Problem.IAC_INVALID);
      if (IacPayloadCheck.isComplete(payload)) {
        return payload;
      }
    } catch (Refusal misfit) {
      throw unreadable(misfit.toMistakes().getFirst());
    }
    throw invalid("its subject lacks what makes an authority", "the required fields of an IAC");
  }

  private static Refusal unreadable(FieldMistake mistake) {
    return switch (mistake.reason()) {
      case UNKNOWN ->
          invalid("it says something this version does not know", "the fields of an IAC")
              .observed(mistake.field());
      case MISSING ->
          invalid("its subject lacks what makes an authority", "the required fields of an IAC")
              .observed("no " + mistake.field());
      case WRONG_FORM, TOO_LONG, WRONG_VALUE ->
          invalid("its subject is not readable", "the payload of an IAC").observed(mistake.field());
    };
  }

  private static ObjectNode object(String part, byte[] bytes) {
    try {
      if (Json.parse(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      throw invalid("the " + part + " is not JSON", "one JSON object, no key twice");
    }
    throw invalid("the " + part + " is not a JSON object", "one JSON object");
  }

  /**
   * Decodes base64url in its only valid spelling. Otherwise padding and spare bits would give one
   * credential several texts.
   */
  private static byte[] decode(String part, String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      if (base64Url(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64Url) {
      throw invalid("the " + part + " is not base64url", "base64url without padding");
    }
    throw invalid("the " + part + " is spelt in another way", "base64url without padding");
  }

  private static void requireEqual(String field, String expected, JsonNode observed) {
    requireEqual(field, expected, observed.asString(""));
  }

  private static void requireEqual(String field, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw invalid("it contradicts itself in " + field, expected).observed(observed);
    }
  }

  private static String algorithm(SignatureType type) {
    return switch (type) {
      case ED25519 -> "EdDSA";
      case ES256 -> "ES256";
      case RSA2 -> "RS256";
    };
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Refusal invalid(String what, String expected) {
    return new Refusal(Problem.IAC_INVALID, "the credential is not valid: " + what)
        .at("iac")
        .expected(expected)
        .remedy("Send the credential exactly as it was issued.");
  }
}
