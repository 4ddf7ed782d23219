package org.actsandbox.protocol.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the signatures with a shared secret, first against a published example. */
class WebhookSignatureTests {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private static boolean verify(
      @Nullable String id, @Nullable String timestamp, @Nullable String signature) {
    return WebhookSignature.verify(
        SECRET, id, timestamp, signature, BODY, AT, Duration.ofMinutes(5));
  }

  @Test
  void signsLikeStandardWebhooks() {
    assertThat(WebhookSignature.sign(SECRET, ID, AT, BODY)).isEqualTo(SIGNATURE);
    assertThat(verify(ID, "1614265330", SIGNATURE)).isTrue();
    assertThat(verify(ID, "1614265330", "v1,AAAA v2,x " + SIGNATURE)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "other, 1614265330, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, 1614265331, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, 1614265631, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, 99999999999999999999, 'v1,g0hM'",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, -1, 'v1,g0hM'",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, 1614265330, 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, 1614265330, 'v1,not base64'",
    "msg_p5jXN8AQM9LWM0D4loKWxJek, 1614265330,",
    ", 1614265330, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='"
  })
  void nothingElseIsValid(
      @Nullable String id, @Nullable String timestamp, @Nullable String signature) {
    assertThat(verify(id, timestamp, signature)).isFalse();
  }
}
