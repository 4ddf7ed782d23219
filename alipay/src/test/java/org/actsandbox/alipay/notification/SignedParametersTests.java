package org.actsandbox.alipay.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.alipay.TestKeys;
import org.actsandbox.alipay.signature.SignType;
import org.junit.jupiter.api.Test;

/** Tests that notifications are signed without their sign type (AIP-190). */
class SignedParametersTests {

  private final Map<String, String> notification =
      SignedParameters.sign(
          Map.of("trade_no", "2026", "subject", "早餐", "body", "", "app_id", "9021"),
          TestKeys.PLATFORM.getPrivate(),
          SignType.RSA2,
          StandardCharsets.UTF_8);

  @Test
  void theTextIsThatOfVersionOne() {
    var text = "app_id=9021&subject=早餐&trade_no=2026".getBytes(StandardCharsets.UTF_8);
    assertThat(
            SignType.RSA2.verifies(
                TestKeys.PLATFORM.getPublic(), text, notification.getOrDefault("sign", "")))
        .isTrue();
    assertThat(verifies(notification)).isTrue();
    assertThat(
            SignedParameters.verifiesV2(
                notification, TestKeys.PLATFORM.getPublic(), SignType.RSA2, StandardCharsets.UTF_8))
        .isFalse();
  }

  @Test
  void anAlteredValueOrAMissingSignDoesNotVerify() {
    var altered = new LinkedHashMap<>(notification);
    altered.put("trade_no", "2027");
    assertThat(verifies(altered)).isFalse();
    altered.remove("sign");
    assertThat(verifies(altered)).isFalse();
  }

  private static boolean verifies(Map<String, String> parameters) {
    return SignedParameters.verifiesV1(
        parameters, TestKeys.PLATFORM.getPublic(), SignType.RSA2, StandardCharsets.UTF_8);
  }
}
