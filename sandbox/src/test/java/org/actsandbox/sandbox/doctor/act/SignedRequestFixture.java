package org.actsandbox.sandbox.doctor.act;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.act.SignedValueMistakes.value;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Es256KeyPair;
import org.actsandbox.protocol.identity.Rsa2KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.diagnosis.Circumstances;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.key.KnownRsaPairs;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has the keys and the right message into which the matrix of ACT signatures makes its mistakes.
 */
final class SignedRequestFixture {

  private SignedRequestFixture() {}

  static final Instant NOW = Instant.parse("2026-08-25T02:00:00Z");
  static final KeyPair RSA_PAIR = KnownRsaPairs.pair(0);
  static final KeyPair EC_PAIR = curvePair();
  static final Ed25519KeyPair AGENT = ed25519("did:act:my-agent#key-1", 1);
  static final Ed25519KeyPair AGENT_OLD = ed25519("did:act:my-agent#key-2", 2);
  static final Ed25519KeyPair SHOP = ed25519("did:act:raileast#key-1", 3);
  static final Ed25519KeyPair STRANGER = ed25519("did:act:my-agent#key-1", 9);
  static final Es256KeyPair CURVE = new Es256KeyPair("did:act:curve#key-1", EC_PAIR);
  static final Rsa2KeyPair RSA = new Rsa2KeyPair("did:act:rsa#key-1", RSA_PAIR);

  static final List<KnownKey> KEYS =
      Stream.of(
              SHOP.publicKey(),
              AGENT_OLD.publicKey(),
              CURVE.publicKey(),
              RSA.publicKey(),
              AGENT.publicKey())
          .map(KnownKey::of)
          .toList();

  static final String REQUEST =
      """
      {"request_id":"req-1","merchant_order_no":"ORDER-7","amount":"12.50","count":2,"currency":"CNY",
       "timestamp":"2026-08-25T02:00:00Z","ext":{"z":"https://shop/a","a":"靠窗 <b>","Note":"é"},
       "items":[{"name":"seat","price":"12.50"}],"remark":null}
      """;

  /** Is one mistake: its name, the message that has it, and the cause that must be found. */
  record Mistake(
      String name, SignatureCause cause, Supplier<SignedPart> made, List<SignedPart> earlier) {

    Diagnosis diagnosis() {
      return ActSignatureDoctor.examine(made.get(), Circumstances.at(KEYS, NOW), () -> earlier);
    }

    @Override
    public String toString() {
      return name + " -> " + cause.code();
    }
  }

  static Ed25519KeyPair ed25519(String id, int seed) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new Ed25519KeyPair(id, bytes);
  }

  private static KeyPair curvePair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  static ObjectNode request(Signer signer) {
    return SignedJson.sign((ObjectNode) Json.parse(REQUEST), signer);
  }

  static SignedPart part(ObjectNode message) {
    return new SignedMessagePart("", message, null);
  }

  static Mistake mistake(String name, SignatureCause cause, Supplier<ObjectNode> made) {
    return new Mistake(name, cause, () -> part(made.get()), List.of());
  }

  /** Makes a message whose signature covers another text than the right one. */
  static Mistake text(
      String name, SignatureCause cause, Signer signer, Function<ObjectNode, byte[]> signed) {
    return mistake(
        name + ", " + signer.type(),
        cause,
        () -> {
          var message = request(signer);
          var unsigned = message.deepCopy();
          unsigned.remove(SignedJson.SIGNATURE_CONTENT);
          return message.put(
              SignedJson.SIGNATURE_CONTENT, Base64Url.encode(signer.sign(signed.apply(unsigned))));
        });
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  static String canonical(ObjectNode message) {
    return new String(CanonicalJson.bytes(message), UTF_8);
  }

  static byte[] derInteger(byte[] number) {
    var value = new BigInteger(1, number).toByteArray();
    var der = new byte[value.length + 2];
    der[0] = 2;
    der[1] = (byte) value.length;
    System.arraycopy(value, 0, der, 2, value.length);
    return der;
  }

  static String der(byte[] raw) {
    var r = derInteger(Arrays.copyOfRange(raw, 0, 32));
    var s = derInteger(Arrays.copyOfRange(raw, 32, 64));
    var der = new byte[2 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (r.length + s.length);
    System.arraycopy(r, 0, der, 2, r.length);
    System.arraycopy(s, 0, der, 2 + r.length, s.length);
    return Base64Url.encode(der);
  }

  static Mistake rsa(String name, SignatureCause cause, Function<byte[], byte[]> signer) {
    return mistake(
        name,
        cause,
        () -> {
          var message = request(RSA);
          return message.put(
              SignedJson.SIGNATURE_CONTENT,
              Base64Url.encode(signer.apply(SignedJson.signedBytes(message))));
        });
  }

  static byte[] jca(String algorithm, byte[] text) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(RSA_PAIR.getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static byte[] pss(byte[] text) {
    try {
      var signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signature.initSign(RSA_PAIR.getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static byte[] encrypted(byte[] digest) {
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, RSA_PAIR.getPrivate());
      return cipher.doFinal(digest);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static ObjectNode signedAs(String signerId, Signer signer) {
    var message = (ObjectNode) Json.parse(REQUEST);
    message.put(SignedJson.SIGNER_ID, signerId);
    message.put(SignedJson.SIGNATURE_TYPE, signer.type().name());
    return message.put(
        SignedJson.SIGNATURE_CONTENT, Base64Url.encode(signer.sign(CanonicalJson.bytes(message))));
  }
}
