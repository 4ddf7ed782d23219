package org.actsandbox.alipay.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.actsandbox.alipay.TestKeys;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that every SDK cuts the signed bytes out of an answer (AIP-109 to AIP-113, AIP-319). */
class SignedResponseTests {

  private static final String ROOT = SignedResponse.rootName("alipay.aipay.agent.payment.verify");

  @ParameterizedTest
  @CsvSource({
    "JAVA, UTF-8",
    "DOTNET, UTF-8",
    "NODE, UTF-8",
    "PYTHON, UTF-8",
    "PHP, UTF-8",
    "JAVA, GBK",
    "DOTNET, GBK",
    "NODE, GBK",
    "PYTHON, GBK",
    "PHP, GBK"
  })
  void eachSdkFindsTheSignedBytes(SdkCut cut, String charsetName) {
    var charset = Charset.forName(charsetName);
    var root = Json.object();
    root.put("code", "40002");
    root.put("sub_msg", "每日 } \"sign\" , \" \\ / { " + ROOT + " ¥\uD83D\uDE00");
    root.put("active", true);

    var answer =
        SignedResponse.write(ROOT, root, TestKeys.PLATFORM.getPrivate(), SignType.RSA2, charset);

    // The text travels in the charset: what it lacks must have been escaped before.
    var received = new String(answer.getBytes(charset), charset);
    var part = cut.signedPart(received, ROOT);
    var sign = Json.parse(received).path("sign").stringValue();
    assertThat(part).isPresent();
    assertThat(
            SignType.RSA2.verifies(
                TestKeys.PLATFORM.getPublic(), part.get().getBytes(charset), sign))
        .isTrue();
    assertThat(Json.parse(part.get())).isEqualTo(root);
    assertThat(received).doesNotContain("\\/").startsWith("{\"" + ROOT + "\":{\"code\":\"40002\"");
  }

  @Test
  void anUnsignedAnswerHasNoSign() {
    var root = Json.object().put("code", "40002");
    assertThat(
            SignedResponse.write(
                SignedResponse.ERROR_ROOT, root, null, SignType.RSA2, Charset.forName("UTF-8")))
        .isEqualTo("{\"error_response\":{\"code\":\"40002\"}}");
  }

  @Test
  void anAlteredAnswerIsCutAndDoesNotVerify() {
    var answer =
        SignedResponse.write(
            ROOT,
            Json.object().put("amount", "0.01"),
            TestKeys.PLATFORM.getPrivate(),
            SignType.RSA2,
            Charset.forName("UTF-8"));
    var altered = answer.replace("0.01", "9.01");
    var sign = Json.parse(altered).path("sign").stringValue();
    for (var cut : new SdkCut[] {SdkCut.JAVA, SdkCut.NODE, SdkCut.PHP, SdkCut.PYTHON}) {
      var part = cut.signedPart(altered, ROOT).orElseThrow();
      assertThat(
              SignType.RSA2.verifies(
                  TestKeys.PLATFORM.getPublic(), part.getBytes(Charset.forName("UTF-8")), sign))
          .isFalse();
    }
  }
}
