package org.actsandbox.sandbox.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.rest.RestAuthorization;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.Examination.Kind;
import org.actsandbox.sandbox.doctor.act.ActSignatureDoctor;
import org.actsandbox.sandbox.doctor.act.SignedPart;
import org.actsandbox.sandbox.doctor.act.SignedParts;
import org.actsandbox.sandbox.doctor.alipay.AnswerDoctor;
import org.actsandbox.sandbox.doctor.alipay.BillDoctor;
import org.actsandbox.sandbox.doctor.alipay.GatewayDoctor;
import org.actsandbox.sandbox.doctor.alipay.RestDoctor;
import org.actsandbox.sandbox.doctor.diagnosis.Circumstances;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a text that somebody pasted, recognizes what it is, and examines every signature in it.
 * Nothing of the text is kept.
 */
public final class SignatureDoctor {

  /** Ours: the longest text, as for messages of the protocol. */
  public static final int MAX_CHARS = Json.MAX_CHARS;

  private static final List<String> A402 =
      List.of(
          A402Headers.PAYMENT_NEEDED, A402Headers.PAYMENT_PROOF, A402Headers.PAYMENT_VALIDATION);

  private static final Pattern FORM = Pattern.compile("(?s)[A-Za-z0-9_%.]{1,64}=.*");
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+\\?\\S+");

  private final DoctorKeys keys;
  private final @Nullable Instant now;
  private final byte @Nullable [] signedBySender;
  private final Supplier<List<SignedPart>> earlier;

  /**
   * @param now the time at which the message was judged; null if it is not known
   * @param signedBySender the text that the sender signed, or its digest; null if it is not known
   * @param earlier reads signed parts of earlier messages; it is asked only for a signature of ACT
   *     that nothing else explains
   */
  public SignatureDoctor(
      DoctorKeys keys,
      @Nullable Instant now,
      byte @Nullable [] signedBySender,
      Supplier<List<SignedPart>> earlier) {
    this.keys = keys;
    this.now = now;
    this.signedBySender = signedBySender == null ? null : signedBySender.clone();
    this.earlier = earlier;
  }

  public static SignatureDoctor of(DoctorKeys keys) {
    return new SignatureDoctor(keys, null, null, List::of);
  }

  /** Examines a text of at most {@link #MAX_CHARS} characters. */
  public Examination examine(String pasted) {
    if (PrivateKeyFinder.isIn(pasted)) {
      return Examination.nothing(Kind.PRIVATE_KEY, "");
    }
    var text = pasted.strip();
    return key(text)
        .or(() -> http(text))
        .or(() -> json(pasted))
        .or(() -> token(text))
        .or(() -> header(text))
        .or(() -> form(text))
        .or(() -> complaint(text))
        .orElseGet(() -> Examination.nothing(Kind.NOTHING_SIGNED, ""));
  }

  /** Examines one part of an ACT message, as the journal has it. */
  public Diagnosis examine(SignedPart part) {
    return ActSignatureDoctor.examine(
        part, new Circumstances(keys.participants(), now, signedBySender), earlier);
  }

  private Optional<Examination> key(String text) {
    if (!text.startsWith("-----BEGIN") && !text.startsWith("MII")) {
      return Optional.empty();
    }
    try {
      var key = RsaKeyText.read(text).publicKey();
      return Optional.of(Examination.nothing(Kind.PUBLIC_KEY, ownerOf(key)));
    } catch (KeyTextException noKey) {
      return Optional.of(
          Examination.of(
              Kind.PUBLIC_KEY,
              Examination.certain(
                  "public_key", SignatureCause.KEY_TEXT_UNUSABLE, noKey.mistake().description())));
    }
  }

  /** Says whose key it is, so that a merchant can compare what it has with what is registered. */
  private String ownerOf(RSAPublicKey key) {
    var alipay = keys.alipay();
    var fingerprint = RsaKeyWriter.fingerprint(key);
    if (key.equals(alipay.platform())) {
      return DoctorKeys.PLATFORM + " " + fingerprint;
    }
    for (var app : alipay.apps()) {
      if (key.equals(app.key())) {
        return app.id() + " " + fingerprint;
      }
      if (app.formerKeys().contains(key)) {
        return app.id() + " (former) " + fingerprint;
      }
    }
    return keys.participants().stream()
        .filter(known -> key.equals(known.rsa()))
        .findFirst()
        .map(known -> known.id() + " " + fingerprint)
        .orElse("? " + fingerprint);
  }

  private Optional<Examination> http(String text) {
    return HttpMessageText.read(text).map(this::http);
  }

  private Examination http(HttpMessageText message) {
    var v3 = RestAuthorization.read(message.header("authorization"));
    if (v3.isPresent()) {
      return Examination.of(
          Kind.V3_REQUEST,
          RestDoctor.examine(
              v3.get(),
              message.method(),
              message.pathAndQuery(),
              message.body(),
              message.header("alipay-app-auth-token"),
              keys.alipay()));
    }
    var diagnoses = new ArrayList<Diagnosis>();
    var kind = Kind.ACT_MESSAGE;
    for (var name : A402) {
      var value = message.header(name.toLowerCase(Locale.ROOT));
      if (!value.isEmpty()) {
        var found = header(value);
        found.ifPresent(each -> diagnoses.addAll(each.diagnoses()));
        kind = found.map(Examination::kind).filter(each -> each == Kind.BILL).orElse(kind);
      }
    }
    boolean isJson = message.body().stripLeading().startsWith("{");
    if (diagnoses.isEmpty()
        && !isJson
        && (message.query().contains("sign=") || message.body().contains("sign="))) {
      return gateway(message);
    }
    var body = json(message.body());
    body.ifPresent(each -> diagnoses.addAll(each.diagnoses()));
    if (body.isPresent() && kind == Kind.ACT_MESSAGE) {
      kind = body.get().kind();
    }
    return diagnoses.isEmpty()
        ? Examination.nothing(Kind.NOTHING_SIGNED, "")
        : new Examination(kind, diagnoses, "");
  }

