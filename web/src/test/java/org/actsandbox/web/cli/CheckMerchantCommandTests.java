package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** Tests the command {@code ./run check-merchant}: its arguments, reports and exit codes. */
@ExtendWith(OutputCaptureExtension.class)
class CheckMerchantCommandTests {

  @TempDir Path folder;

  private static int run(String... arguments) {
    return new CommandLine(new CheckMerchantCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new ExpectedFailureHandler())
        .execute(arguments);
  }

  @Test
  void wrongUsageIsExitCodeTwoBeforeAnythingStarts(CapturedOutput output) throws IOException {
    var config = folder.resolve("act.json");
    Files.writeString(config, "{\"knowns\":[]}");

    assertThat(run()).isEqualTo(2);
    assertThat(run("raileast", "--level", "kiosk")).isEqualTo(2);
    assertThat(run("raileast", "--profile", "other")).isEqualTo(2);
    assertThat(run("raileast", "--only", "NO-RULE")).isEqualTo(2);
    assertThat(run("ftp://localhost")).isEqualTo(2);
    assertThat(run("http://user@localhost")).isEqualTo(2);
    assertThat(run("raileast", "--config", config.toString())).isEqualTo(2);
    assertThat(run("raileast", "--html", folder.resolve("not/there.html").toString())).isEqualTo(2);
    assertThat(output.getErr())
        .contains(
            "--only names no check",
            "knowns is not known",
            "cannot write",
            "begins with http:// or https://");
  }

  @Test
  void theListNamesTheChecksOfALevel(CapturedOutput output) {
    assertThat(run("--list", "--level", "gate")).isZero();
    assertThat(output.getOut()).contains("bill.signature", "MUST").doesNotContain("cart.sum");
  }

  @Test
  void oneRuleIsCheckedWithWhatItNeedsAndReported(CapturedOutput output) throws IOException {
    var junit = folder.resolve("junit.xml");
    var html = folder.resolve("report.html");
    var sarif = folder.resolve("report.sarif");
    var badge = folder.resolve("badge.svg");
    var last = folder.resolve("last.json");

    assertThat(
            run(
                "tickwell",
                "--only",
                "bill.signature",
                "--json",
                "--junit",
                junit.toString(),
                "--html",
                html.toString(),
                "--sarif",
                sarif.toString(),
                "--badge",
                badge.toString(),
                "--last",
                last.toString()))
        .isZero();

    var report = Json.parse(Files.readAllBytes(last));
    assertThat(report.path("total").asString()).isEqualTo("conforms");
    assertThat(report.at("/results").toString()).contains("gate.asks-payment", "bill.signature");
    assertThat(output.getOut()).contains("\"total\":\"conforms\"");
    assertThat(output.getErr()).contains("not an official certificate");
    for (var file : new Path[] {junit, html, sarif, badge}) {
      assertThat(file).isNotEmptyFile();
    }
  }

  @Test
  void aMerchantThatDoesNotListenIsExitCodeThree(CapturedOutput output) throws IOException {
    int port;
    try (var taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }

    assertThat(run("http://localhost:" + port, "--call-seconds", "1")).isEqualTo(3);
    assertThat(output.getErr()).contains("cannot be reached");
  }
}
