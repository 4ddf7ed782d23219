package org.actsandbox.sandbox.doctor.alipay;

import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.APP_ID_OF_OTHER_APP;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.APP_UNKNOWN;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.APP_WITHOUT_KEY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.CERTIFICATE_MODE;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.CHARSET_NOT_IN_QUERY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.FORMER_KEY;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.KEY_OF_OTHER_APP;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.PLATFORM_KEY_REGISTERED;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_ABSENT;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_OF_EARLIER_REQUEST;
import static org.actsandbox.sandbox.doctor.diagnosis.SignatureCause.SIGN_TYPE_NAME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.actsandbox.alipay.request.CharsetOrigin;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.request.WireMistake;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.KnownKey;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.TextCandidate;

/**
 * Examines requests to the gateway and the parameters of notifications, which are signed alike but
 * for {@code sign_type} (AIP-72, AIP-190).
 */
public final class GatewayDoctor {

  /** Causes of which two together are looked for, because a program often makes both. */
  private static final Set<SignatureCause> PAIRED =
      Set.of(
          SignatureCause.SIGN_TYPE_NOT_SIGNED,
          SignatureCause.PARAMETERS_NOT_SORTED,
          SignatureCause.SEPARATORS,
          SignatureCause.VALUES_ENCODED,
          SignatureCause.SIGNED_IN_OTHER_CHARSET,
          SignatureCause.PARAMETER_NOT_SIGNED);

  private static final int MOST_FIRST_FAULTS = 40;

  private final GatewayRequest request;
  private final AlipayParties parties;
  private final Map<String, String> sent;
  private final String sdk;

  private GatewayDoctor(GatewayRequest request, String userAgent, AlipayParties parties) {
    this.request = request;
    this.parties = parties;
    this.sent = request.values();
    this.sdk = GatewaySdk.of(request, userAgent);
  }

  /**
   * Examines a request.
   *
   * @param userAgent the header's value; empty for none
   */
  public static Diagnosis examineRequest(
      GatewayRequest request, String userAgent, AlipayParties parties) {
    return new GatewayDoctor(request, userAgent, parties).request();
  }

  /** Examines a notification, or the query of a return address. */
  public static Diagnosis examineNotification(GatewayRequest parameters, AlipayParties parties) {
    return new GatewayDoctor(parameters, "", parties).notification();
  }

  private Diagnosis request() {
    var appId = sent.getOrDefault("app_id", "");
    var expected = request.bytesToSign(false);
    var right = SigningInput.of(signedParameters(false), request.charset());
    var signType = SignType.of(sent.getOrDefault(SigningFaults.SIGN_TYPE, ""));
    var app = parties.app(appId);
    Optional<NamedCause> certain =
        sent.getOrDefault(SigningFaults.SIGN, "").isBlank()
            ? Optional.of(new NamedCause(SIGN_ABSENT, ""))
            : signType.isEmpty()
                ? Optional.of(
                    new NamedCause(SIGN_TYPE_NAME, sent.getOrDefault(SigningFaults.SIGN_TYPE, "")))
                : app.flatMap(this::registrationMistake);
    var examined =
        new RsaCase(
            "gateway_request",
            "",
            appId,
            sign(),
            signType.orElse(SignType.RSA2).digest(),
            parties.keys(appId),
            expected,
            request.charset(),
            () -> candidates(right),
            key -> keyCauses(key, appId),
            otherMistakes(app),
            false,
            sdk);
    if (certain.isPresent()) {
      return certain(examined, certain.get());
    }
    var diagnosis = RsaSignatureDoctor.examine(examined);
    return app.isEmpty() && diagnosis.signedBy() == null
        ? certain(examined, new NamedCause(APP_UNKNOWN, appId))
        : diagnosis;
  }

  private static Diagnosis certain(RsaCase examined, NamedCause cause) {
    return new Diagnosis(
        examined.subject(),
        "",
        Diagnosis.Outcome.CAUSE_FOUND,
        List.of(cause),
        examined.claimedKey(),
        null,
        null,
        new String(examined.expected(), examined.charset()),
        null,
        null,
        examined.sdk(),
        0,
        true);
  }

  /** Returns what the registration says before any look at the signature. */
  private Optional<NamedCause> registrationMistake(AlipayParties.App app) {
    if (app.key() == null) {
      return Optional.of(new NamedCause(APP_WITHOUT_KEY, app.id()));
    }
    if (app.key().equals(parties.platform())) {
      return Optional.of(new NamedCause(PLATFORM_KEY_REGISTERED, app.id()));
    }
    return app.certificateMode() && !sent.containsKey("app_cert_sn")
        ? Optional.of(new NamedCause(CERTIFICATE_MODE, "app_cert_sn"))
        : Optional.empty();
  }

  private String sign() {
    return sent.getOrDefault(SigningFaults.SIGN, "");
  }

  private Map<String, String> signedParameters(boolean notification) {
    var signed = new LinkedHashMap<String, String>();
    sent.forEach(
        (name, value) -> {
          boolean left =
              name.equals(SigningFaults.SIGN)
                  || value.isEmpty()
                  || (notification && name.equals(SigningFaults.SIGN_TYPE));
          if (!left) {
            signed.put(name, value);
          }
        });
    return signed;
  }

