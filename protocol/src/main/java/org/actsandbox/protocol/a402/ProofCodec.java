package org.actsandbox.protocol.a402;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignatureType;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.refusal.SignedContent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encodes and decodes payment proofs: on the wire, base64url of a compact JWS (RFC 7515) with
 * {@link ProofClaims} as payload.
 *
 * <p>Ours: the header is exactly {@code typ}, {@code alg} and {@code kid}. A header that contains
 * its own key, or asks for an extension by {@code crit}, is refused before anything else is read.
 */
public final class ProofCodec {

  public static final String TYPE = "act-payment-proof+jwt";

  /** Ours, in characters: an 8 KiB header line has room for a proof that is encoded once more. */
  public static final int MAX_LENGTH = 4096;

  private static final Set<String> HEADER = Set.of("typ", "alg", "kid");

  private ProofCodec() {}

  /** Signs {@code claims} as the PSP. */
  public static String encode(ProofClaims claims, Signer psp) {
    var header =
        Json.object().put("kid", psp.signerId()).put("typ", TYPE).put("alg", algorithm(psp.type()));
    var input = base64Url(Json.bytes(header)) + "." + base64Url(Json.bytes(claims));
    var signature = base64Url(psp.sign(ascii(input)));
    return base64Url(ascii(input + "." + signature));
  }

  /**
   * Verifies form, type, algorithm, key and signature, and returns the claims. The caller must
   * check expiry, audience and purpose of the proof.
   *
   * @throws Refusal {@code proof_invalid} with the check that failed
   */
  public static ProofClaims decode(String paymentProof, KeyDirectory keys) {
    var token = parse(paymentProof);
    var key = key(token.header(), keys);
    if (!key.verifies(ascii(token.input()), token.signature())) {
      throw invalid("the proof's signature does not match", "a signature by " + key.signerId())
          .signed(new SignedContent(key.signerId(), token.input()));
    }
    var claims = claims(token.payload());
    if (!Did.ofSigner(key.signerId()).value().equals(claims.iss())) {
      throw invalid("the proof's issuer did not sign it", "iss " + Did.ofSigner(key.signerId()));
    }
    return claims;
  }

  /**
   * Represents a proof that was read and is not yet verified.
   *
   * @param input the text that the signature covers
   */
  @SuppressWarnings("ArrayRecordComponent") // read and verified, never compared
  private record ProofToken(ObjectNode header, String input, byte[] payload, byte[] signature) {}

  private static ProofToken parse(String paymentProof) {
    if (paymentProof.isEmpty() || paymentProof.length() > MAX_LENGTH) {
      throw invalid("the proof is empty or too long", "1 to " + MAX_LENGTH + " characters");
    }
    try {
      var compact = new String(decoded(paymentProof), StandardCharsets.US_ASCII);
      int payload = compact.indexOf('.') + 1;
      int signature = compact.lastIndexOf('.') + 1;
      if (payload > 0
          && compact.indexOf('.', payload) == signature - 1
          && Json.parse(decoded(compact.substring(0, payload - 1))) instanceof ObjectNode header) {
        return new ProofToken(
            header,
            compact.substring(0, signature - 1),
            decoded(compact.substring(payload, signature - 1)),
            decoded(compact.substring(signature)));
      }
    } catch (IllegalArgumentException | JacksonException malformed) {
      throw notWrapped();
    }
    throw notWrapped();
  }

  private static Refusal notWrapped() {
    return invalid("the proof is not a wrapped JWS", "base64url of a compact JWS");
  }

  /**
   * Decodes base64url. A second spelling of a proof would look like another proof where used proofs
   * are stored, so that only the one that {@link #encode} would write is read.
   *
   * @throws IllegalArgumentException if the text is not base64url without padding
   */
  private static byte[] decoded(String text) {
    var bytes = Base64.getUrlDecoder().decode(text);
    if (!base64Url(bytes).equals(text)) {
      throw new IllegalArgumentException("a second spelling");
    }
    return bytes;
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
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

  private static VerificationKey key(ObjectNode header, KeyDirectory keys) {
    if (!Set.copyOf(header.propertyNames()).equals(HEADER)) {
      throw invalid("the proof's header has other members", "typ, alg and kid")
          .observed(String.join(", ", header.propertyNames()));
    }
    var type = header.path("typ").asString("");
    if (!type.equals(TYPE)) {
      throw invalid("this is another kind of token", "typ " + TYPE).observed(type);
    }
    var keyId = header.path("kid").asString("");
    var key =
        keys.find(keyId)
            .orElseThrow(
                () ->
                    invalid("no public key is known for the proof", "a kid of the PSP's key set")
                        .observed(keyId));
    var algorithm = header.path("alg").asString("");
    if (!algorithm.equals(algorithm(key.type()))) {
      throw invalid("the key signs with another algorithm", algorithm(key.type()))
          .observed(algorithm);
    }
    return key;
  }

  private static ProofClaims claims(byte[] payload) {
    try {
      var claims = Json.read(payload, ProofClaims.class);
      if (isComplete(claims)) {
        return claims;
      }
    } catch (JacksonException notClaims) {
      throw invalid("the proof's claims are not readable", "the claims of a payment proof");
    }
    throw invalid("the proof lacks claims", "every claim of a payment proof");
  }

  /** Returns whether the claims have all that a proof needs: what is absent is read as null. */
  private static boolean isComplete(ProofClaims claims) {
    return !Arrays.asList(
            claims.iss(),
            claims.sub(),
            claims.aud(),
            claims.jti(),
            claims.issuedAt(),
            claims.expiresAt(),
            claims.tradeNo(),
            claims.outTradeNo(),
            claims.resourceId(),
            claims.amount(),
            claims.currency(),
            claims.requestMethod(),
            claims.requestFingerprint(),
            claims.approvalDigest())
        .contains(null);
  }

  private static Refusal invalid(String what, String expected) {
    return new Refusal(Problem.PROOF_INVALID, what).at("protocol.payment_proof").expected(expected);
  }
}
