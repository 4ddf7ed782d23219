package org.actsandbox.sandbox.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.actsandbox.protocol.notification.WebhookSignature;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the examples of docs/webhooks.md that verify a signature, where their runtime is. */
class WebhookExampleTests {

  private static final Instant NOW = Instant.parse("2031-05-01T00:00:00Z");
  private static final String SECRET = WebhookSignature.secret(new byte[32]);
  private static final byte[] BODY =
      "{\"event\":\"test\",\"text\":\"支付\"}".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({"python3, verify_webhook.py", "node, verify-webhook.mjs", "java, VerifyWebhook.java"})
  void itAcceptsTheSignatureAndNothingElse(String runtime, String example) throws Exception {
    var command =
        runtime.equals("java")
            ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
            : runtime;
    assumeThat(runtime.equals("java") || isInstalled(runtime)).as(runtime).isTrue();
    var call = new ArrayList<>(List.of(command, "../docs/examples/" + example));
    var signature = WebhookSignature.sign(SECRET, "N-1", NOW, BODY);
    var seconds = String.valueOf(NOW.getEpochSecond());
    call.addAll(List.of(SECRET, "N-1", seconds, "v1,AAAA " + signature, seconds));

    assertThat(run(call, BODY)).isZero();
    assertThat(run(call, "{\"event\":\"other\"}".getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
    if (!runtime.equals("java")) {
      // Each run of the Java example compiles it, so it is spared this one.
      call.set(call.size() - 1, String.valueOf(NOW.plusSeconds(301).getEpochSecond()));
      assertThat(run(call, BODY)).isEqualTo(1);
    }
  }

  private static int run(List<String> command, byte[] body) throws Exception {
    var process = new ProcessBuilder(command).inheritIO();
    process.redirectInput(ProcessBuilder.Redirect.PIPE);
    var running = process.start();
    try (var input = running.getOutputStream()) {
      input.write(body);
    }
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return running.exitValue();
  }

  private static boolean isInstalled(String program) throws IOException {
    try (var places = Stream.of(System.getenv("PATH").split(":", -1))) {
      return places.map(Path::of).anyMatch(each -> Files.isExecutable(each.resolve(program)));
    }
  }
}
