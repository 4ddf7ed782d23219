package org.actsandbox.sandbox.doctor.act;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
import org.actsandbox.sandbox.doctor.DoctorDocumentTests;
import org.actsandbox.sandbox.doctor.diagnosis.Circumstances;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes every mistake of the catalogue in a right message, and tests that the doctor names this
 * mistake and no other.
 */
public class ActSignatureMatrixTests {

  private static final Instant NOW = Instant.parse("2026-08-25T02:00:00Z");
  private static final KeyPair RSA_PAIR = pair("RSA", 2048);
  private static final KeyPair EC_PAIR = pair("EC", 256);
  private static final Ed25519KeyPair AGENT = ed25519("did:act:my-agent#key-1", 1);
  private static final Ed25519KeyPair AGENT_OLD = ed25519("did:act:my-agent#key-2", 2);
  private static final Ed25519KeyPair SHOP = ed25519("did:act:raileast#key-1", 3);
  private static final Ed25519KeyPair STRANGER = ed25519("did:act:my-agent#key-1", 9);
  private static final Es256KeyPair CURVE = new Es256KeyPair("did:act:curve#key-1", EC_PAIR);
  private static final Rsa2KeyPair RSA = new Rsa2KeyPair("did:act:rsa#key-1", RSA_PAIR);

  private static final List<KnownKey> KEYS =
      Stream.of(
              SHOP.publicKey(),
              AGENT_OLD.publicKey(),
              CURVE.publicKey(),
              RSA.publicKey(),
              AGENT.publicKey())
          .map(KnownKey::of)
          .toList();

  private static final String REQUEST =
      """
      {"request_id":"req-1","merchant_order_no":"ORDER-7","amount":"12.50","count":2,"currency":"CNY",
       "timestamp":"2026-08-25T02:00:00Z","ext":{"z":"https://shop/a","a":"靠窗 <b>","Note":"é"},
       "items":[{"name":"seat","price":"12.50"}],"remark":null}
      """;

  /** Is one mistake: its name, the message that has it, and the cause that must be found. */
  private record Mistake(
      String name, SignatureCause cause, Supplier<SignedPart> made, List<SignedPart> earlier) {

    Diagnosis diagnosis() {
      return ActSignatureDoctor.examine(made.get(), Circumstances.at(KEYS, NOW), earlier);
    }

    @Override
    public String toString() {
      return name + " -> " + cause.code();
    }
  }

