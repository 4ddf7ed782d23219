package org.actsandbox.alipay.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.alipay.TestKeys;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that one request in the layout of each SDK gives the same bytes to sign, in UTF-8 and in
 * GBK (AIP-78 to AIP-84, AIP-320).
 */
class RequestLayoutTests {

  private static final Charset GBK = Charset.forName("GBK");

  private static final String FORM = "application/x-www-form-urlencoded;charset=UTF-8";

  /** Each SDK with the names it sends in the query; all others go to the body. */
  static Stream<Arguments> layouts() {
    var system =
        List.of(
            "app_id", "method", "charset", "sign_type", "sign", "timestamp", "version", "format");
    return Stream.of("UTF-8", "GBK")
        .flatMap(
            charset ->
                Stream.of(
                    Arguments.of("Java", charset, system),
                    Arguments.of("Node", charset, system.subList(0, 7)),
                    Arguments.of("Python", charset, system),
                    Arguments.of("PHP", charset, system),
                    Arguments.of("PHP form", charset, List.of("charset")),
                    Arguments.of(".NET", charset, List.of("charset")),
                    Arguments.of("by hand", charset, List.copyOf(all(charset).keySet()))));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("layouts")
  void eachLayoutGivesTheSameBytes(String sdk, String charset, List<String> inQuery) {
    var parameters = all(charset);
    var query = new LinkedHashMap<>(parameters);
    query.keySet().retainAll(inQuery);
    var body = new LinkedHashMap<>(parameters);
    body.keySet().removeAll(inQuery);

    var read = read(query, body, Charset.forName(charset));

    assertThat(read.mistakes()).isEmpty();
    assertThat(read.charset()).isEqualTo(Charset.forName(charset));
    assertThat(read.charsetOrigin()).isEqualTo(CharsetOrigin.QUERY);
    assertThat(read.values()).containsExactlyInAnyOrderEntriesOf(parameters);
    assertThat(read.bytesToSign(false))
        .isEqualTo(
            ("app_id=9021000100000001&biz_content={\"goods\":\"每日 简报+a%b\"}&charset=%s"
                        .replace("%s", charset)
                    + "&format=json&method=alipay.aipay.agent.payment.verify&sign_type=RSA2"
                    + "&timestamp=2026-08-25 10:00:00&version=1.0")
                .getBytes(Charset.forName(charset)));
    assertThat(read.isSignedBy(TestKeys.appPublic(), SignType.RSA2)).isTrue();
    assertThat(read.isSignedBy(TestKeys.PLATFORM.getPublic(), SignType.RSA2)).isFalse();
    assertThat(read.isSignedBy(TestKeys.appPublic(), SignType.RSA)).isFalse();
  }

  @Test
  void aMultipartBodyIsReadAsBytes() {
    var parameters = all("GBK");
    var body = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            body.append("--xYz\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    body.append(
        "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nA\r\n");
    body.append("--xYz--\r\n");

    var read =
        GatewayRequest.read(
            "charset_is=below", "multipart/form-data; boundary=xYz", body.toString().getBytes(GBK));

    assertThat(read.mistakes()).isEmpty();
    assertThat(read.charsetOrigin()).isEqualTo(CharsetOrigin.BODY);
    assertThat(read.value("biz_content")).contains("{\"goods\":\"每日 简报+a%b\"}");
    assertThat(read.values()).doesNotContainKey("file").containsEntry("charset_is", "below");
  }

  @Test
  void aBlankIsAPlusOrItsCodeAndHexDigitsHaveEitherCase() {
    var read = GatewayRequest.read("a=x+y&b=x%20y&c=%e4%BD%a0", null, new byte[0]);
    assertThat(read.values()).containsEntry("a", "x y").containsEntry("b", "x y");
    assertThat(read.value("c")).contains("你");
  }

  @Test
  void emptyValuesMayBeSignedOrNot() {
    var parameters = new LinkedHashMap<>(Map.of("app_id", "1", "sign_type", "RSA2"));
    parameters.put("notify_url", "");
    for (var text :
        List.of(
            StringToSign.ofRequest(parameters), StringToSign.ofRequestWithEmpties(parameters))) {
      var signed = new LinkedHashMap<>(parameters);
      signed.put(
          "sign", SignType.RSA2.sign(TestKeys.appPrivate(), text.getBytes(StandardCharsets.UTF_8)));
      var read = read(signed, Map.of(), StandardCharsets.UTF_8);
      assertThat(read.isSignedBy(TestKeys.appPublic(), SignType.RSA2)).as(text).isTrue();
    }
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("a=1&a=2", null, "", WireMistake.REPEATED_PARAMETER),
        Arguments.of("a=1", FORM, "a=1", WireMistake.REPEATED_PARAMETER),
        Arguments.of("charset=latin9", null, "", WireMistake.UNKNOWN_CHARSET),
        Arguments.of("a=%4", null, "", WireMistake.BROKEN_PERCENT_CODE),
        Arguments.of("a=%zz", null, "", WireMistake.BROKEN_PERCENT_CODE),
        Arguments.of("charset=utf-8&a=%C4%E3", null, "", WireMistake.WRONG_CHARSET),
        Arguments.of("a=1" + "&b=".repeat(300), null, "", WireMistake.TOO_MANY_PARAMETERS),
        Arguments.of("", "multipart/form-data", "x", WireMistake.BROKEN_MULTIPART),
        Arguments.of(
            "", "multipart/form-data; boundary=b", "--b\r\n", WireMistake.BROKEN_MULTIPART));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatCannotBeReadIsNamed(
      String query, @Nullable String contentType, String body, WireMistake mistake) {
    var read = GatewayRequest.read(query, contentType, body.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(read.mistakes()).contains(mistake);
  }

  private static GatewayRequest read(
      Map<String, String> query, Map<String, String> body, Charset charset) {
    return GatewayRequest.read(
        PercentCode.form(query, charset),
        FORM,
        PercentCode.form(body, charset).getBytes(StandardCharsets.US_ASCII));
  }

  /** Returns the parameters of a signed request, signed over its text in its charset. */
  private static Map<String, String> all(String charset) {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("version", "1.0");
    parameters.put("method", "alipay.aipay.agent.payment.verify");
    parameters.put("biz_content", "{\"goods\":\"每日 简报+a%b\"}");
    parameters.put("charset", charset);
    parameters.put("app_id", "9021000100000001");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", "2026-08-25 10:00:00");
    parameters.put("format", "json");
    var text = StringToSign.ofRequest(parameters).getBytes(Charset.forName(charset));
    parameters.put("sign", SignType.RSA2.sign(TestKeys.appPrivate(), text));
    return parameters;
  }
}
