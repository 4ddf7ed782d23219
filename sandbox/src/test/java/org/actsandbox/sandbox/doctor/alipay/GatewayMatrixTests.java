package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.alipay.notification.SignedParameters;
import org.actsandbox.alipay.request.GatewayRequest;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.rest.RestAuthorization;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.doctor.DoctorDocumentTests;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties.App;
import org.actsandbox.sandbox.doctor.alipay.AlipayParties.EarlierText;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis;
import org.actsandbox.sandbox.doctor.diagnosis.Diagnosis.NamedCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes each of the 56 faults of the catalogue (AIP-216 to AIP-271) in a right request, bill,
 * notification or answer, and tests that the doctor names this fault and no other.
 */
public class GatewayMatrixTests {

  private static final Charset GBK = Charset.forName("GBK");
  private static final String APP = "9021000100000001";
  private static final String OTHER_APP = "9021000100000002";
  private static final String BARE_APP = "9021000100000003";
  private static final String PLATFORM_KEY_APP = "9021000100000004";
  private static final String CERTIFICATE_APP = "9021000100000005";
  private static final String SELLER = "2088000000000001";
  private static final String OTHER_SELLER = "2088000000000002";
  private static final String AES_KEY = "MDEyMzQ1Njc4OWFiY2RlZg==";
  private static final String VERIFY = "alipay.aipay.agent.payment.verify";
  private static final String CONFIRM = "alipay.aipay.agent.fulfillment.confirm";
  private static final String QUERY = "alipay.trade.query";

  private static final KeyPair KEY = rsa(2048);
  private static final KeyPair OTHER_KEY = rsa(2048);
  private static final KeyPair FORMER_KEY = rsa(2048);
  private static final KeyPair PLATFORM_KEY = rsa(2048);
  private static final KeyPair STRANGE_KEY = rsa(2048);
  private static final KeyPair SHORT_KEY = rsa(1024);

  private static final String OLD_TEXT = StringToSign.ofRequest(parameters("2026-08-25 09:00:00"));

  private static final AlipayParties PARTIES =
      new AlipayParties(
          List.of(
              new App(APP, SELLER, key(KEY), List.of(key(FORMER_KEY)), false, AES_KEY),
              App.of(OTHER_APP, OTHER_SELLER, key(OTHER_KEY)),
              new App(BARE_APP, "2088000000000003", null, List.of(), false, ""),
              App.of(PLATFORM_KEY_APP, "2088000000000004", key(PLATFORM_KEY)),
              new App(CERTIFICATE_APP, "2088000000000005", key(KEY), List.of(), true, "")),
          key(PLATFORM_KEY),
          List.of(new EarlierText("journal 17", OLD_TEXT)),
          List.of(VERIFY, CONFIRM, QUERY),
          List.of("API_SERVICE_7"));

  /** Is one fault: its name, its cause, and how it is made. */
  private record Mistake(String name, SignatureCause cause, Supplier<Diagnosis> diagnosis) {

    @Override
    public String toString() {
      return "%s %s -> %s".formatted(cause.fact(), name, cause.code());
    }
  }

  private static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static RSAPublicKey key(KeyPair pair) {
    return (RSAPublicKey) pair.getPublic();
  }

