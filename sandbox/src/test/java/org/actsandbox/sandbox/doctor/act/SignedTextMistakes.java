package org.actsandbox.sandbox.doctor.act;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.canonical;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.text;
import static org.actsandbox.sandbox.doctor.act.SignedRequestFixture.utf8;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.Base64Url;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.act.SignedRequestFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import tools.jackson.databind.node.ObjectNode;

/** Makes mistakes in the text that is signed: white space, escapes, order, encoding, digests. */
final class SignedTextMistakes {

  private SignedTextMistakes() {}

  static Stream<Mistake> texts(Signer signer) {
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
            SignedTextMistakes::pairs));
  }

  static byte[] pairs(ObjectNode message) {
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
}
