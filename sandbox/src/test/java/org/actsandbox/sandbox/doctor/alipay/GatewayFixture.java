package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties.App;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties.EarlierText;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.key.KnownRsaPairs;

/**
 * Has the apps, the keys and the right request into which the matrix of Alipay's gateway makes its
 * mistakes.
 */
final class GatewayFixture {

  private GatewayFixture() {}

  static final Charset GBK = Charset.forName("GBK");
  static final String APP = "9021000100000001";
  static final String OTHER_APP = "9021000100000002";
  static final String BARE_APP = "9021000100000003";
  static final String PLATFORM_KEY_APP = "9021000100000004";
  static final String CERTIFICATE_APP = "9021000100000005";
  static final String SELLER = "2088000000000001";
  static final String OTHER_SELLER = "2088000000000002";
  static final String AES_KEY = "MDEyMzQ1Njc4OWFiY2RlZg==";
  static final String VERIFY = "alipay.aipay.agent.payment.verify";
  static final String CONFIRM = "alipay.aipay.agent.fulfillment.confirm";
  static final String QUERY = "alipay.trade.query";

  static final KeyPair KEY = KnownRsaPairs.pair(0);
  static final KeyPair OTHER_KEY = KnownRsaPairs.pair(1);
  static final KeyPair FORMER_KEY = KnownRsaPairs.pair(2);
  static final KeyPair PLATFORM_KEY = KnownRsaPairs.pair(3);
  static final KeyPair STRANGE_KEY = KnownRsaPairs.pair(4);
  static final KeyPair SHORT_KEY = shortPair();

  static final String OLD_TEXT = StringToSign.ofRequest(parameters("2026-08-25 09:00:00"));

  static final AlipayParties PARTIES =
      new AlipayParties(
          List.of(
              new App(APP, SELLER, key(KEY), List.of(key(FORMER_KEY)), false, AES_KEY),
              App.of(OTHER_APP, OTHER_SELLER, key(OTHER_KEY)),
              new App(BARE_APP, "2088000000000003", null, List.of(), false, ""),
              App.of(PLATFORM_KEY_APP, "2088000000000004", key(PLATFORM_KEY)),
              new App(CERTIFICATE_APP, "2088000000000005", key(KEY), List.of(), true, "")),
          key(PLATFORM_KEY),
          () -> List.of(new EarlierText("journal 17", OLD_TEXT)),
          List.of(VERIFY, CONFIRM, QUERY),
          List.of("API_SERVICE_7"));

  /** Is one fault: its name, its cause, and how it is made. */
  record Mistake(String name, SignatureCause cause, Supplier<Diagnosis> diagnosis) {

    @Override
    public String toString() {
      return "%s %s -> %s".formatted(cause.fact(), name, cause.code());
    }
  }

  private static KeyPair shortPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  static RSAPublicKey key(KeyPair pair) {
    return (RSAPublicKey) pair.getPublic();
  }

  static Map<String, String> parameters(String timestamp) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("method", VERIFY);
    parameters.put("app_id", APP);
    parameters.put("charset", "UTF-8");
    parameters.put("format", "json");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", timestamp);
    parameters.put("version", "1.0");
    parameters.put("notify_url", "https://shop.example/notify");
    parameters.put(
        "biz_content",
        "{\"trade_no\":\"2026082522001400000000000001\",\"payment_proof\":\"a/b+c d\",\"note\":\"靠窗\",\"n\":1}");
    return parameters;
  }

  static Map<String, String> right() {
    return parameters("2026-08-25 10:00:00");
  }

  static Map<String, String> with(String name, String value) {
    var changed = right();
    changed.put(name, value);
    return changed;
  }

  static Map<String, String> without(String name) {
    var changed = right();
    changed.remove(name);
    return changed;
  }

  static String sign(KeyPair pair, byte[] text) {
    return SignType.RSA2.sign(pair.getPrivate(), text);
  }

  static String signature(Map<String, String> parameters) {
    return sign(KEY, StringToSign.ofRequest(parameters).getBytes(UTF_8));
  }

  /** Sends as Java's SDK does: all but biz_content in the address. */
  static Diagnosis sent(Map<String, String> parameters, String sign) {
    return sent(parameters, sign, UTF_8);
  }

  static Diagnosis sent(Map<String, String> parameters, String sign, Charset charset) {
    var query = new LinkedHashMap<>(parameters);
    query.put("sign", sign);
    query.remove("biz_content");
    var body =
        parameters.containsKey("biz_content")
            ? PercentCode.form(Map.of("biz_content", parameters.get("biz_content")), charset)
            : "";
    return read(PercentCode.form(query, charset), body);
  }

  static Diagnosis read(String query, String body) {
    return GatewayDoctor.examineRequest(
        GatewayRequest.read(query, "application/x-www-form-urlencoded", body.getBytes(ISO_8859_1)),
        "aop-sdk-java",
        PARTIES);
  }

  static Mistake mistake(String name, SignatureCause cause, Supplier<Diagnosis> diagnosis) {
    return new Mistake(name, cause, diagnosis);
  }

  /** Signs one text and sends the right parameters. */
  static Mistake signed(
      String name, SignatureCause cause, Function<Map<String, String>, String> text) {
    return mistake(
        name, cause, () -> sent(right(), sign(KEY, text.apply(right()).getBytes(UTF_8))));
  }

  /** Signs and sends different parameters. */
  static Mistake between(
      String name, SignatureCause cause, Map<String, String> signed, Map<String, String> sent) {
    return mistake(name, cause, () -> sent(sent, signature(signed)));
  }

  static Diagnosis sentBy(Map<String, String> parameters, KeyPair pair) {
    return sent(parameters, sign(pair, StringToSign.ofRequest(parameters).getBytes(UTF_8)));
  }

  static byte[] text(Map<String, String> parameters) {
    return StringToSign.ofRequest(parameters).getBytes(UTF_8);
  }

  static String joined(Map<String, String> parameters, UnaryOperator<String> value) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + value.apply(entry.getValue()))
            .collect(Collectors.joining("&"));
  }
}