  private static Map<String, String> parameters(String timestamp) {
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

  private static Map<String, String> right() {
    return parameters("2026-08-25 10:00:00");
  }

  private static Map<String, String> with(String name, String value) {
    var changed = right();
    changed.put(name, value);
    return changed;
  }

  private static Map<String, String> without(String name) {
    var changed = right();
    changed.remove(name);
    return changed;
  }

  private static String sign(KeyPair pair, byte[] text) {
    return SignType.RSA2.sign(pair.getPrivate(), text);
  }

  private static String signature(Map<String, String> parameters) {
    return sign(KEY, StringToSign.ofRequest(parameters).getBytes(UTF_8));
  }

  /** Sends as Java's SDK does: all but biz_content in the address. */
  private static Diagnosis sent(Map<String, String> parameters, String sign) {
    return sent(parameters, sign, UTF_8);
  }

  private static Diagnosis sent(Map<String, String> parameters, String sign, Charset charset) {
    var query = new LinkedHashMap<>(parameters);
    query.put("sign", sign);
    query.remove("biz_content");
    var body =
        parameters.containsKey("biz_content")
            ? PercentCode.form(Map.of("biz_content", parameters.get("biz_content")), charset)
            : "";
    return read(PercentCode.form(query, charset), body);
  }

  private static Diagnosis read(String query, String body) {
    return GatewayDoctor.examineRequest(
        GatewayRequest.read(query, "application/x-www-form-urlencoded", body.getBytes(ISO_8859_1)),
        "aop-sdk-java",
        PARTIES);
  }

  private static Mistake mistake(String name, SignatureCause cause, Supplier<Diagnosis> diagnosis) {
    return new Mistake(name, cause, diagnosis);
  }

  /** Signs one text and sends the right parameters. */
  private static Mistake signed(
      String name, SignatureCause cause, Function<Map<String, String>, String> text) {
    return mistake(
        name, cause, () -> sent(right(), sign(KEY, text.apply(right()).getBytes(UTF_8))));
  }

  /** Signs and sends different parameters. */
  private static Mistake between(
      String name, SignatureCause cause, Map<String, String> signed, Map<String, String> sent) {
    return mistake(name, cause, () -> sent(sent, signature(signed)));
  }

  private static Stream<Mistake> forms() {
    var right = signature(right());
    var hex = HexFormat.of();
    var bytes = Base64.getDecoder().decode(right);
    return Stream.of(
        mistake("no sign", SignatureCause.SIGN_ABSENT, () -> sent(right(), "")),
        mistake(
            "Base64 not percent-encoded",
            SignatureCause.SIGN_PLUS_AS_BLANK,
            () -> {
              var plus = withSigns("+");
              return sent(plus, signature(plus).replace('+', ' '));
            }),
        mistake(
            "Base64URL",
            SignatureCause.SIGN_BASE64URL,
            () -> {
              var plus = withSigns("+");
              return sent(plus, signature(plus).replace('+', '-').replace('/', '_'));
            }),
        mistake(
            "percent-encoded twice",
            SignatureCause.SIGN_PERCENT_ENCODED,
            () -> sent(right(), URLEncoder.encode(right, UTF_8))),
        mistake(
            "hexadecimal",
            SignatureCause.SIGN_HEX_OR_ENCODED_TWICE,
            () -> sent(right(), hex.formatHex(bytes))),
        mistake(
            "Base64 of the Base64 text",
            SignatureCause.SIGN_HEX_OR_ENCODED_TWICE,
            () -> sent(right(), Base64.getEncoder().encodeToString(right.getBytes(US_ASCII)))),
        mistake(
            "MIME line breaks",
            SignatureCause.SIGN_WITH_BREAKS,
            () -> sent(right(), Base64.getMimeEncoder().encodeToString(bytes))),
        mistake("quotes", SignatureCause.SIGN_WITH_BREAKS, () -> sent(right(), '"' + right + '"')),
        mistake("cut off", SignatureCause.SIGN_CUT, () -> sent(right(), right.substring(0, 200))),
        mistake(
            "a key of 1024 bits",
            SignatureCause.SIGN_OF_OTHER_KEY_SIZE,
            () -> sent(right(), sign(SHORT_KEY, StringToSign.ofRequest(right()).getBytes(UTF_8)))));
  }

  /** Returns parameters whose signature contains a sign in which the two alphabets differ. */
  private static Map<String, String> withSigns(String sign) {
    for (int i = 10; i < 60; i++) {
      var parameters = parameters("2026-08-25 10:00:" + i);
      if (signature(parameters).contains(sign)) {
        return parameters;
      }
    }
    throw new IllegalStateException("no signature with " + sign);
  }

  private static Diagnosis sentBy(Map<String, String> parameters, KeyPair pair) {
    return sent(parameters, sign(pair, StringToSign.ofRequest(parameters).getBytes(UTF_8)));
  }

  private static Stream<Mistake> keys() {
    var otherSeller = with("biz_content", "{\"seller_id\":\"" + OTHER_SELLER + "\"}");
    return Stream.of(
        mistake(
            "no key on record",
            SignatureCause.APP_WITHOUT_KEY,
            () -> sentBy(with("app_id", BARE_APP), KEY)),
        mistake(
            "key of another app",
            SignatureCause.KEY_OF_OTHER_APP,
            () -> sentBy(right(), OTHER_KEY)),
        mistake("former key", SignatureCause.FORMER_KEY, () -> sentBy(right(), FORMER_KEY)),
        mistake(
            "app id of another app",
            SignatureCause.APP_ID_OF_OTHER_APP,
            () -> sentBy(otherSeller, OTHER_KEY)),
        mistake(
            "an app id that is not registered",
            SignatureCause.APP_ID_OF_OTHER_APP,
            () -> sentBy(with("app_id", "9021000199999999"), KEY)),
        mistake(
            "unknown app, unknown key",
            SignatureCause.APP_UNKNOWN,
            () -> sentBy(with("app_id", "9021000199999999"), STRANGE_KEY)),
        mistake(
            "platform key registered",
            SignatureCause.PLATFORM_KEY_REGISTERED,
            () -> sentBy(with("app_id", PLATFORM_KEY_APP), KEY)),
        mistake("PSS", SignatureCause.SIGN_PSS, () -> sent(right(), pss(text(right())))),
        mistake(
            "a private key that belongs to no key on record",
            SignatureCause.PRIVATE_KEY_UNKNOWN,
            () -> sentBy(right(), STRANGE_KEY)),
        mistake(
            "the SDK says that an answer does not verify",
            SignatureCause.CLIENT_PLATFORM_KEY_WRONG,
            () ->
                AnswerDoctor.ofComplaint(
                    "AlipayApiException: sign check fail: check Sign and Data Fail!")),
        mistake(
            "certificate app without app_cert_sn",
            SignatureCause.CERTIFICATE_MODE,
            () -> sentBy(with("app_id", CERTIFICATE_APP), KEY)),
        mistake(
            "app_cert_sn for an app with a key",
            SignatureCause.CERTIFICATE_MODE,
            () -> sentBy(with("app_cert_sn", "abc"), KEY)));
  }

  private static byte[] text(Map<String, String> parameters) {
    return StringToSign.ofRequest(parameters).getBytes(UTF_8);
  }

  private static String pss(byte[] text) {
    try {
      var signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      signature.initSign(KEY.getPrivate());
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String jca(String algorithm, byte[] text) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(KEY.getPrivate());
      signature.update(text);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static String raw(byte[] digest) {
    try {
      var cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, KEY.getPrivate());
      return Base64.getEncoder().encodeToString(cipher.doFinal(digest));
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Stream<Mistake> algorithms() {
    return Stream.of(
        mistake(
            "SHA-1 for RSA2",
            SignatureCause.SIGN_TYPE_OTHER_HASH,
            () -> sent(right(), jca("SHA1withRSA", text(right())))),
        mistake(
            "SHA-256 for RSA",
            SignatureCause.SIGN_TYPE_OTHER_HASH,
            () -> {
              var old = with("sign_type", "RSA");
              return sent(old, jca("SHA256withRSA", text(old)));
            }),
        mistake(
            "MD5",
            SignatureCause.SIGN_UNKNOWN_HASH,
            () -> sent(right(), jca("MD5withRSA", text(right())))),
        mistake(
            "SHA-512",
            SignatureCause.SIGN_UNKNOWN_HASH,
            () -> sent(right(), jca("SHA512withRSA", text(right())))),
        mistake(
            "digest without a name",
            SignatureCause.HASH_WITHOUT_NAME,
            () -> sent(right(), raw(SignatureProbe.digest("SHA-256", text(right()))))),
        mistake(
            "hashed twice",
            SignatureCause.HASHED_TWICE,
            () -> sent(right(), sign(KEY, SignatureProbe.digest("SHA-256", text(right()))))),
        signed(
            "hash as hexadecimal text",
            SignatureCause.HASHED_TWICE,
            parameters -> SignatureProbe.hex("SHA-256", text(parameters))),
        mistake(
            "sign_type in lower case",
            SignatureCause.SIGN_TYPE_NAME,
            () -> sentBy(with("sign_type", "rsa2"), KEY)),
        mistake(
            "no sign_type",
            SignatureCause.SIGN_TYPE_NAME,
            () -> sentBy(without("sign_type"), KEY)));
  }

  private static String joined(Map<String, String> parameters, UnaryOperator<String> value) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + value.apply(entry.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static Stream<Mistake> texts() {
    var biz = right().getOrDefault("biz_content", "");
    return Stream.of(
        signed(
            "sign_type left out",
            SignatureCause.SIGN_TYPE_NOT_SIGNED,
            StringToSign::ofNotification),
        between(
            "format sent, not signed",
            SignatureCause.PARAMETER_NOT_SIGNED,
            without("format"),
            right()),
        between(
            "two parameters sent, not signed",
            SignatureCause.PARAMETER_NOT_SIGNED,
            cut(cut(right(), "version"), "notify_url"),
            right()),
        between(
            "format signed, not sent",
            SignatureCause.PARAMETER_NOT_SENT,
            right(),
            without("format")),
        between(
            "two parameters signed, not sent",
            SignatureCause.PARAMETER_NOT_SENT,
            right(),
            cut(cut(right(), "version"), "format")),
        mistake(
            "an empty parameter signed, not sent",
            SignatureCause.EMPTY_PARAMETER_SIGNED,
            () ->
                sent(
                    right(),
                    sign(
                        KEY,
                        StringToSign.ofRequestWithEmpties(with("app_auth_token", ""))
                            .getBytes(UTF_8)))),
        mistake(
            "an empty sign signed",
            SignatureCause.EMPTY_PARAMETER_SIGNED,
            () ->
                sent(right(), sign(KEY, joined(with("sign", ""), value -> value).getBytes(UTF_8)))),
        signed(
            "values encoded",
            SignatureCause.VALUES_ENCODED,
            parameters -> joined(parameters, value -> URLEncoder.encode(value, UTF_8))),
        signed(
            "values encoded in lower case with %20",
            SignatureCause.VALUES_ENCODED,
            parameters ->
                joined(
                    parameters,
                    value ->
                        URLEncoder.encode(value, UTF_8)
                            .replace("+", "%20")
                            .replaceAll("%2F", "%2f")
                            .replaceAll("%3A", "%3a")
                            .replaceAll("%7B", "%7b")
                            .replaceAll("%7D", "%7d")
                            .replaceAll("%2C", "%2c")
                            .replaceAll("%2B", "%2b")
                            .replaceAll("%E9%9D%A0%E7%AA%97", "%e9%9d%a0%e7%aa%97"))),
        signed(
            "not sorted",
            SignatureCause.PARAMETERS_NOT_SORTED,
            parameters -> {
              // The body stands behind the address.
              return parameters.entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .collect(Collectors.joining("&"));
            }),
        signed(
            "& at the end",
            SignatureCause.SEPARATORS,
            parameters -> StringToSign.ofRequest(parameters) + "&"),
        signed(
            "? at the beginning",
            SignatureCause.SEPARATORS,
            parameters -> "?" + StringToSign.ofRequest(parameters)),
        signed(
            "quotes",
            SignatureCause.SEPARATORS,
            parameters -> joined(parameters, value -> '"' + value + '"')),
        mistake(
            "signed in GBK",
            SignatureCause.SIGNED_IN_OTHER_CHARSET,
            () -> sent(right(), sign(KEY, StringToSign.ofRequest(right()).getBytes(GBK)))),
        mistake(
            "charset in the body",
            SignatureCause.CHARSET_NOT_IN_QUERY,
            () -> {
              var gbk = with("charset", "GBK");
              var sign = sign(KEY, StringToSign.ofRequest(gbk).getBytes(GBK));
              gbk.put("sign", sign);
              return read("", PercentCode.form(gbk, GBK));
            }),
        mistake(
            "no charset, bytes of GBK",
            SignatureCause.CHARSET_NOT_IN_QUERY,
            () -> {
              var gbk = without("charset");
              var sign = sign(KEY, StringToSign.ofRequest(gbk).getBytes(GBK));
              gbk.put("sign", sign);
              return read("", PercentCode.form(gbk, GBK));
            }),
        between(
            "biz_content with blanks",
            SignatureCause.BIZ_CONTENT_WRITTEN_ANEW,
            with("biz_content", biz.replace("\":", "\": ").replace(",\"", ", \"")),
            right()),
        between(
            "biz_content sorted",
            SignatureCause.BIZ_CONTENT_WRITTEN_ANEW,
            with(
                "biz_content",
                "{\"n\":1,\"note\":\"靠窗\",\"payment_proof\":\"a/b+c d\",\"trade_no\":\"2026082522001400000000000001\"}"),
            right()),
        between(
            "biz_content with escapes",
            SignatureCause.BIZ_CONTENT_WRITTEN_ANEW,
            with("biz_content", biz.replace("靠窗", "\\u9760\\u7a97").replace("a/b", "a\\/b")),
            right()),
        between(
            "HTML entities",
            SignatureCause.HTML_ENTITIES,
            with("notify_url", "https://shop.example/n?a=1&b=2"),
            with("notify_url", "https://shop.example/n?a=1&amp;b=2")),
        mistake(
            "values encoded twice",
            SignatureCause.VALUES_ENCODED_TWICE,
            () -> {
              var twice = new LinkedHashMap<String, String>();
              right().forEach((name, value) -> twice.put(name, URLEncoder.encode(value, UTF_8)));
              twice.put("sign_type", "RSA2");
              return sent(twice, signature(right()));
            }),
        between(
            "a plus sign became a blank",
            SignatureCause.PLUS_AND_BLANK,
            right(),
            with("biz_content", biz.replace("b+c", "b c"))),
        between(
            "timestamp built twice",
            SignatureCause.TIMESTAMP_BUILT_TWICE,
            parameters("2026-08-25 09:59:59"),
            right()),
        between(
            "timestamp of another zone",
            SignatureCause.TIMESTAMP_BUILT_TWICE,
            parameters("2026-08-25 02:00:00"),
            right()),
        mistake(
            "notify_url with its own parameters, not encoded",
            SignatureCause.ADDRESS_NOT_ENCODED,
            () -> {
              var whole = with("notify_url", "https://shop.example/n?a=1&b=2");
              var query = PercentCode.form(whole, UTF_8).replace("a%3D1%26b%3D2", "a%3D1&b=2");
              return read(query + "&sign=" + URLEncoder.encode(signature(whole), UTF_8), "");
            }),
        between(
            "encrypted after signing",
            SignatureCause.ENCRYPTED_AFTER_SIGNING,
            with("encrypt_type", "AES"),
            encrypted()),
        between(
            "method replaced",
            SignatureCause.APP_OR_METHOD_REPLACED,
            with("method", CONFIRM),
            right()),
        mistake(
            "app id replaced",
            SignatureCause.APP_OR_METHOD_REPLACED,
            () -> {
              var own = with("app_id", OTHER_APP);
              return sent(right(), sign(OTHER_KEY, text(own)));
            }),
        between(
            "null signed as text",
            SignatureCause.NULL_AS_TEXT,
            with("return_url", "null"),
            right()),
        between(
            "a zero left out by PHP",
            SignatureCause.VALUE_LEFT_OUT_BY_PHP,
            right(),
            with("terminal_type", "0")),
        between(
            "a value with @ left out by PHP",
            SignatureCause.VALUE_LEFT_OUT_BY_PHP,
            right(),
            with("terminal_info", "@home")),
        between(
            "a blank at the end lost",
            SignatureCause.BLANK_AT_THE_END_LOST,
            with("notify_url", "https://shop.example/notify "),
            right()),
        between(
            "a line feed at the end lost",
            SignatureCause.BLANK_AT_THE_END_LOST,
            with("biz_content", biz + "\n"),
            right()),
        between(
            "characters lost",
            SignatureCause.CHARACTERS_LOST,
            right(),
            with("biz_content", biz.replace("靠窗", "??"))),
        mistake(
            "sign of an earlier request",
            SignatureCause.SIGN_OF_EARLIER_REQUEST,
            () -> sent(right(), sign(KEY, OLD_TEXT.getBytes(UTF_8)))),
        signed(
            "a text that has nothing to do with the request",
            SignatureCause.GATEWAY_TEXT_UNKNOWN,
            _ -> "something else"));
  }

  private static Map<String, String> cut(Map<String, String> parameters, String name) {
    var fewer = new LinkedHashMap<>(parameters);
    fewer.remove(name);
    return fewer;
  }

  private static Map<String, String> encrypted() {
    try {
      var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(Base64.getDecoder().decode(AES_KEY), "AES"),
          new IvParameterSpec(new byte[16]));
      var parameters = with("encrypt_type", "AES");
      var plain = parameters.getOrDefault("biz_content", "");
      parameters.put(
          "biz_content", Base64.getEncoder().encodeToString(cipher.doFinal(plain.getBytes(UTF_8))));
      return parameters;
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static AlipayBill bill() {
    return new AlipayBill(
        new AlipayBill.BillOrder(
            "ORDER_1",
            "0.10",
            "CNY",
            "/demo/a2m/resource",
            "2026-08-25T10:30:00+08:00",
            null,
            null,
            SELLER),
        new AlipayBill.BillSeller("shop", SELLER, APP, "天气", "seller_id", "API_SERVICE_1"));
  }

  private static Diagnosis billSigned(String text, KeyPair pair) {
    return billSigned(bill(), sign(pair, text.getBytes(UTF_8)));
  }

  private static Diagnosis billSigned(AlipayBill unsigned, String signature) {
    var tree = (ObjectNode) Json.tree(unsigned);
    ((ObjectNode) tree.path("protocol"))
        .put("seller_signature", signature)
        .put("seller_sign_type", "RSA2");
    return BillDoctor.examine(tree, "", "", PARTIES);
  }

  private static Mistake billText(String name, SignatureCause cause, UnaryOperator<String> change) {
    return mistake(
        "bill: " + name, cause, () -> billSigned(change.apply(bill().textToSign()), KEY));
  }

  private static Stream<Mistake> bills() {
    var right = sign(KEY, bill().textToSign().getBytes(UTF_8));
    return Stream.of(
        billText(
            "a field missing", SignatureCause.BILL_FIELDS, t -> t.replace("currency=CNY&", "")),
        billText(
            "a field more",
            SignatureCause.BILL_FIELDS,
            t -> t.replace("&service_id", "&seller_name=shop&service_id")),
        billText(
            "seller_unique_id in place of seller_id",
            SignatureCause.BILL_NAMES,
            t -> t.replace("seller_id=", "seller_unique_id=")),
        billText(
            "camelCase",
            SignatureCause.BILL_NAMES,
            t ->
                t.replace("goods_name", "goodsName")
                    .replace("out_trade_no", "outTradeNo")
                    .replace("pay_before", "payBefore")
                    .replace("resource_id", "resourceId")
                    .replace("seller_id", "sellerId")
                    .replace("service_id", "serviceId")),
        billText(
            "amount without its zero",
            SignatureCause.BILL_AMOUNT_FORM,
            t -> t.replace("0.10", "0.1")),
        billText("fen", SignatureCause.BILL_AMOUNT_FORM, t -> t.replace("0.10", "10")),
        billText(
            "time with Z",
            SignatureCause.BILL_TIME_FORM,
            t -> t.replace("2026-08-25T10:30:00+08:00", "2026-08-25T02:30:00Z")),
        billText(
            "time with a fraction",
            SignatureCause.BILL_TIME_FORM,
            t -> t.replace("10:30:00+08:00", "10:30:00.000000+08:00")),
        billText(
            "placeholder as service",
            SignatureCause.BILL_SERVICE_ID,
            t -> t.replace("API_SERVICE_1", "api_mock_service_id")),
        billText(
            "another service of the seller",
            SignatureCause.BILL_SERVICE_ID,
            t -> t.replace("API_SERVICE_1", "API_SERVICE_7")),
        mistake(
            "bill: JSON signed",
            SignatureCause.BILL_OTHER_TEXT,
            () -> billSigned(Json.write(protocolOnly()), KEY)),
        mistake(
            "bill: Base64URL",
            SignatureCause.BILL_SIGNATURE_FORM,
            () -> billSigned(bill(), HexFormat.of().formatHex(Base64.getDecoder().decode(right)))),
        mistake(
            "bill: cut",
            SignatureCause.BILL_SIGNATURE_FORM,
            () -> billSigned(bill(), right.substring(0, 100))),
        mistake(
            "bill: seller is not the owner",
            SignatureCause.SELLER_NOT_OWNER,
            () -> {
              var bill = bill();
              var method = bill.method();
              var foreign =
                  new AlipayBill(
                      bill.protocol(),
                      new AlipayBill.BillSeller(
                          method.sellerName(),
                          OTHER_SELLER,
                          APP,
                          method.goodsName(),
                          "seller_id",
                          method.serviceId()));
              return billSigned(foreign, sign(KEY, foreign.textToSign().getBytes(UTF_8)));
            }),
        mistake(
            "bill: key of another app",
            SignatureCause.KEY_OF_OTHER_APP,
            () -> billSigned(bill().textToSign(), OTHER_KEY)),
        mistake(
            "bill: strange key",
            SignatureCause.PRIVATE_KEY_UNKNOWN,
            () -> billSigned(bill().textToSign(), STRANGE_KEY)));
  }

  private static ObjectNode protocolOnly() {
    var protocol = (ObjectNode) Json.tree(bill()).path("protocol");
    return protocol.put("seller_sign_type", "RSA2");
  }

  private static final String V3_AUTH = "app_id=" + APP + ",nonce=7f1c,timestamp=1787652000123";
  private static final String V3_BODY = "{\"out_trade_no\": \"O1\"}";
  private static final String V3_PATH = "/v3/alipay/trade/query?x=1";

  private static Diagnosis v3(String text) {
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

  private static Mistake v3(String name, UnaryOperator<String> change) {
    return mistake("v3: " + name, SignatureCause.V3_TEXT, () -> v3(change.apply(v3Text())));
  }

  private static String v3Text() {
    return String.join("\n", V3_AUTH, "POST", V3_PATH, V3_BODY, "token") + "\n";
  }

  private static Stream<Mistake> thirdVersion() {
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

  private static String answer() {
    var root = Json.object();
    root.put("code", "10000").put("msg", "Success").put("active", true);
    root.put("amount", "0.01").put("resource_id", "/demo/a2m/resource").put("subject", "靠窗");
    return SignedResponse.write(
        SignedResponse.rootName(VERIFY), root, PLATFORM_KEY.getPrivate(), SignType.RSA2, UTF_8);
  }

  private static Mistake answer(String name, UnaryOperator<String> change) {
    return mistake(
        "answer: " + name,
        SignatureCause.ANSWER_ALTERED,
        () -> AnswerDoctor.examine(change.apply(answer()), PARTIES));
  }

  private static Stream<Mistake> answers() {
    return Stream.of(
        answer("blanks added", a -> a.replace("\":", "\": ")),
        answer("slashes escaped", a -> a.replace("/demo/a2m", "\\/demo\\/a2m")),
        answer("non-ASCII escaped", a -> a.replace("靠窗", "\\u9760\\u7a97")),
        answer("a blank before sign", a -> a.replace(",\"sign\"", ", \"sign\"")),
        answer(
            "the root name twice",
            a ->
                a.substring(0, a.length() - 1)
                    + ",\"alipay_aipay_agent_payment_verify_response\":1}"));
  }

  private static Diagnosis notification(UnaryOperator<Map<String, String>> change) {
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

  private static Stream<Mistake> notifications() {
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
