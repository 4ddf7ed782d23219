package org.actsandbox.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.alipay.response.SdkCut;
import org.actsandbox.alipay.response.SignedResponse;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends one call over a socket byte for byte as each SDK writes it: request line, headers, places,
 * encodings and JSON; and verifies the answer as that SDK cuts it (AIP-78 to AIP-84, AIP-110,
 * AIP-319, AIP-320).
 */
class SdkLayoutTests {

  private static final String METHOD = "alipay.trade.query";
  private static final Pattern CODE = Pattern.compile("%[0-9A-F]{2}");

  private final AlipayBench bench = new AlipayBench();

  /**
   * Describes how an SDK writes a call.
   *
   * @param query names of the parameters in the query, in their order; all others are in the body
   * @param json the content as its library writes it
   * @param headers besides Host and Content-Length
   */
  private record Sdk(
      String name,
      SdkCut cut,
      String verb,
      boolean absoluteAddress,
      Encoder encoder,
      List<String> query,
      List<String> body,
      String json,
      List<String> headers) {

    @Override
    public String toString() {
      return name;
    }
  }

  private enum Encoder {
    /** Writes a blank as {@code +} and digits in upper case, as Java, Node and Python do. */
    JAVA,
    /** Writes a blank as {@code +}, and an asterisk as a code. */
    PHP,
    /** Writes digits in lower case. */
    DOTNET,
    /** Writes a blank as {@code %20}. */
    BY_HAND;

    String write(String value, Charset charset) {
      var java = URLEncoder.encode(value, charset);
      return switch (this) {
        case JAVA -> java;
        case PHP -> java.replace("*", "%2A");
        case DOTNET -> CODE.matcher(java).replaceAll(code -> code.group().toLowerCase(Locale.ROOT));
        case BY_HAND -> java.replace("+", "%20");
      };
    }
  }

