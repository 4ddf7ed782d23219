package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.PARTIES;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.PLATFORM_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.VERIFY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.mistake;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.parameters;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sent;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sign;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signed;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.text;
import static org.actsandbox.sandbox.doctor.alipay.GatewayTextMistakes.cut;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.alipay.notification.SignedParameters;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.rest.RestAuthorization;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.alipay.GatewayFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;

/** Makes mistakes in requests of the third version, in answers and in notifications. */
final class GatewayMessageMistakes {

  private GatewayMessageMistakes() {}

  static final String V3_AUTH = "app_id=" + APP + ",nonce=7f1c,timestamp=1787652000123";
  static final String V3_BODY = "{\"out_trade_no\": \"O1\"}";
  static final String V3_PATH = "/v3/alipay/trade/query?x=1";

  static Diagnosis v3(String text) {
    var authorization =
        RestAuthorization.read(
                RestAuthorization.SCHEME
                    + " "
                    + V3_AUTH
                    + ",sign="
                    + sign(KEY, text.getBytes(UTF_8)))
            .orElseThrow();
    return RestDoctor.examine(authorization, "POST", V3_PATH, V3_BODY, "token", PARTIES);
  }

  static Mistake v3(String name, UnaryOperator<String> change) {
    return mistake("v3: " + name, SignatureCause.V3_TEXT, () -> v3(change.apply(v3Text())));
  }

  static String v3Text() {
    return String.join("\n", V3_AUTH, "POST", V3_PATH, V3_BODY, "token") + "\n";
  }

  static Stream<Mistake> thirdVersion() {
    return Stream.of(
        v3("no line feed at the end", t -> t.substring(0, t.length() - 1)),
        v3("no query", t -> t.replace("?x=1", "")),
        v3("method in lower case", t -> t.replace("POST", "post")),
        v3("seconds", t -> t.replace("1787652000123", "1787652000")),
        v3("body written anew", t -> t.replace(V3_BODY, V3_BODY.replace(": ", ":"))),
        v3("no line of app_auth_token", t -> t.replace("token\n", "")),
        v3(
            "another order",
            t -> t.replace(V3_AUTH, "nonce=7f1c,app_id=" + APP + ",timestamp=1787652000123")));
  }

  static String answer() {
    var root = Json.object();
    root.put("code", "10000").put("msg", "Success").put("active", true);
    root.put("amount", "0.01").put("resource_id", "/demo/a2m/resource").put("subject", "靠窗");
    return SignedResponse.write(
        SignedResponse.rootName(VERIFY), root, PLATFORM_KEY.getPrivate(), SignType.RSA2, UTF_8);
  }

  static Mistake answer(String name, UnaryOperator<String> change) {
    return mistake(
        "answer: " + name,
        SignatureCause.ANSWER_ALTERED,
        () -> AnswerDoctor.examine(change.apply(answer()), PARTIES));
  }

  static Stream<Mistake> answers() {
    return Stream.of(
        answer("blanks added", a -> a.replace("\":", "\": ")),
        answer("slashes escaped", a -> a.replace("/demo/a2m", "\\/demo\\/a2m")),
        answer("non-ASCII escaped", a -> a.replace("靠窗", "\\u9760\\u7a97")),
        answer("a value changed", a -> a.replace("\"10000\"", "\"10001\"")),
        answer("a blank before sign", a -> a.replace(",\"sign\"", ", \"sign\"")),
        answer(
            "the root name twice",
            a ->
                a.substring(0, a.length() - 1)
                    + ",\"alipay_aipay_agent_payment_verify_response\":1}"));
  }

  static Diagnosis notification(UnaryOperator<Map<String, String>> change) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("notify_id", "n1");
    parameters.put("app_id", APP);
    parameters.put("charset", "UTF-8");
    parameters.put("subject", "A+B 靠窗");
    parameters.put("total_amount", "0.01");
    var signed = SignedParameters.sign(parameters, PLATFORM_KEY.getPrivate(), SignType.RSA2, UTF_8);
    var sent = change.apply(new LinkedHashMap<>(signed));
    return GatewayDoctor.examineNotification(
        GatewayRequest.read(null, null, PercentCode.form(sent, UTF_8).getBytes(ISO_8859_1)),
        PARTIES);
  }

  static Stream<Mistake> notifications() {
    return Stream.of(
        mistake(
            "notification: decoded once too often",
            SignatureCause.PLUS_AND_BLANK,
            () ->
                notification(
                    parameters -> {
                      parameters.put("subject", "A B 靠窗");
                      return parameters;
                    })),
        mistake(
            "notification: a parameter added by the receiver",
            SignatureCause.PARAMETER_NOT_SIGNED,
            () ->
                notification(
                    parameters -> {
                      parameters.put("route", "shop");
                      return parameters;
                    })),
        mistake(
            "notification: a parameter lost",
            SignatureCause.GATEWAY_TEXT_UNKNOWN,
            () -> notification(parameters -> cut(parameters, "total_amount"))));
  }
}
