package org.actsandbox.web.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.convert.DurationStyle;

/** Tests the unit for systemd in docs/operations.md without installing it. */
class SystemdUnitTests {

  private static final Path ROOT = Path.of("..");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  /** Java ends with this code after SIGTERM: 128 and the number of the signal. */
  private static final int TERMINATED = 128 + 15;

  private static String unit = "";

  @BeforeAll
  static void read() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/operations.md"));
    int start = page.indexOf("[Unit]");
    unit = page.substring(start, page.indexOf("```", start));
  }

  private static List<String> all(String name) {
    return unit.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }

  private static String only(String name) {
    assertThat(all(name)).as(name).hasSize(1);
    return all(name).getFirst();
  }

  @Test
  void itsCommandIsRunOfACheckout() {
    var command = Path.of(only("ExecStart"));

    assertThat(command).isAbsolute();
    assertThat(ROOT.resolve(command.getFileName())).isExecutable();
  }

  @Test
  void itsEnvironmentIsOfSettingsThatExist() throws IOException {
    var settings = Files.readString(ROOT.resolve("docs/configuration.md"));

    assertThat(only("Environment").split(" "))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            each ->
                assertThat(settings).contains("`" + each.substring(0, each.indexOf('=')) + "`"));
  }

  @Test
  void itDoesNotStartAgainWhatAnotherStartDoesNotMend() {
    assertThat(only("Restart")).isEqualTo("on-failure");
    assertThat(only("SuccessExitStatus")).isEqualTo(String.valueOf(TERMINATED));
    assertThat(only("RestartPreventExitStatus").split(" "))
        .containsExactly(String.valueOf(ExitCodes.USAGE));
  }

  @Test
  void itWaitsForTheRequestsUnderWay() throws IOException {
    var defaults = new Properties();
    try (var in = getClass().getResourceAsStream("/sandbox-defaults.properties")) {
      defaults.load(in);
    }
    var requests =
        DurationStyle.detectAndParse(
            defaults.getProperty("spring.lifecycle.timeout-per-shutdown-phase"));

    assertThat(Long.parseLong(only("TimeoutStopSec"))).isGreaterThan(requests.toSeconds());
  }

  /** Has systemd read the unit, with the command of this checkout in place of an installed one. */
  @Test
  void systemdUnderstandsIt(@TempDir Path folder) throws Exception {
    assumeThat(ANALYZE).as("systemd-analyze").isExecutable();
    var here = ROOT.resolve("run").toRealPath().toString();
    var file = folder.resolve("act-sandbox.service");
    Files.writeString(file, unit.replace(only("ExecStart"), here));

    assertThat(verified(file)).isEmpty();
    Files.writeString(file, unit.replace(only("ExecStart"), here).replace("Restart=", "Restrat="));
    assertThat(verified(file)).contains("Restrat");
  }

  private static String verified(Path file) throws Exception {
    var said = Files.createTempFile(file.getParent(), "said", ".txt");
    var process =
        new ProcessBuilder(ANALYZE.toString(), "verify", "--man=no", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Arrays.stream(Files.readString(said).split("\n"))
        .filter(line -> line.contains(file.getFileName().toString()))
        .reduce("", (all, line) -> all + line + "\n");
  }
}
