package org.actsandbox.protocol.attestation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A compact JWS (RFC 7515) that was read and is not yet verified.
 *
 * <p>Ours, as for credentials: the header is exactly {@code alg}, {@code kid} and {@code typ}, and
 * header and payload are in RFC 8785 canonical form, so that each token has only one spelling.
 *
 * @param signerId the key reference, {@code kid}
 * @param algorithm the JOSE name, {@code alg}
 * @param input the bytes that the signature covers
 */
@SuppressWarnings("ArrayRecordComponent") // read and verified, never compared
public record CompactJws(
    String signerId, String algorithm, ObjectNode payload, byte[] input, byte[] signature) {

  private static final List<String> HEADER = List.of("alg", "kid", "typ");

  /** Number of headers that are kept; a key's header is the same in all its tokens. */
  private static final int MAX_HEADERS = 512;

  /** Length of a header that is kept at most. */
  private static final int MAX_KEPT_HEADER = 512;

  /** Canonical headers that were read, by their base64url form. */
  private static final Map<String, ObjectNode> HEADERS = new ConcurrentHashMap<>();

  /** Holds the members of a header. */
  private record MadeHeader(String type, String signerId, String algorithm) {}

  /** Headers that were made, in their base64url form. */
  private static final Map<MadeHeader, String> MADE_HEADERS = new ConcurrentHashMap<>();

  public static String sign(String type, ObjectNode payload, Signer signer) {
    return signed(type, payload, signer).compact();
  }

  /** Represents a token that was just signed, as it is sent and as it is read. */
  record SignedToken(String compact, CompactJws jws) {}

  static SignedToken signed(String type, ObjectNode payload, Signer signer) {
    var key = signer.key();
    var algorithm = algorithm(key.type());
    var text =
        header(type, key.signerId(), algorithm)
            + "."
            + Base64Url.encode(CanonicalJson.bytes(payload));
    var input = ascii(text);
    var signature = key.sign(input);
    return new SignedToken(
        text + "." + Base64Url.encode(signature),
        new CompactJws(key.signerId(), algorithm, payload, input, signature));
  }

  /** Returns the header of a key's tokens, which is the same in all of them. */
  private static String header(String type, String signerId, String algorithm) {
    var made = new MadeHeader(type, signerId, algorithm);
    var kept = MADE_HEADERS.get(made);
    if (kept != null) {
      return kept;
    }
    var header = Json.object();
    header.put("alg", algorithm);
    header.put("kid", signerId);
    header.put("typ", type);
    var text = Base64Url.encode(CanonicalJson.bytes(header));
    if (MADE_HEADERS.size() >= MAX_HEADERS) {
      MADE_HEADERS.clear();
    }
    MADE_HEADERS.put(made, text);
    return text;
  }

  /**
   * @param type the expected {@code typ}
   * @param maxLength in characters
   * @throws IllegalArgumentException if the form is wrong; the message says where
   */
  public static CompactJws read(String type, String compact, int maxLength) {
    if (compact.isEmpty() || compact.length() > maxLength) {
      throw new IllegalArgumentException("not 1 to " + maxLength + " characters");
    }
    var parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not header.payload.signature");
    }
    var header = header(parts[0]);
    if (!header.propertyNames().stream().sorted().toList().equals(HEADER)) {
      throw new IllegalArgumentException("the header has other members than alg, kid and typ");
    }
    if (!header.path("typ").asString("").equals(type)) {
      throw new IllegalArgumentException("another kind of token than " + type);
    }
    return new CompactJws(
        header.path("kid").asString(""),
        header.path("alg").asString(""),
        object("payload", parts[1]),
        ascii(parts[0] + "." + parts[1]),
        Base64Url.decode(parts[2])
            .orElseThrow(() -> new IllegalArgumentException("the signature is not base64url")));
  }

  /** Returns whether this key signed the token with the key's own algorithm. */
  public boolean isSignedBy(VerificationKey key) {
    return key.signerId().equals(signerId)
        && algorithm(key.type()).equals(algorithm)
        && key.verifies(input, signature);
  }

  /** Returns the canonical bytes of the payload. */
  byte[] payloadBytes() {
    var text = new String(input, StandardCharsets.US_ASCII);
    return Base64Url.decode(text.substring(text.indexOf('.') + 1)).orElseThrow();
  }

  /** Reads a header, which no caller changes. */
  private static ObjectNode header(String text) {
    var kept = HEADERS.get(text);
    if (kept != null) {
      return kept;
    }
    var read = object("header", text);
    if (text.length() <= MAX_KEPT_HEADER) {
      if (HEADERS.size() >= MAX_HEADERS) {
        HEADERS.clear();
      }
      HEADERS.put(text, read);
    }
    return read;
  }

  private static ObjectNode object(String part, String text) {
    var bytes =
        Base64Url.decode(text)
            .orElseThrow(() -> new IllegalArgumentException("the " + part + " is not base64url"));
    try {
      if (Json.parse(bytes) instanceof ObjectNode object
          && Arrays.equals(CanonicalJson.bytes(object), bytes)) {
        return object;
      }
    } catch (JacksonException notJson) {
      throw new IllegalArgumentException("the " + part + " is not JSON", notJson);
    }
    throw new IllegalArgumentException("the " + part + " is no canonical JSON object");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String algorithm(SignatureType type) {
    return switch (type) {
      case ED25519 -> "EdDSA";
      case ES256 -> "ES256";
      case RSA2 -> "RS256";
    };
  }
}
