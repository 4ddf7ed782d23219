package org.actsandbox.sandbox.doctor.act;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is a compact JWS (RFC 7515): a payment proof, a credential, an anchor. Its signature covers the
 * encoded header and the encoded payload with a dot between.
 *
 * @param wrong what is wrong with the place of the token, such as a proof that is not wrapped
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record SignedTokenPart(
    String path,
    String input,
    String signature,
    ObjectNode header,
    byte[] payload,
    @Nullable NamedCause wrong)
    implements SignedPart {

  private static final Pattern TOKEN =
      Pattern.compile("(eyJ[A-Za-z0-9_-]+={0,2})\\.([A-Za-z0-9_-]+={0,2})\\.([^.]*)");

  private static final String PROOF_FIELD = "payment_proof";
  private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

  /** Kinds of tokens whose payload has one spelling only. */
  private static final Set<String> CANONICAL_TYPES = Set.of(IacCodec.TYPE, AnchorCodec.TYPE);

  private static final List<String> ALGORITHMS = List.of("EdDSA", "ES256", "RS256");
  private static final List<String> TYPES =
      List.of("JWT", "JOSE", "vc+jwt", "act-payment-proof+jwt");

  /**
   * Reads a token, or the base64url text of one, as payment proofs are.
   *
   * @param path where the text stands; its last part says whether it is a payment proof
   */
  static Optional<SignedTokenPart> find(String path, String text) {
    boolean isProof = path.equals(PROOF_FIELD) || path.endsWith("." + PROOF_FIELD);
    var bare = parse(path, text, null);
    if (bare.isPresent()) {
      return isProof
          ? parse(path, text, new NamedCause(SignatureCause.TOKEN_FORM, PROOF_FIELD))
          : bare;
    }
    return inner(text).flatMap(token -> parse(path, token, null));
  }

  private static Optional<String> inner(String text) {
    if (text.length() < 32 || text.indexOf('.') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException notBase64Url) {
      return Optional.empty();
    }
  }

  private static Optional<SignedTokenPart> parse(
      String path, String text, @Nullable NamedCause wrong) {
    var token = TOKEN.matcher(text.strip());
    if (!token.matches()) {
      return Optional.empty();
    }
    try {
      var payload = Base64.getUrlDecoder().decode(token.group(2));
      return Json.parse(Base64.getUrlDecoder().decode(token.group(1))) instanceof ObjectNode header
          ? Optional.of(
              new SignedTokenPart(
                  path,
                  token.group(1) + "." + token.group(2),
                  token.group(3),
                  header,
                  payload,
                  wrong))
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException noToken) {
      return Optional.empty();
    }
  }

  @Override
  public String subject() {
    return "token";
  }

  @Override
  public String claimedKey() {
    return header.path("kid").asString("");
  }

  @Override
  public String algorithm() {
    return header.path("alg").asString("");
  }

  @Override
  public String algorithmOf(KnownKey key) {
    var verification = key.key();
    if (verification == null) {
      return "";
    }
    return switch (verification.type()) {
      case ED25519 -> "EdDSA";
      case ES256 -> "ES256";
      case RSA2 -> "RS256";
    };
  }

  @Override
  public byte[] expected() {
    return input.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public JsonNode content() {
    return payloadObject().<JsonNode>map(each -> each).orElseGet(Json::object);
  }

  private Optional<ObjectNode> payloadObject() {
    try {
      return Json.parse(payload) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<NamedCause> otherMistake() {
    if (wrong != null) {
      return Optional.of(wrong);
    }
    var members = new TreeSet<>(header.propertyNames());
    if (!members.equals(HEADER)) {
      return Optional.of(
          new NamedCause(SignatureCause.TOKEN_HEADER_MEMBERS, String.join(", ", members)));
    }
    return CANONICAL_TYPES.contains(header.path("typ").asString("")) && !isCanonical()
        ? Optional.of(new NamedCause(SignatureCause.TOKEN_PAYLOAD_NOT_CANONICAL, ""))
        : Optional.empty();
  }

  private boolean isCanonical() {
    return payloadObject()
        .filter(object -> CanonicalJson.findMismatch(object).isEmpty())
        .filter(object -> Arrays.equals(CanonicalJson.bytes(object), payload))
        .isPresent();
  }

  @Override
  public Stream<TextCandidate> candidates(List<KnownKey> keys) {
    return Stream.of(encodings(), headers(keys), payloads(), SignedMessagePart.bytesOf(expected()))
        .flatMap(each -> each);
  }

  private Stream<TextCandidate> encodings() {
    var headerText = headerText();
    var payloadText = new String(payload, UTF_8);
    var encodedPayload = input.substring(input.indexOf('.') + 1);
    return Stream.of(
        new TextCandidate(SignatureCause.TOKEN_PAYLOAD_ONLY, "", payload),
        TextCandidate.of(SignatureCause.TOKEN_PAYLOAD_ONLY, encodedPayload),
        TextCandidate.of(SignatureCause.TOKEN_JSON_SIGNED, headerText + "." + payloadText),
        TextCandidate.of(SignatureCause.TOKEN_JSON_SIGNED, headerText + payloadText),
        joined(SignatureCause.TOKEN_PARTS_PADDED, Base64.getUrlEncoder()::encodeToString),
        joined(SignatureCause.TOKEN_PARTS_PADDED, Base64.getEncoder()::encodeToString),
        joined(
            SignatureCause.TOKEN_PARTS_PADDED,
            Base64.getEncoder().withoutPadding()::encodeToString),
        TextCandidate.of(SignatureCause.TOKEN_FORM, "a dot at the end", input + "."));
  }

  private String headerText() {
    return new String(Base64.getUrlDecoder().decode(input.substring(0, input.indexOf('.'))), UTF_8);
  }

  private TextCandidate joined(SignatureCause cause, Function<byte[], String> encoding) {
    return TextCandidate.of(
        cause, encoding.apply(headerText().getBytes(UTF_8)) + "." + encoding.apply(payload));
  }

  private Stream<TextCandidate> headers(List<KnownKey> keys) {
    var found = new ArrayList<TextCandidate>();
    for (var name : ALGORITHMS) {
      addHeader(found, "alg " + name, header.deepCopy().put("alg", name));
    }
    for (var name : TYPES) {
      addHeader(found, "typ " + name, header.deepCopy().put("typ", name));
    }
    keys.stream()
        .filter(key -> !key.id().equals(claimedKey()))
        .forEach(
            key -> addHeader(found, "kid " + key.id(), header.deepCopy().put("kid", key.id())));
    for (var name : header.propertyNames()) {
      var without = header.deepCopy();
      without.remove(name);
      addHeader(found, "no " + name, without);
    }
    addHeader(found, "the order of its members", header);
    return found.stream();
  }

  private void addHeader(List<TextCandidate> found, String detail, ObjectNode other) {
    for (var order : List.of(JsonStyle.Order.ARRIVED, JsonStyle.Order.SORTED)) {
      var text = JsonStyle.CANONICAL.in(order).write(other);
      if (!text.equals(headerText())) {
        found.add(
            TextCandidate.of(
                SignatureCause.TOKEN_HEADER_CHANGED,
                detail,
                base64Url(text.getBytes(UTF_8)) + input.substring(input.indexOf('.'))));
      }
    }
  }

  private Stream<TextCandidate> payloads() {
    var encodedHeader = input.substring(0, input.indexOf('.') + 1);
    return payloadObject().stream()
        .flatMap(
            object ->
                Stream.concat(
                    Stream.of(
                        TextCandidate.of(
                            SignatureCause.NOT_SORTED, JsonStyle.CANONICAL.write(object))),
                    new JsonVariants(object).all()))
        .filter(candidate -> !Arrays.equals(candidate.bytes(), payload))
        .map(
            candidate ->
                TextCandidate.of(
                    candidate.cause(),
                    candidate.detail(),
                    encodedHeader + base64Url(candidate.bytes())));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns whether the token claims to need no signature. */
  boolean isUnsigned() {
    return algorithm().equalsIgnoreCase("none");
  }
}
