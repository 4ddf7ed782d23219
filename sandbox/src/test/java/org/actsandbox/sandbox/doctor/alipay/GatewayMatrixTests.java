package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.alipay.BillMistakes.bill;
import static org.actsandbox.sandbox.doctor.alipay.BillMistakes.billSigned;
import static org.actsandbox.sandbox.doctor.alipay.BillMistakes.bills;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.PARTIES;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.PLATFORM_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.joined;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.key;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.mistake;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.parameters;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.right;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sent;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sign;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signature;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.text;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFormMistakes.algorithms;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFormMistakes.forms;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFormMistakes.keys;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.V3_AUTH;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.V3_BODY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.V3_PATH;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.answer;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.answers;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.notification;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.notifications;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.thirdVersion;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.v3;
import static org.actsandbox.sandbox.doctor.alipay.GatewayMessageMistakes.v3Text;
import static org.actsandbox.sandbox.doctor.alipay.GatewayTextMistakes.cut;
import static org.actsandbox.sandbox.doctor.alipay.GatewayTextMistakes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.alipay.notification.SignedParameters;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.rest.RestAuthorization;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.sandbox.doctor.DoctorDocumentTests;
import org.actsandbox.sandbox.doctor.alipay.GatewayFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes each of the 56 faults of the catalogue (AIP-216 to AIP-271) in a right request, bill,
 * notification or answer, and tests that the doctor names this fault and no other.
 */
public class GatewayMatrixTests {

  static Stream<Mistake> mistakes() {
    return Stream.of(
            forms(),
            keys(),
            algorithms(),
            texts(),
            bills(),
            thirdVersion(),
            answers(),
            notifications())
        .flatMap(each -> each);
  }

  /** Returns a line of docs/doctor.md for each fault: what was made, and what was named. */
  public static Stream<DoctorDocumentTests.Line> lines() {
    return mistakes()
        .map(
            mistake ->
                new DoctorDocumentTests.Line(
                    mistake.cause(), mistake.name(), mistake.diagnosis().get()));
  }

  /** Returns what the doctor knows in these tests. */
  public static AlipayParties parties() {
    return PARTIES;
  }

  /** Returns a request in one text, as a log has it: right, or with one parameter not signed. */
  public static String requestText(boolean right) {
    var parameters = right();
    var sign = signature(right ? parameters : cut(parameters, "version"));
    var query = new LinkedHashMap<>(cut(parameters, "biz_content"));
    query.put("sign", sign);
    return "POST /gateway.do?%s HTTP/1.1%nUser-Agent: aop-sdk-java%nContent-Type: application/x-www-form-urlencoded%n%n%s"
        .formatted(
            PercentCode.form(query, UTF_8),
            PercentCode.form(
                Map.of("biz_content", parameters.getOrDefault("biz_content", "")), UTF_8));
  }

  /** Returns a request whose text no fault of the catalogue explains. */
  public static String requestOfUnknownText() {
    var query = new LinkedHashMap<>(right());
    query.put("sign", sign(KEY, "something else".getBytes(UTF_8)));
    return PercentCode.form(query, UTF_8);
  }

  /** Returns a right answer, bill header and notification, as they are pasted. */
  public static Map<String, String> rightTexts() {
    var notification = new LinkedHashMap<String, String>();
    notification.put("notify_id", "n1");
    notification.put("app_id", APP);
    return Map.of(
        "answer",
        answer(),
        "bill",
        bill().signed(KEY.getPrivate()).encode(),
        "notification",
        PercentCode.form(
            SignedParameters.sign(notification, PLATFORM_KEY.getPrivate(), SignType.RSA2, UTF_8),
            UTF_8),
        "v3_request",
        "POST %s HTTP/1.1%nauthorization: %s %s,sign=%s%nalipay-app-auth-token: token%n%n%s"
            .formatted(
                V3_PATH,
                RestAuthorization.SCHEME,
                V3_AUTH,
                sign(KEY, v3Text().getBytes(UTF_8)),
                V3_BODY));
  }

  /** Returns the public key of an application, and its private key, as they are pasted. */
  public static List<String> keyTexts() {
    return List.of(
        RsaKeyWriter.spki(key(KEY)),
        RsaKeyWriter.pkcs8((RSAPrivateCrtKey) KEY.getPrivate()),
        RsaKeyWriter.pkcs1((RSAPrivateCrtKey) KEY.getPrivate()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesTheFaultThatWasMade(Mistake mistake) {
    var diagnosis = mistake.diagnosis().get();
    assertThat(diagnosis.causes()).isNotEmpty();
    assertThat(diagnosis.causes().getFirst().cause()).isEqualTo(mistake.cause());
    // More than one cause is named only where the message cannot tell which it is.
    assertThat(diagnosis.causes().size() > 1)
        .isEqualTo(diagnosis.outcome() == Diagnosis.Outcome.NOT_SEPARABLE);
    assertThat(diagnosis.complete()).isTrue();
  }

  @Test
  void rightMessagesHaveNoFault() {
    var request = sent(right(), signature(right()));
    assertThat(request.outcome()).isEqualTo(Diagnosis.Outcome.VERIFIED);
    assertThat(request.sdk()).isEqualTo("java");
    assertThat(billSigned(bill().textToSign(), KEY).isFaultless()).isTrue();
    assertThat(v3(v3Text()).isFaultless()).isTrue();
    assertThat(AnswerDoctor.examine(answer(), PARTIES).isFaultless()).isTrue();
    assertThat(notification(parameters -> parameters).isFaultless()).isTrue();
  }

  @Test
  void twoFaultsAreBothNamed() {
    var text = joined(cut(right(), "sign_type"), value -> URLEncoder.encode(value, UTF_8));
    var diagnosis = sent(right(), sign(KEY, text.getBytes(UTF_8)));
    assertThat(diagnosis.causes())
        .containsExactly(new NamedCause(SignatureCause.SIGN_TYPE_NOT_SIGNED, "+ values_encoded"));
  }

  /** Three numbers of the catalogue cannot be seen in a message, only at the registration. */
  @Test
  void everyFaultOfTheCatalogueIsMade() {
    var shown = mistakes().map(Mistake::cause).collect(Collectors.toSet());
    assertThat(SignatureCause.values())
        .filteredOn(SignatureCause::isAlipay)
        .filteredOn(cause -> cause != SignatureCause.KEY_TEXT_UNUSABLE)
        .filteredOn(cause -> cause != SignatureCause.KEY_OF_OTHER_ENVIRONMENT)
        .allSatisfy(cause -> assertThat(shown).contains(cause));
  }
}
