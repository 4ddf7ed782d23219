package org.actsandbox.sandbox.doctor.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.AES_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.CONFIRM;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.GBK;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OLD_TEXT;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OTHER_APP;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.OTHER_KEY;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.between;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.joined;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.mistake;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.parameters;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.read;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.right;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sent;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.sign;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signature;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.signed;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.text;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.with;
import static org.actsandbox.sandbox.doctor.alipay.GatewayFixture.without;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.sandbox.doctor.alipay.GatewayFixture.Mistake;
import org.actsandbox.sandbox.doctor.diagnosis.SignatureCause;

/** Makes mistakes in the text that a request signs. */
final class GatewayTextMistakes {

  private GatewayTextMistakes() {}

  static Stream<Mistake> texts() {
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

  static Map<String, String> cut(Map<String, String> parameters, String name) {
    var fewer = new LinkedHashMap<>(parameters);
    fewer.remove(name);
    return fewer;
  }

  static Map<String, String> encrypted() {
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
}