  private Examination gateway(HttpMessageText message) {
    return gateway(call(message), message.header("user-agent"));
  }

  private static GatewayRequest call(HttpMessageText message) {
    return GatewayRequest.read(
        message.query(), message.header("content-type"), message.body().strip().getBytes(UTF_8));
  }

  /** Reads the text of an HTTP request as a call of the gateway. */
  public static Optional<GatewayRequest> gatewayCall(String text) {
    return HttpMessageText.read(text).map(SignatureDoctor::call);
  }

  private Examination gateway(GatewayRequest request, String userAgent) {
    var values = request.values();
    boolean isNotification =
        values.containsKey("notify_id")
            || values.containsKey("notify_type")
            || values.getOrDefault("method", "").endsWith(".return");
    return isNotification
        ? Examination.of(
            Kind.NOTIFICATION, GatewayDoctor.examineNotification(request, keys.alipay()))
        : Examination.of(
            Kind.GATEWAY_REQUEST, GatewayDoctor.examineRequest(request, userAgent, keys.alipay()));
  }

  /** Examines a request to the gateway as its bytes arrived. */
  public Diagnosis examine(GatewayRequest request, String userAgent) {
    return gateway(request, userAgent).diagnoses().getFirst();
  }

  private Optional<Examination> json(String pasted) {
    var text = pasted.strip();
    boolean hasBom = !text.isEmpty() && text.charAt(0) == '\ufeff';
    var bare = hasBom ? text.substring(1) : text;
    if (!bare.startsWith("{") && !bare.startsWith("[")) {
      return Optional.empty();
    }
    if (AnswerDoctor.isAnswer(bare)) {
      return Optional.of(Examination.of(Kind.ANSWER, AnswerDoctor.examine(bare, keys.alipay())));
    }
    try {
      var tree = Json.parse(bare);
      if (hasBom) {
        return Optional.of(
            Examination.of(
                Kind.ACT_MESSAGE,
                Examination.certain("message", SignatureCause.BYTE_ORDER_MARK, "")));
      }
      return Optional.of(tree(tree, ""));
    } catch (JacksonException notJson) {
      return Optional.of(
          Examination.of(
              Kind.ACT_MESSAGE,
              Examination.certain(
                  "message", SignatureCause.NOT_JSON, notJson.getOriginalMessage())));
    }
  }

  private Examination tree(JsonNode tree, String header) {
    if (tree instanceof ObjectNode object && BillDoctor.isBill(object)) {
      return Examination.of(Kind.BILL, BillDoctor.examine(object, "", header, keys.alipay()));
    }
    return act(SignedParts.of(tree));
  }

  private Examination act(List<SignedPart> parts) {
    return parts.isEmpty()
        ? Examination.nothing(Kind.NOTHING_SIGNED, "")
        : new Examination(Kind.ACT_MESSAGE, parts.stream().map(this::examine).toList(), "");
  }

  private Optional<Examination> token(String text) {
    var parts = SignedParts.ofText(text);
    return parts.isEmpty() ? Optional.empty() : Optional.of(act(parts));
  }

  /** Reads the value of a header: JSON in Base64 of either alphabet (AIP-149). */
  private Optional<Examination> header(String value) {
    var core = value.strip().replace('-', '+').replace('_', '/').replaceAll("=+$", "");
    if (core.length() < 16) {
      return Optional.empty();
    }
    try {
      var json = new String(Base64.getDecoder().decode(core), UTF_8);
      return json.startsWith("{")
          ? Optional.of(tree(Json.parse(json), value.strip()))
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException noHeader) {
      return Optional.empty();
    }
  }

  /** Reads an address with its query, a form body, or the string that an app receives. */
  private Optional<Examination> form(String text) {
    var lines = text.split("\\R", 2);
    if (ADDRESS.matcher(lines[0].strip()).matches()) {
      var query = lines[0].strip().substring(lines[0].indexOf('?') + 1);
      var body = lines.length > 1 ? lines[1].strip() : "";
      return Optional.of(gateway(GatewayRequest.read(query, null, body.getBytes(UTF_8)), ""));
    }
    if (!FORM.matcher(text).matches() || !text.contains("sign=")) {
      return Optional.empty();
    }
    return Optional.of(gateway(GatewayRequest.read(octets(text), null, new byte[0]), ""));
  }

  /** Returns the text with each byte of UTF-8 as one character, as a query is read. */
  private static String octets(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private Optional<Examination> complaint(String text) {
    return AnswerDoctor.isComplaint(text)
        ? Optional.of(Examination.of(Kind.SDK_MESSAGE, AnswerDoctor.ofComplaint(text)))
        : Optional.empty();
  }
}
