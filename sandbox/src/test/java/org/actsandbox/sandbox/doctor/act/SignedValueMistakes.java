package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.AGENT;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.CURVE;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.REQUEST;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.RSA;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.mistake;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.request;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.text;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.utf8;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.SignedRequestFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import tools.jackson.databind.node.ObjectNode;

/** Makes mistakes in values that changed between signing and sending. */
final class SignedValueMistakes {

  private SignedValueMistakes() {}

  /** Changes the text of a right signature. */
  static Mistake value(
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
  static ObjectNode requestWithSpecialSigns() {
    for (int i = 0; i < 100; i++) {
      var message = (ObjectNode) Json.parse(REQUEST);
      SignedJson.sign(message.put("request_id", "req-" + i), AGENT);
      if (message.path(SignedJson.SIGNATURE_CONTENT).stringValue().matches(".*[-_].*")) {
        return message;
      }
    }
    throw new IllegalStateException("no signature with - or _");
  }

  static Stream<Mistake> values() {
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
            SignedRequestFixture::der));
  }
}
