package org.actsandbox.sandbox.edge.fault;

import com.nimbusds.jose.JWSObject;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.function.Function;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.fault.Fault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Breaks the signature of a message and leaves the signed content as it was. The message may be a
 * signed JSON object, the bill or the proof in an A402 header, or a proof inside a body. A message
 * without a signature is not changed.
 *
 * @param unknownSigner makes a key that is unknown in this world, for the signer id that it shall
 *     claim
 */
record SignatureFault(Fault fault, Function<String, Signer> unknownSigner) {

  private static final String UNKNOWN = "did:act:stranger#key-1";
  private static final String PROOF = "payment_proof";
  private static final int MAX_DEPTH = 4;

  /**
   * @param seed 32 bytes that follow from the world's seed
   */
  static SignatureFault of(Fault fault, byte[] seed) {
    return new SignatureFault(fault, signerId -> new Ed25519KeyPair(signerId, seed));
  }

  boolean concerns(String message) {
    return fault.is("of", message);
  }

  /** Returns the body with a broken signature; the same bytes when nothing in it is signed. */
  byte[] body(byte[] body) {
    try {
      var tree = body.length == 0 ? Json.object() : Json.parse(body);
      return breakSignatureIn(tree, MAX_DEPTH) ? Json.bytes(tree) : body;
    } catch (JacksonException notJson) {
      return body;
    }
  }

  /**
   * Returns the value of an A402 header with a broken signature; the same when nothing in it is
   * signed.
   */
  String header(String name, String value) {
    try {
      var tree = A402Headers.decode(name, value);
      return breakSignatureIn(tree.path("protocol"), 1) ? A402Headers.encode(tree) : value;
    } catch (Refusal malformed) {
      return value;
    }
  }

  private boolean breakSignatureIn(JsonNode message, int depth) {
    if (!(message instanceof ObjectNode object) || depth == 0) {
      return false;
    }
    if (object.path(SignedJson.SIGNATURE_CONTENT).isString()) {
      breakSignature(object);
      return true;
    }
    if (object.path(PROOF).isString()) {
      return breakProof(object);
    }
    return object.properties().stream()
        .anyMatch(each -> breakSignatureIn(each.getValue(), depth - 1));
  }

  private void breakSignature(ObjectNode message) {
    var signer = message.path(SignedJson.SIGNER_ID).asString("");
    switch (fault.text("how")) {
      case "foreign_key" -> SignedJson.sign(message, unknownSigner.apply(signer));
      case "unknown_signer" -> SignedJson.sign(message, unknownSigner.apply(UNKNOWN));
      default ->
          message.put(
              SignedJson.SIGNATURE_CONTENT,
              withFlippedBit(message.path(SignedJson.SIGNATURE_CONTENT).asString()));
    }
  }

  private boolean breakProof(ObjectNode holder) {
    try {
      var compact =
          new String(
              Base64.getUrlDecoder().decode(holder.path(PROOF).asString()),
              StandardCharsets.US_ASCII);
      holder.put(PROOF, brokenProof(JWSObject.parse(compact), compact));
      return true;
    } catch (IllegalArgumentException | ParseException | JacksonException notProof) {
      return false;
    }
  }

  private String brokenProof(JWSObject proof, String compact) {
    if (fault.is("how", "flipped")) {
      int signature = compact.lastIndexOf('.') + 1;
      var broken = compact.substring(0, signature) + withFlippedBit(compact.substring(signature));
      return base64Url(broken.getBytes(StandardCharsets.US_ASCII));
    }
    var claims = Json.read(proof.getPayload().toBytes(), ProofClaims.class);
    var as = fault.is("how", "unknown_signer") ? UNKNOWN : proof.getHeader().getKeyID();
    return ProofCodec.encode(claims, unknownSigner.apply(as));
  }

  /** Returns a well-formed signature of the same length in which one bit differs. */
  private static String withFlippedBit(String signature) {
    var bytes = Base64.getUrlDecoder().decode(signature);
    bytes[bytes.length / 2] ^= 1;
    return base64Url(bytes);
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
