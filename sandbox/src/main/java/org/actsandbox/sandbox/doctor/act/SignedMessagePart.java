package org.actsandbox.sandbox.doctor.act;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is a JSON object with the three fields of {@link SignedJson}.
 *
 * @param outer the object that contains it; null for none
 */
public record SignedMessagePart(String path, ObjectNode message, @Nullable ObjectNode outer)
    implements SignedPart {

  private static final String BOM = "\ufeff";

  /** Charsets in which a program signs if it does not name UTF-8. */
  private static final List<Charset> OTHER_CHARSETS =
      List.of(
          Charset.forName("GBK"),
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.ISO_8859_1);

  @Override
  public String subject() {
    return "message";
  }

  @Override
  public String claimedKey() {
    return message.path(SignedJson.SIGNER_ID).asString("");
  }

  @Override
  public String algorithm() {
    return message.path(SignedJson.SIGNATURE_TYPE).asString("");
  }

  @Override
  public String algorithmOf(KnownKey key) {
    var verification = key.key();
    return verification == null ? "" : verification.type().name();
  }

  @Override
  public String signature() {
    return message.path(SignedJson.SIGNATURE_CONTENT).asString("");
  }

  @Override
  public byte[] expected() {
    return SignedJson.signedBytes(message);
  }

  @Override
  public Optional<NamedCause> otherMistake() {
    return Optional.empty();
  }

  @Override
  public JsonNode content() {
    return message;
  }

  private ObjectNode unsigned() {
    var copy = message.deepCopy();
    copy.remove(SignedJson.SIGNATURE_CONTENT);
    return copy;
  }

  @Override
  public Stream<TextCandidate> candidates(List<KnownKey> keys) {
    return Stream.of(
            memberSets(), bytes(expected()), new JsonVariants(unsigned()).all(), otherKeyIds(keys))
        .flatMap(each -> each);
  }

  /** Returns the texts over other members than those that the signature must cover. */
  private Stream<TextCandidate> memberSets() {
    var found = new ArrayList<TextCandidate>();
    var canonical = JsonStyle.CANONICAL;
    var emptied = message.deepCopy().put(SignedJson.SIGNATURE_CONTENT, "");
    found.add(
        TextCandidate.of(SignatureCause.SIGNATURE_FIELD_SIGNED, "\"\"", canonical.write(emptied)));
    emptied.putNull(SignedJson.SIGNATURE_CONTENT);
    found.add(
        TextCandidate.of(SignatureCause.SIGNATURE_FIELD_SIGNED, "null", canonical.write(emptied)));
    for (var fields :
        List.of(
            List.of(SignedJson.SIGNER_ID, SignedJson.SIGNATURE_TYPE),
            List.of(SignedJson.SIGNATURE_TYPE),
            List.of(SignedJson.SIGNER_ID))) {
      var without = unsigned();
      without.remove(fields);
      found.add(
          TextCandidate.of(
              SignatureCause.SIGNER_FIELDS_NOT_SIGNED,
              String.join(", ", fields),
              canonical.write(without)));
      found.add(
          TextCandidate.of(
              SignatureCause.SIGNER_FIELDS_NOT_SIGNED,
              String.join(", ", fields),
              canonical.in(JsonStyle.Order.ARRIVED).write(without)));
    }
    addOuter(found);
    for (var member : message.properties()) {
      if (member.getValue() instanceof ObjectNode inner) {
        found.add(
            TextCandidate.of(
                SignatureCause.INNER_PART_SIGNED, member.getKey(), canonical.write(inner)));
      }
    }
    return found.stream();
  }

  private void addOuter(List<TextCandidate> found) {
    if (outer == null) {
      return;
    }
    var bare = outer.deepCopy();
    for (var member : outer.properties()) {
      if (member.getValue().equals(message)) {
        bare.set(member.getKey(), unsigned());
        var cut = outer.deepCopy();
        cut.set(member.getKey(), withoutSignerFields());
        found.add(
            TextCandidate.of(SignatureCause.OUTER_MESSAGE_SIGNED, JsonStyle.CANONICAL.write(cut)));
      }
    }
    found.add(
        TextCandidate.of(SignatureCause.OUTER_MESSAGE_SIGNED, JsonStyle.CANONICAL.write(bare)));
  }

  private ObjectNode withoutSignerFields() {
    var copy = unsigned();
    copy.remove(List.of(SignedJson.SIGNER_ID, SignedJson.SIGNATURE_TYPE));
    return copy;
  }

  private Stream<TextCandidate> otherKeyIds(List<KnownKey> keys) {
    return keys.stream()
        .map(KnownKey::id)
        .filter(id -> !id.equals(claimedKey()))
        .map(
            id ->
                TextCandidate.of(
                    SignatureCause.KEY_ID_CHANGED,
                    id,
                    JsonStyle.CANONICAL.write(unsigned().put(SignedJson.SIGNER_ID, id))));
  }

  /** Returns the right text with other bytes: a line feed, a charset, a digest of it. */
  private Stream<TextCandidate> bytes(byte[] expected) {
    var text = new String(expected, UTF_8);
    return Stream.concat(bytesOf(expected), Stream.of(keyValueText()))
        .filter(candidate -> !new String(candidate.bytes(), UTF_8).equals(text));
  }

  /** Returns what a program signs that treats the right bytes wrongly. */
  static Stream<TextCandidate> bytesOf(byte[] expected) {
    var text = new String(expected, UTF_8);
    var digest = SignatureProbe.digest("SHA-256", expected);
    var hex = HexFormat.of();
    return Stream.of(
            Stream.of(
                TextCandidate.of(SignatureCause.TRAILING_NEWLINE, "\\n", text + "\n"),
                TextCandidate.of(SignatureCause.TRAILING_NEWLINE, "\\r\\n", text + "\r\n"),
                TextCandidate.of(SignatureCause.BYTE_ORDER_MARK, BOM + text),
                new TextCandidate(SignatureCause.DIGEST_SIGNED, "SHA-256", digest),
                TextCandidate.of(
                    SignatureCause.DIGEST_SIGNED, "SHA-256 hex", hex.formatHex(digest)),
                TextCandidate.of(
                    SignatureCause.DIGEST_SIGNED,
                    "SHA-256 HEX",
                    hex.withUpperCase().formatHex(digest)),
                TextCandidate.of(
                    SignatureCause.DIGEST_SIGNED,
                    "SHA-256 base64",
                    Base64.getEncoder().encodeToString(digest)),
                TextCandidate.of(
                    SignatureCause.DIGEST_SIGNED,
                    "SHA-256 base64url",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(digest)),
                TextCandidate.of(
                    SignatureCause.BASE64_TEXT_SIGNED,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(expected)),
                TextCandidate.of(
                    SignatureCause.BASE64_TEXT_SIGNED,
                    Base64.getEncoder().encodeToString(expected))),
            OTHER_CHARSETS.stream()
                .map(
                    charset ->
                        new TextCandidate(
                            SignatureCause.OTHER_CHARSET, charset.name(), text.getBytes(charset))))
        .flatMap(each -> each);
  }

  /** Returns the text that a signature of the Alipay profile would cover. */
  private TextCandidate keyValueText() {
    var sorted = new TreeMap<String, String>();
    for (var member : unsigned().properties()) {
      var value = member.getValue();
      sorted.put(
          member.getKey(),
          value.isContainer() ? JsonStyle.CANONICAL.write(value) : value.asString(""));
    }
    return TextCandidate.of(
        SignatureCause.KEY_VALUE_TEXT_SIGNED,
        sorted.entrySet().stream()
            .filter(member -> !member.getValue().isEmpty())
            .map(member -> member.getKey() + "=" + member.getValue())
            .collect(Collectors.joining("&")));
  }
}
