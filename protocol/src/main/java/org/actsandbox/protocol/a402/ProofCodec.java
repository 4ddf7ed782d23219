package org.actsandbox.protocol.a402;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Set;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeyDirectory;
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

  private static final JOSEObjectType JOSE_TYPE = new JOSEObjectType(TYPE);
  private static final Set<String> HEADER = Set.of("typ", "alg", "kid");
  private static final Set<String> OPTIONAL = Set.of("intent_id", "delegation_id");

  private static final int REQUIRED_CLAIMS =
      ProofClaims.class.getRecordComponents().length - OPTIONAL.size();

  /** Proofs that this process has signed. */
  private static final MadeProofs MADE = new MadeProofs();

  private ProofCodec() {}

  /** Signs {@code claims} as the PSP. */
  public static String encode(ProofClaims claims, Signer psp) {
    var key = psp.key();
    var header =
        new JWSHeader.Builder(JoseSigner.algorithm(key.type()))
            .type(JOSE_TYPE)
            .keyID(key.signerId())
            .build();
    var jws = new JWSObject(header, new Payload(Json.bytes(claims)));
    try {
      jws.sign(new JoseSigner(key));
    } catch (JOSEException broken) {
      throw new IllegalStateException("cannot sign a proof as " + key.signerId(), broken);
    }
    var text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(jws.serialize().getBytes(StandardCharsets.US_ASCII));
    MADE.add(text, jws, claims);
    return text;
  }

  /**
   * Verifies form, type, algorithm, key and signature, and returns the claims. The caller must
   * check expiry, audience and purpose of the proof.
   *
   * @throws Refusal {@code proof_invalid} with the check that failed
   */
  public static ProofClaims decode(String paymentProof, KeyDirectory keys) {
    var made = MADE.find(paymentProof);
    var jws = made == null ? parse(paymentProof) : made.jws();
    var key = key(jws.getHeader(), keys);
    if (!verifies(jws, key)) {
      throw invalid("the proof's signature does not match", "a signature by " + key.signerId())
          .signed(new SignedContent(key.signerId(), signingInput(jws)));
    }
    var claims = made == null ? claims(jws) : made.claims();
    if (!Did.ofSigner(key.signerId()).value().equals(claims.iss())) {
      throw invalid("the proof's issuer did not sign it", "iss " + Did.ofSigner(key.signerId()));
    }
    return claims;
  }

  private static String signingInput(JWSObject jws) {
    return new String(jws.getSigningInput(), StandardCharsets.US_ASCII);
  }

  private static JWSObject parse(String paymentProof) {
    if (paymentProof.isEmpty() || paymentProof.length() > MAX_LENGTH) {
      throw invalid("the proof is empty or too long", "1 to " + MAX_LENGTH + " characters");
    }
    try {
      var compact =
          new String(Base64.getUrlDecoder().decode(paymentProof), StandardCharsets.US_ASCII);
      // A second spelling of a proof would look like another proof where used proofs are stored.
      if (!Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(compact.getBytes(StandardCharsets.US_ASCII))
          .equals(paymentProof)) {
        throw invalid("the proof is not base64url", "base64url without padding");
      }
      return JWSObject.parse(compact);
    } catch (IllegalArgumentException | ParseException malformed) {
      throw invalid("the proof is not a wrapped JWS", "base64url of a compact JWS");
    }
  }

  private static VerificationKey key(JWSHeader header, KeyDirectory keys) {
    if (!header.getIncludedParams().equals(HEADER)) {
      throw invalid("the proof's header has other members", "typ, alg and kid")
          .observed(String.join(", ", header.getIncludedParams()));
    }
    if (!JOSE_TYPE.getType().equals(header.getType().getType())) {
      throw invalid("this is another kind of token", "typ " + TYPE)
          .observed(String.valueOf(header.getType()));
    }
    var key =
        keys.find(header.getKeyID())
            .orElseThrow(
                () ->
                    invalid("no public key is known for the proof", "a kid of the PSP's key set")
                        .observed(header.getKeyID()));
    if (!JoseSigner.algorithm(key.type()).equals(header.getAlgorithm())) {
      throw invalid(
              "the key signs with another algorithm", JoseSigner.algorithm(key.type()).getName())
          .observed(header.getAlgorithm().getName());
    }
    return key;
  }

  private static boolean verifies(JWSObject jws, VerificationKey key) {
    try {
      return jws.verify(new JoseVerifier(key));
    } catch (JOSEException unsupported) {
      return false;
    }
  }

  private static ProofClaims claims(JWSObject jws) {
    try {
      var claims = Json.read(jws.getPayload().toBytes(), ProofClaims.class);
      var tree = (ObjectNode) Json.tree(claims);
      // Null members are not written, so a missing claim is a missing member here.
      tree.remove(OPTIONAL);
      if (tree.size() == REQUIRED_CLAIMS) {
        return claims;
      }
    } catch (JacksonException notClaims) {
      throw invalid("the proof's claims are not readable", "the claims of a payment proof");
    }
    throw invalid("the proof lacks claims", "every claim of a payment proof");
  }

  private static Refusal invalid(String what, String expected) {
    return new Refusal(Problem.PROOF_INVALID, what).at("protocol.payment_proof").expected(expected);
  }
}