  private List<NamedCause> keyCauses(KnownKey key, String appId) {
    if (key.id().equals(appId)) {
      return List.of();
    }
    if (key.owner().equals(appId)) {
      return List.of(new NamedCause(FORMER_KEY, key.id()));
    }
    if (parties.app(appId).isEmpty()) {
      return List.of(new NamedCause(APP_ID_OF_OTHER_APP, key.owner()));
    }
    var wrongKey = new NamedCause(KEY_OF_OTHER_APP, key.owner());
    var wrongId = new NamedCause(APP_ID_OF_OTHER_APP, key.owner());
    boolean sellerIsOther =
        parties
            .app(key.owner())
            .map(AlipayParties.App::seller)
            .filter(seller -> !seller.isEmpty())
            .filter(
                seller ->
                    sent.getOrDefault(SigningFaults.BIZ_CONTENT, "").contains('"' + seller + '"'))
            .isPresent();
    return sellerIsOther ? List.of(wrongId, wrongKey) : List.of(wrongKey, wrongId);
  }

  private List<NamedCause> otherMistakes(Optional<AlipayParties.App> app) {
    boolean foreign =
        request.parameters().stream()
            .anyMatch(parameter -> !parameter.value().chars().allMatch(c -> c < 0x80));
    if (request.charsetOrigin() != CharsetOrigin.QUERY
        && (foreign || request.mistakes().contains(WireMistake.WRONG_CHARSET))) {
      return List.of(new NamedCause(CHARSET_NOT_IN_QUERY, request.charset().name()));
    }
    return app.isPresent() && !app.get().certificateMode() && sent.containsKey("app_cert_sn")
        ? List.of(new NamedCause(CERTIFICATE_MODE, "app_cert_sn"))
        : List.of();
  }

  private Stream<TextCandidate> candidates(SigningInput right) {
    var faults = new SigningFaults(right, sent, parties);
    // Each kind is made when the kinds before it have not explained the signature.
    return Stream.<Supplier<Stream<TextCandidate>>>of(
            () -> Stream.of(new TextCandidate(SignatureCause.EMPTY_PARAMETER_SIGNED, "", all())),
            () -> faults.all().map(GatewayDoctor::candidate),
            this::earlier,
            () -> pairs(faults))
        .flatMap(Supplier::get);
  }

  private byte[] all() {
    return request.bytesToSign(true);
  }

  private static TextCandidate candidate(SigningFault fault) {
    return new TextCandidate(fault.cause(), fault.detail(), fault.input().bytes());
  }

  private Stream<TextCandidate> earlier() {
    return parties.newestTexts().stream()
        .map(
            text ->
                new TextCandidate(
                    SIGN_OF_EARLIER_REQUEST, text.name(), text.text().getBytes(request.charset())));
  }

  /** Returns the texts with two faults; the first is named, the second is its detail. */
  private Stream<TextCandidate> pairs(SigningFaults faults) {
    return faults
        .common()
        .filter(fault -> PAIRED.contains(fault.cause()))
        .limit(MOST_FIRST_FAULTS)
        .flatMap(
            first ->
                new SigningFaults(first.input(), sent, parties)
                    .beside()
                    .filter(second -> second.cause() != first.cause())
                    .map(
                        second ->
                            new TextCandidate(
                                first.cause(),
                                (first.detail()
                                        + " + "
                                        + second.cause().code()
                                        + " "
                                        + second.detail())
                                    .strip(),
                                second.input().bytes())));
  }

  private Diagnosis notification() {
    var withoutType = SigningInput.of(signedParameters(true), request.charset());
    var withType = SigningInput.of(signedParameters(false), request.charset());
    var first = RsaSignatureDoctor.examine(notification(withoutType));
    // Messages to the app gateway address are signed with sign_type (AIP-190).
    var second = RsaSignatureDoctor.examine(notification(withType));
    return second.isFaultless() ? second : first;
  }

  private RsaCase notification(SigningInput right) {
    var keys = parties.keys(sent.getOrDefault("app_id", ""));
    var platformFirst =
        Stream.concat(
                keys.stream().filter(key -> key.owner().equals(AlipayParties.PLATFORM)),
                keys.stream().filter(key -> !key.owner().equals(AlipayParties.PLATFORM)))
            .toList();
    return new RsaCase(
        "notification",
        "",
        AlipayParties.PLATFORM,
        sign(),
        SignType.of(sent.getOrDefault(SigningFaults.SIGN_TYPE, "RSA2"))
            .orElse(SignType.RSA2)
            .digest(),
        platformFirst,
        right.bytes(),
        request.charset(),
        () -> candidates(right),
        key ->
            key.owner().equals(AlipayParties.PLATFORM)
                ? List.of()
                : List.of(new NamedCause(KEY_OF_OTHER_APP, key.id())),
        List.of(),
        false,
        "");
  }
}