  static Stream<Arguments> calls() {
    var form = "application/x-www-form-urlencoded;charset=";
    var plain = "{\"out_trade_no\":\"订单 1+2/3*\"}";
    var sdks =
        List.of(
            new Sdk(
                "Java",
                SdkCut.JAVA,
                "POST",
                false,
                Encoder.JAVA,
                List.of(
                    "charset",
                    "method",
                    "sign",
                    "version",
                    "app_id",
                    "sign_type",
                    "timestamp",
                    "alipay_sdk",
                    "format"),
                List.of("biz_content"),
                plain,
                List.of(
                    "Accept: text/plain,text/xml,text/javascript,text/html",
                    "User-Agent: aop-sdk-java",
                    "Content-Type: " + form)),
            new Sdk(
                "Node",
                SdkCut.NODE,
                "POST",
                false,
                Encoder.JAVA,
                List.of("method", "app_id", "charset", "version", "sign_type", "timestamp", "sign"),
                List.of("alipay_sdk", "biz_content"),
                plain,
                List.of(
                    "user-agent: alipay-sdk-nodejs-4.0.0",
                    "alipay-request-id: 5c1fbd2ae2f64a1ab9c94dbd6f1f1a77",
                    "accept: application/json",
                    "content-type: application/x-www-form-urlencoded")),
            new Sdk(
                "Python",
                SdkCut.PYTHON,
                "POST",
                true,
                Encoder.JAVA,
                List.of(
                    "app_id",
                    "charset",
                    "format",
                    "method",
                    "sign",
                    "sign_type",
                    "timestamp",
                    "version"),
                List.of("biz_content"),
                plain,
                List.of(
                    "Content-type: " + form,
                    "Cache-Control: no-cache",
                    "Connection: Keep-Alive",
                    "log-uuid: 3f1c")),
            new Sdk(
                "PHP",
                SdkCut.PHP,
                "POST",
                false,
                Encoder.PHP,
                List.of(
                    "app_id",
                    "version",
                    "format",
                    "sign_type",
                    "method",
                    "timestamp",
                    "alipay_sdk",
                    "charset",
                    "sign"),
                List.of("biz_content"),
                plain.replace("/", "\\/"),
                List.of("Accept: */*", "content-type: " + form)),
            new Sdk(
                ".NET",
                SdkCut.DOTNET,
                "POST",
                false,
                Encoder.DOTNET,
                List.of("charset"),
                List.of(
                    "method",
                    "version",
                    "app_id",
                    "format",
                    "timestamp",
                    "sign_type",
                    "alipay_sdk",
                    "biz_content",
                    "sign"),
                plain,
                List.of("User-Agent: Aop4Net", "Content-Type: " + form)),
            new Sdk(
                "by hand",
                SdkCut.JAVA,
                "GET",
                false,
                Encoder.BY_HAND,
                List.of(
                    "timestamp", "method", "app_id", "sign_type", "charset", "biz_content", "sign"),
                List.of(),
                plain.replace(":", " : "),
                List.of("Accept: */*")));
    return sdks.stream()
        .flatMap(sdk -> Stream.of("UTF-8", "GBK").map(charset -> Arguments.of(sdk, charset)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("calls")
  void aCallOfEachSdkIsUnderstoodAndItsAnswerVerifies(Sdk sdk, String charsetName)
      throws IOException {
    var charset = Charset.forName(charsetName);
    var values = values(sdk, charsetName, charset);
    var query = written(sdk, sdk.query(), values, charset);
    var body = written(sdk, sdk.body(), values, charset);

    var answer = send(sdk, query, body, charset);

    int end = answer.indexOf("\r\n\r\n");
    var head = answer.substring(0, end);
    assertThat(head).startsWith("HTTP/1.1 200");
    assertThat(head.toLowerCase(Locale.ROOT))
        .contains("content-type: text/html;charset=" + charsetName.toLowerCase(Locale.ROOT));
    var text = answer.substring(end + 4);
    var root = SignedResponse.rootName(METHOD);
    assertThat(text).startsWith("{\"" + root + "\":{\"code\":\"40004\"");
    // The signature was taken, and the value arrived whole: the order is looked for by its number.
    assertThat(Json.parse(text).path(root).path("sub_code").asString())
        .isEqualTo("ACQ.TRADE_NOT_EXIST");
    var signed = sdk.cut().signedPart(text, root).orElseThrow();
    assertThat(
            SignType.RSA2.verifies(
                bench.platformKey(),
                signed.getBytes(charset),
                Json.parse(text).path("sign").stringValue()))
        .isTrue();
  }

  private Map<String, String> values(Sdk sdk, String charsetName, Charset charset) {
    var values =
        new HashMap<>(
            Map.of(
                "app_id", bench.appId(),
                "method", METHOD,
                "charset", charsetName,
                "sign_type", "RSA2",
                "timestamp", "2026-08-25 10:00:00",
                "version", "1.0",
                "format", "json",
                "alipay_sdk", "alipay-sdk of a test",
                "biz_content", sdk.json()));
    var sent = new ArrayList<>(sdk.query());
    sent.addAll(sdk.body());
    values.keySet().retainAll(sent);
    var text = StringToSign.ofRequest(new TreeMap<>(values)).getBytes(charset);
    values.put("sign", SignType.RSA2.sign(bench.privateKey(), text));
    return values;
  }

  private static String written(
      Sdk sdk, List<String> names, Map<String, String> values, Charset charset) {
    return names.stream()
        .map(name -> name + "=" + sdk.encoder().write(values.getOrDefault(name, ""), charset))
        .collect(Collectors.joining("&"));
  }

  private static String send(Sdk sdk, String query, String body, Charset charset)
      throws IOException {
    var origin = AlipayBench.SERVER.origin();
    var address = sdk.absoluteAddress() ? "http://localhost/gateway.do" : "/gateway.do";
    var head = new StringBuilder();
    head.append(sdk.verb()).append(' ').append(address).append('?').append(query);
    head.append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (var header : sdk.headers()) {
      head.append(header).append(header.endsWith("charset=") ? charset.name() : "").append("\r\n");
    }
    head.append(body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n");
    try (var socket = new Socket("localhost", origin.getPort())) {
      socket.getOutputStream().write((head + "\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      return read(socket, charset);
    }
  }

  /** Reads until the answer has as many bytes as it says, since the connection stays open. */
  private static String read(Socket socket, Charset charset) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var length = Pattern.compile("(?is)^(.*?\r\n\r\n).*");
    while (true) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        return bytes.toString(charset);
      }
      bytes.write(next);
      var head = length.matcher(bytes.toString(StandardCharsets.ISO_8859_1));
      if (head.matches()) {
        var size = Pattern.compile("(?i)content-length: ([0-9]+)").matcher(head.group(1));
        assertThat(size.find()).as(head.group(1)).isTrue();
        bytes.writeBytes(socket.getInputStream().readNBytes(Integer.parseInt(size.group(1))));
        return bytes.toString(charset);
      }
    }
  }
}
