package org.actsandbox.sandbox.doctor.act;

import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.AGENT;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.CURVE;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.SHOP;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.canonical;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.der;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.utf8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.SignedRequestFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import tools.jackson.databind.node.ObjectNode;

/** Makes mistakes in credentials, which are signed as compact JWS. */
final class TokenMistakes {

  private TokenMistakes() {}

  static final String CLAIMS = "{\"iss\":\"did:act:my-agent\",\"amount\":\"12.50\",\"n\":2}";

  static ObjectNode header(Signer signer, String algorithm) {
    return Json.object().put("alg", algorithm).put("kid", signer.signerId()).put("typ", "vc+jwt");
  }

  static String encoded(String json) {
    return Base64Url.encode(utf8(json));
  }

  static String token(String header, String payload, Function<String, byte[]> signature) {
    var input = encoded(header) + "." + encoded(payload);
    return input + "." + Base64Url.encode(signature.apply(input));
  }

  static Mistake tokenMistake(String name, SignatureCause cause, Supplier<String> token) {
    return tokenMistake(name, cause, "iac", token);
  }

  static Mistake tokenMistake(
      String name, SignatureCause cause, String path, Supplier<String> token) {
    return new Mistake(
        "token: " + name,
        cause,
        () -> SignedTokenPart.find(path, token.get()).orElseThrow(),
        List.of());
  }

  static Stream<Mistake> tokens() {
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
            () -> token(canonical(header(AGENT, "ES256")), payload, TokenMistakes::agentText)),
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
                    TokenMistakes::agentText)),
        tokenMistake(
            "a payload that is not canonical",
            SignatureCause.TOKEN_PAYLOAD_NOT_CANONICAL,
            () -> token(header, CLAIMS, TokenMistakes::agentText)),
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
            () -> token(header, payload, TokenMistakes::agentText)),
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
                    TokenMistakes::agentText)));
  }

  static byte[] agentText(String input) {
    return AGENT.sign(utf8(input));
  }
}