  private static Ed25519KeyPair ed25519(String id, int seed) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) seed);
    return new Ed25519KeyPair(id, bytes);
  }

  private static KeyPair pair(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static ObjectNode request(Signer signer) {
    return SignedJson.sign((ObjectNode) Json.parse(REQUEST), signer);
  }

  private static SignedPart part(ObjectNode message) {
    return new SignedMessagePart("", message, null);
  }

  private static Mistake mistake(String name, SignatureCause cause, Supplier<ObjectNode> made) {
    return new Mistake(name, cause, () -> part(made.get()), List.of());
  }

  /** Makes a message whose signature covers another text than the right one. */
  private static Mistake text(
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

  private static Stream<Mistake> texts(Signer signer) {
    var canonical = JsonStyle.CANONICAL;
    var arrived = canonical.in(JsonStyle.Order.ARRIVED);
    return Stream.of(
        text(
            "members in the order of the program",
            SignatureCause.NOT_SORTED,
            signer,
            m -> utf8(Json.write(m))),
        text(
            "only the outer members sorted",
            SignatureCause.SORTED_AT_TOP_ONLY,
            signer,
            m -> utf8(canonical.in(JsonStyle.Order.SORTED_AT_TOP).write(m))),
        text(
            "sorted without case",
            SignatureCause.SORTED_WITHOUT_CASE,
            signer,
            m -> utf8(canonical.in(JsonStyle.Order.WITHOUT_CASE).write(m))),
        text(
            "two blanks for each level",
            SignatureCause.PRETTY_PRINTED,
            signer,
            m -> utf8(arrived.indented("  ").write(m))),
        text(
            "pretty and sorted",
            SignatureCause.PRETTY_PRINTED,
            signer,
            m -> utf8(canonical.indented("    ").write(m))),
        text(
            "blanks after colon and comma",
            SignatureCause.BLANKS_AFTER_SEPARATORS,
            signer,
            m -> utf8(canonical.separated(": ", ", ").write(m))),
        text(
            "escapes for characters outside ASCII",
            SignatureCause.NON_ASCII_ESCAPED,
            signer,
            m -> utf8(canonical.with(JsonStyle.Escapes.NON_ASCII_LOWER).write(m))),
        text(
            "a backslash before each slash",
            SignatureCause.SLASHES_ESCAPED,
            signer,
            m -> utf8(canonical.with(JsonStyle.Escapes.SLASHES).write(m))),
        text(
            "escapes for signs of HTML",
            SignatureCause.HTML_ESCAPED,
            signer,
            m -> utf8(canonical.with(JsonStyle.Escapes.HTML).write(m))),
        text(
            "a whole number as 2.0",
            SignatureCause.NUMBER_FORM,
            signer,
            m -> utf8(canonical(m).replace("\"count\":2,", "\"count\":2.0,"))),
        text(
            "an amount without its last zero",
            SignatureCause.NUMBER_FORM,
            signer,
            m -> utf8(canonical(m.put("amount", "12.5")))),
        text(
            "an amount as a number",
            SignatureCause.NUMBER_FORM,
            signer,
            m -> utf8(canonical(m).replace("\"amount\":\"12.50\"", "\"amount\":12.5"))),
        text(
            "members that are null left out",
            SignatureCause.NULL_MEMBERS_LEFT_OUT,
            signer,
            m -> CanonicalJson.bytes(m.without("remark"))),
        text(
            "a member added after the signature",
            SignatureCause.MEMBER_NOT_SIGNED,
            signer,
            m -> CanonicalJson.bytes(m.without("currency"))),
        text(
            "an empty signature_content signed",
            SignatureCause.SIGNATURE_FIELD_SIGNED,
            signer,
            m -> CanonicalJson.bytes(m.put(SignedJson.SIGNATURE_CONTENT, ""))),
        text(
            "signer_id and signature_type added after the signature",
            SignatureCause.SIGNER_FIELDS_NOT_SIGNED,
            signer,
            m -> CanonicalJson.bytes(m.without(List.of("signer_id", "signature_type")))),
        text(
            "only an inner object signed",
            SignatureCause.INNER_PART_SIGNED,
            signer,
            m -> CanonicalJson.bytes(m.path("ext"))),
        text(
            "a line feed at the end",
            SignatureCause.TRAILING_NEWLINE,
            signer,
            m -> utf8(canonical(m) + "\n")),
        text(
            "a byte order mark",
            SignatureCause.BYTE_ORDER_MARK,
            signer,
            m -> utf8("\ufeff" + canonical(m))),
        text(
            "signed in GBK",
            SignatureCause.OTHER_CHARSET,
            signer,
            m -> canonical(m).getBytes(Charset.forName("GBK"))),
        text(
            "signed in UTF-16",
            SignatureCause.OTHER_CHARSET,
            signer,
            m -> canonical(m).getBytes(StandardCharsets.UTF_16LE)),
        text(
            "texts decomposed",
            SignatureCause.OTHER_UNICODE_FORM,
            signer,
            m -> utf8(Normalizer.normalize(canonical(m), Normalizer.Form.NFD))),
        text(
            "the digest signed",
            SignatureCause.DIGEST_SIGNED,
            signer,
            m -> SignatureProbe.digest("SHA-256", CanonicalJson.bytes(m))),
        text(
            "the digest signed as hexadecimal text",
            SignatureCause.DIGEST_SIGNED,
            signer,
            m -> utf8(SignatureProbe.hex("SHA-256", CanonicalJson.bytes(m)))),
        text(
            "the base64url text signed",
            SignatureCause.BASE64_TEXT_SIGNED,
            signer,
            m -> utf8(Base64Url.encode(CanonicalJson.bytes(m)))),
        text(
            "name=value pairs signed",
            SignatureCause.KEY_VALUE_TEXT_SIGNED,
            signer,
            ActSignatureMatrixTests::pairs));
  }

  private static byte[] pairs(ObjectNode message) {
    return utf8(
        message.properties().stream()
            .filter(member -> !member.getValue().isNull())
            .map(
                member ->
                    member.getKey()
                        + "="
                        + (member.getValue().isContainer()
                            ? new String(CanonicalJson.bytes(member.getValue()), UTF_8)
                            : member.getValue().asString("")))
            .sorted()
            .collect(Collectors.joining("&")));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static String canonical(ObjectNode message) {
    return new String(CanonicalJson.bytes(message), UTF_8);
  }

  /** Changes the text of a right signature. */
  private static Mistake value(
      String name, SignatureCause cause, Signer signer, Function<byte[], String> written) {
    return mistake(
        name,
        cause,
        () -> {
          var message = request(signer);
          var right =
              Base64Url.decode(message.path(SignedJson.SIGNATURE_CONTENT).stringValue())
                  .orElseThrow();
          return message.put(SignedJson.SIGNATURE_CONTENT, written.apply(right));
        });
  }

  /** Returns a signature whose base64 has the signs in which the two alphabets differ. */
  private static ObjectNode requestWithSpecialSigns() {
    for (int i = 0; i < 100; i++) {
      var message = (ObjectNode) Json.parse(REQUEST);
      SignedJson.sign(message.put("request_id", "req-" + i), AGENT);
      if (message.path(SignedJson.SIGNATURE_CONTENT).stringValue().matches(".*[-_].*")) {
        return message;
      }
    }
    throw new IllegalStateException("no signature with - or _");
  }

  private static Stream<Mistake> values() {
    var hex = HexFormat.of();
    var encoder = Base64.getEncoder();
    return Stream.of(
        value("no signature", SignatureCause.SIGNATURE_ABSENT, AGENT, _ -> ""),
        mistake(
            "standard Base64",
            SignatureCause.SIGNATURE_STANDARD_BASE64,
            () -> {
              var message = requestWithSpecialSigns();
              var text = message.path(SignedJson.SIGNATURE_CONTENT).stringValue();
              return message.put(
                  SignedJson.SIGNATURE_CONTENT, text.replace('-', '+').replace('_', '/'));
            }),
        value(
            "base64url with padding",
            SignatureCause.SIGNATURE_PADDED,
            AGENT,
            Base64.getUrlEncoder()::encodeToString),
        value("hexadecimal", SignatureCause.SIGNATURE_HEX, AGENT, hex::formatHex),
        value(
            "Base64 of the Base64 text",
            SignatureCause.SIGNATURE_ENCODED_TWICE,
            AGENT,
            right -> Base64Url.encode(utf8(encoder.encodeToString(right)))),
        value(
            "Base64 of the hexadecimal text",
            SignatureCause.SIGNATURE_ENCODED_TWICE,
            RSA,
            right -> Base64Url.encode(utf8(hex.formatHex(right)))),
        value(
            "percent codes",
            SignatureCause.SIGNATURE_PERCENT_ENCODED,
            AGENT,
            right -> encoder.encodeToString(right).replace("=", "%3D").replace("+", "%2B")),
        value(
            "line breaks of MIME",
            SignatureCause.SIGNATURE_WITH_BLANKS,
            RSA,
            right -> Base64.getMimeEncoder().encodeToString(right)),
        value(
            "quotes",
            SignatureCause.SIGNATURE_WITH_BLANKS,
            AGENT,
            right -> "\"" + Base64Url.encode(right) + "\""),
        value(
            "the end cut off",
            SignatureCause.SIGNATURE_TRUNCATED,
            AGENT,
            right -> Base64Url.encode(right).substring(0, 60)),
        value(
            "the end cut off, RSA",
            SignatureCause.SIGNATURE_TRUNCATED,
            RSA,
            right -> Base64Url.encode(right).substring(0, 255)),
        value(
            "too long",
            SignatureCause.SIGNATURE_LENGTH,
            AGENT,
            right -> Base64Url.encode(Arrays.copyOf(right, 256))),
        value("no Base64 at all", SignatureCause.SIGNATURE_NOT_TEXT, AGENT, _ -> "§§§"),
        value(
            "DER in place of r and s",
            SignatureCause.SIGNATURE_DER,
            CURVE,
            ActSignatureMatrixTests::der));
  }

  private static byte[] derInteger(byte[] number) {
    var value = new BigInteger(1, number).toByteArray();
    var der = new byte[value.length + 2];
    der[0] = 2;
    der[1] = (byte) value.length;
    System.arraycopy(value, 0, der, 2, value.length);
    return der;
  }

  private static String der(byte[] raw) {
    var r = derInteger(Arrays.copyOfRange(raw, 0, 32));
    var s = derInteger(Arrays.copyOfRange(raw, 32, 64));
    var der = new byte[2 + r.length + s.length];
    der[0] = 0x30;
    der[1] = (byte) (r.length + s.length);
    System.arraycopy(r, 0, der, 2, r.length);
    System.arraycopy(s, 0, der, 2 + r.length, s.length);
    return Base64Url.encode(der);
  }

  private static Stream<Mistake> keys() {
    return Stream.of(
        mistake("no signer_id", SignatureCause.KEY_ID_ABSENT, () -> signedAs("", AGENT)),
        mistake(
            "the DID without the key",
            SignatureCause.KEY_ID_WITHOUT_KEY,
            () -> signedAs("did:act:my-agent", AGENT)),
        mistake(
            "a key id that no participant has",
            SignatureCause.KEY_ID_UNKNOWN,
            () -> signedAs("did:act:my-agent#main", AGENT)),
        mistake(
            "an older key of the same participant",
            SignatureCause.KEY_OTHER_OF_PARTICIPANT,
            () -> signedAs(AGENT.signerId(), AGENT_OLD)),
        mistake(
            "the key of another participant",
            SignatureCause.KEY_OF_OTHER_PARTICIPANT,
            () -> signedAs(AGENT.signerId(), SHOP)),
        mistake(
            "signer_id changed after the signature",
            SignatureCause.KEY_ID_CHANGED,
            () -> request(AGENT).put(SignedJson.SIGNER_ID, SHOP.signerId())),
        mistake(
            "an RSA key that is not registered",
            SignatureCause.KEY_UNKNOWN,
            () -> request(new Rsa2KeyPair(RSA.signerId(), pair("RSA", 2048)))),
        mistake(
            "an Ed25519 key that is not registered",
            SignatureCause.KEY_OR_TEXT_UNKNOWN,
            () -> request(STRANGER)),
        mistake(
            "an Ed25519 signature over a text that has nothing to do with the message",
            SignatureCause.KEY_OR_TEXT_UNKNOWN,
            () ->
                request(AGENT)
                    .put(
                        SignedJson.SIGNATURE_CONTENT,
                        Base64Url.encode(AGENT.sign(utf8("something else"))))),
        mistake(
            "an RSA signature over a text that has nothing to do with the message",
            SignatureCause.TEXT_UNKNOWN,
            () ->
                request(RSA)
                    .put(
                        SignedJson.SIGNATURE_CONTENT,
                        Base64Url.encode(RSA.sign(utf8("something else"))))),
        mistake(
            "another name of the algorithm",
            SignatureCause.ALGORITHM_NAME,
            () -> {
              var message = (ObjectNode) Json.parse(REQUEST);
              message.put(SignedJson.SIGNER_ID, AGENT.signerId());
              message.put(SignedJson.SIGNATURE_TYPE, "EdDSA");
              return message.put(
                  SignedJson.SIGNATURE_CONTENT,
                  Base64Url.encode(AGENT.sign(CanonicalJson.bytes(message))));
            }),
        rsa("SHA-1", SignatureCause.HASH_OTHER, text -> jca("SHA1withRSA", text)),
        rsa("SHA-512", SignatureCause.HASH_OTHER, text -> jca("SHA512withRSA", text)),
        rsa(
            "a digest without the name of its hash",
            SignatureCause.HASH_OTHER,
            text -> encrypted(SignatureProbe.digest("SHA-256", text))),
        rsa("RSASSA-PSS", SignatureCause.PADDING_PSS, ActSignatureMatrixTests::pss));
  }

  private static Mistake rsa(String name, SignatureCause cause, Function<byte[], byte[]> signer) {
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

  private static byte[] jca(String algorithm, byte[] text) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(RSA_PAIR.getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static byte[] pss(byte[] text) {
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

  private static byte[] encrypted(byte[] digest) {
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, RSA_PAIR.getPrivate());
      return cipher.doFinal(digest);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static ObjectNode signedAs(String signerId, Signer signer) {
    var message = (ObjectNode) Json.parse(REQUEST);
    message.put(SignedJson.SIGNER_ID, signerId);
    message.put(SignedJson.SIGNATURE_TYPE, signer.type().name());
    return message.put(
        SignedJson.SIGNATURE_CONTENT, Base64Url.encode(signer.sign(CanonicalJson.bytes(message))));
  }

  private static final String CLAIMS =
      "{\"iss\":\"did:act:my-agent\",\"amount\":\"12.50\",\"n\":2}";

  private static ObjectNode header(Signer signer, String algorithm) {
    return Json.object().put("alg", algorithm).put("kid", signer.signerId()).put("typ", "vc+jwt");
  }

  private static String encoded(String json) {
    return Base64Url.encode(utf8(json));
  }

  private static String token(String header, String payload, Function<String, byte[]> signature) {
    var input = encoded(header) + "." + encoded(payload);
    return input + "." + Base64Url.encode(signature.apply(input));
  }

  private static Mistake tokenMistake(String name, SignatureCause cause, Supplier<String> token) {
    return tokenMistake(name, cause, "iac", token);
  }

  private static Mistake tokenMistake(
      String name, SignatureCause cause, String path, Supplier<String> token) {
    return new Mistake(
        "token: " + name,
        cause,
        () -> SignedTokenPart.find(path, token.get()).orElseThrow(),
        List.of());
  }

  private static Stream<Mistake> tokens() {
    var header = canonical(header(AGENT, "EdDSA"));
    var payload = canonical((ObjectNode) Json.parse(CLAIMS));
    return Stream.of(
        tokenMistake(
            "alg none",
            SignatureCause.ALGORITHM_NONE,
            () -> encoded(canonical(header(AGENT, "none"))) + "." + encoded(payload) + "."),
        tokenMistake(
            "another alg than the key's",
            SignatureCause.ALGORITHM_NAME,
            () ->
                token(
                    canonical(header(AGENT, "ES256")),
                    payload,
                    ActSignatureMatrixTests::agentText)),
        tokenMistake(
            "no signature",
            SignatureCause.SIGNATURE_ABSENT,
            () -> encoded(header) + "." + encoded(payload) + "."),
        tokenMistake(
            "only the payload signed",
            SignatureCause.TOKEN_PAYLOAD_ONLY,
            () -> token(header, payload, _ -> AGENT.sign(utf8(payload)))),
        tokenMistake(
            "the JSON signed",
            SignatureCause.TOKEN_JSON_SIGNED,
            () -> token(header, payload, _ -> AGENT.sign(utf8(header + "." + payload)))),
        tokenMistake(
            "parts signed with padding",
            SignatureCause.TOKEN_PARTS_PADDED,
            () ->
                token(
                    header,
                    payload,
                    _ ->
                        AGENT.sign(
                            utf8(
                                Base64.getUrlEncoder().encodeToString(utf8(header))
                                    + "."
                                    + Base64.getUrlEncoder().encodeToString(utf8(payload)))))),
        tokenMistake(
            "a dot signed at the end",
            SignatureCause.TOKEN_FORM,
            () -> token(header, payload, input -> AGENT.sign(utf8(input + ".")))),
        tokenMistake(
            "kid changed after the signature",
            SignatureCause.TOKEN_HEADER_CHANGED,
            () ->
                token(
                    canonical(header(SHOP, "EdDSA")),
                    payload,
                    _ -> AGENT.sign(utf8(encoded(header) + "." + encoded(payload))))),
        tokenMistake(
            "typ changed after the signature",
            SignatureCause.TOKEN_HEADER_CHANGED,
            () ->
                token(
                    header,
                    payload,
                    _ ->
                        AGENT.sign(
                            utf8(
                                encoded(canonical(header(AGENT, "EdDSA").put("typ", "JWT")))
                                    + "."
                                    + encoded(payload))))),
        tokenMistake(
            "a header with its own key",
            SignatureCause.TOKEN_HEADER_MEMBERS,
            () ->
                token(
                    canonical(header(AGENT, "EdDSA").put("jku", "x")),
                    payload,
                    ActSignatureMatrixTests::agentText)),
        tokenMistake(
            "a payload that is not canonical",
            SignatureCause.TOKEN_PAYLOAD_NOT_CANONICAL,
            () -> token(header, CLAIMS, ActSignatureMatrixTests::agentText)),
        tokenMistake(
            "the payload written anew after the signature",
            SignatureCause.NOT_SORTED,
            () ->
                token(
                    header,
                    CLAIMS,
                    _ -> AGENT.sign(utf8(encoded(header) + "." + encoded(payload))))),
        tokenMistake(
            "a proof that is not wrapped",
            SignatureCause.TOKEN_FORM,
            "protocol.payment_proof",
            () -> token(header, payload, ActSignatureMatrixTests::agentText)),
        tokenMistake(
            "DER",
            SignatureCause.SIGNATURE_DER,
            () -> {
              var input = encoded(canonical(header(CURVE, "ES256"))) + "." + encoded(payload);
              return input + "." + der(CURVE.sign(utf8(input)));
            }),
        tokenMistake(
            "expired",
            SignatureCause.CLOCK,
            () ->
                token(
                    header,
                    "{\"validUntil\":\"2026-08-25T01:59:59Z\"}",
                    ActSignatureMatrixTests::agentText)));
  }

  private static byte[] agentText(String input) {
    return AGENT.sign(utf8(input));
  }

  private static Stream<Mistake> others() {
    var earlier = request(AGENT);
    var second = earlier.deepCopy().put("request_id", "req-2").put("merchant_order_no", "ORDER-8");
    second.put("amount", "99.00");
    return Stream.of(
        new Mistake(
            "an amount changed after the signature",
            SignatureCause.CHANGED_AFTER_SIGNING,
            () -> part(earlier.deepCopy().put("amount", "1.25")),
            List.of(part(earlier))),
        new Mistake(
            "the signature of an earlier message",
            SignatureCause.OTHER_MESSAGE,
            () -> part(second),
            List.of(part(earlier))),
        new Mistake(
            "the whole message signed in place of its signed part",
            SignatureCause.OUTER_MESSAGE_SIGNED,
            () -> {
              var bill = (ObjectNode) Json.parse(REQUEST);
              bill.put(SignedJson.SIGNER_ID, SHOP.signerId());
              bill.put(SignedJson.SIGNATURE_TYPE, SHOP.type().name());
              var outer = Json.object();
              outer.set("method", Json.object().put("method_id", "x"));
              outer.set("protocol", bill);
              var signature = SHOP.sign(CanonicalJson.bytes(outer));
              bill.put(SignedJson.SIGNATURE_CONTENT, Base64Url.encode(signature));
              return new SignedMessagePart("protocol", bill, outer);
            },
            List.of()),
        mistake(
            "a number that no double holds",
            SignatureCause.NO_CANONICAL_FORM,
            () ->
                ((ObjectNode) Json.parse("{\"n\":12345678901234567890}"))
                    .put(SignedJson.SIGNER_ID, AGENT.signerId())
                    .put(SignedJson.SIGNATURE_TYPE, AGENT.type().name())
                    .put(SignedJson.SIGNATURE_CONTENT, "AA")),
        mistake(
            "a clock that is ten minutes wrong",
            SignatureCause.CLOCK,
            () ->
                SignedJson.sign(
                    ((ObjectNode) Json.parse(REQUEST)).put("timestamp", "2026-08-25T02:10:00Z"),
                    AGENT)),
        record("the whole record signed", SignatureCause.OUTER_MESSAGE_SIGNED, r -> r),
        record(
            "only the body of the record signed",
            SignatureCause.INNER_PART_SIGNED,
            r -> (ObjectNode) r.path("event_body")));
  }

  private static Mistake record(
      String name, SignatureCause cause, Function<ObjectNode, ObjectNode> signed) {
    return new Mistake(
        "record: " + name,
        cause,
        () -> {
          var record =
              (ObjectNode)
                  Json.parse(
                      """
                      {"record_id":"r1","business_time":"2026-08-25T02:00:00Z","salt":"c2FsdA",
                       "event_type":"x","event_body":{"amount":"12.50"},"participants":[],"signatures":[]}
                      """);
          var covered = record.without("signatures");
          var entry =
              Json.object()
                  .put("signer_id", SHOP.signerId())
                  .put("signature_type", "ED25519")
                  .put(
                      "signature_value",
                      Base64Url.encode(SHOP.sign(CanonicalJson.bytes(signed.apply(covered)))));
          return new SignedRecordPart("", record, entry);
        },
        List.of());
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(values(), keys(), texts(AGENT), texts(RSA), texts(CURVE), tokens(), others())
        .flatMap(each -> each);
  }

  /** Returns a line of docs/doctor.md for each mistake: what was made, and what was named. */
  public static Stream<DoctorDocumentTests.Line> lines() {
    return mistakes()
        .map(
            mistake ->
                new DoctorDocumentTests.Line(mistake.cause(), mistake.name(), mistake.diagnosis()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesTheMistakeThatWasMade(Mistake mistake) {
    var diagnosis = mistake.diagnosis();
    assertThat(diagnosis.causes()).isNotEmpty();
    assertThat(diagnosis.causes().getFirst().cause()).isEqualTo(mistake.cause());
    boolean open = mistake.cause() == SignatureCause.KEY_OR_TEXT_UNKNOWN;
    assertThat(diagnosis.causes()).hasSize(open ? 3 : 1);
    assertThat(diagnosis.complete()).isTrue();
  }

  @Test
  void aRightMessageHasNoMistake() {
    for (var signer : List.of(AGENT, CURVE, RSA)) {
      var diagnosis =
          ActSignatureDoctor.examine(part(request(signer)), Circumstances.at(KEYS, NOW), List.of());
      assertThat(diagnosis.outcome()).isEqualTo(Diagnosis.Outcome.VERIFIED);
      assertThat(diagnosis.isFaultless()).isTrue();
      assertThat(diagnosis.signedBy()).isEqualTo(signer.signerId());
    }
  }

  @Test
  void showsTheFirstByteThatDiffers() {
    var diagnosis =
        text("", SignatureCause.TRAILING_NEWLINE, AGENT, m -> utf8(canonical(m) + "\n"))
            .diagnosis();
    var difference = Objects.requireNonNull(diagnosis.difference());
    assertThat(difference.at()).isEqualTo(utf8(String.valueOf(diagnosis.expected())).length);
    assertThat(difference.signedHex()).endsWith("0a");
  }

  @Test
  void everyCauseOfActHasAMistakeThatShowsIt() {
    var shown = mistakes().map(Mistake::cause).collect(Collectors.toSet());
    assertThat(SignatureCause.values())
        .filteredOn(cause -> cause != SignatureCause.NOT_JSON && !cause.isAlipay())
        .allSatisfy(cause -> assertThat(shown).contains(cause));
  }
}
