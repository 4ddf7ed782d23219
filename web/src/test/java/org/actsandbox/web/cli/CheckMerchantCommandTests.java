package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    var absent = folder.resolve("absent.json").toString();
    assertThat(run("raileast", "--config", absent)).isEqualTo(2);
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
  void aMerchantThatDoesNotListenIsExitCodeThree(CapturedOutput output) {
    assertThat(run("http://localhost:" + freePort(), "--call-seconds", "1")).isEqualTo(3);
    assertThat(output.getErr()).contains("cannot be reached");
  }

  @Test
  void aWorldThatCannotBeReachedIsNoDeviationOfTheMerchant(CapturedOutput output) {
    var nowhere = "http://localhost:" + freePort();
    assertThat(run("http://localhost:9300", "--server", nowhere, "--world", "mine")).isEqualTo(2);
    assertThat(output.getErr()).contains("--world mine cannot be used");
  }

  @Test
  void aCommandThatEndsAtOnceIsToldWithItsLastOutput(CapturedOutput output) {
    var url = "http://localhost:" + freePort();

    assertThat(run(url, "--start", "act-no-such-command; exit 7")).isEqualTo(3);

    assertThat(output.getErr())
        .contains("--start did not start the merchant: exit code 7. It printed last:\n  bash:")
        .contains("act-no-such-command: command not found");
  }

  @Test
  void anotherMerchantAtTheAddressIsNotTakenForTheStartedOne(CapturedOutput output)
      throws IOException {
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(404, -1);
          }
        });
    other.start();
    try {
      var url = "http://localhost:" + other.getAddress().getPort();

      assertThat(run(url, "--start", "exit 1")).isEqualTo(3);
      assertThat(output.getErr()).contains("something answers at " + url + " before --start");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void aMockMerchantOfAnotherWorldIsWrongUsageAndNoDeviation(CapturedOutput output)
      throws IOException {
    var sandbox = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sandbox.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Act-Sandbox", "true");
            exchange.sendResponseHeaders(404, -1);
          }
        });
    sandbox.start();
    try {
      var port = sandbox.getAddress().getPort();

      assertThat(run("http://localhost:" + port + "/w/mine/merchants/raileast")).isEqualTo(2);
      assertThat(output.getErr())
          .contains(
              "is the merchant raileast of world mine",
              "check it there, with --world mine, or a new one like it by the name raileast");
      assertThat(run("http://localhost:" + port + "/merchants/luma-mart")).isEqualTo(2);
      assertThat(output.getErr()).contains("is the merchant luma-mart of world demo");
    } finally {
      sandbox.stop(0);
    }
  }

  private static int freePort() {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
