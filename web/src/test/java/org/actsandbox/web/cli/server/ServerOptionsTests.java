package org.actsandbox.web.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Tests the settings that a command line names. */
class ServerOptionsTests {

  @Command
  private static final class Holder {
    @CommandLine.Mixin ServerOptions server = new ServerOptions();
  }

  private static String[] settings(String... args) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs(args);
    return holder.server.settings();
  }

  @Test
  void aSettingMayHaveItsPrefix() {
    assertThat(settings("--set", "max-worlds=20", "--set", "act.access-log=true"))
        .containsExactly("--act.max-worlds=20", "--act.access-log=true");
  }

  @Test
  void loggingSettingsMayBeSet() {
    assertThat(settings("--set", "logging.structured.format.console=ecs"))
        .containsExactly("--logging.structured.format.console=ecs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-wolds=2      | Did you mean act.max-worlds?
          spring.profiles=x| there is no such setting
          port=1           | use --port instead
          act.data=/tmp    | use --data instead
          """)
  void refusesUnknownSettingsWithARemedy(String given, String said) {
    assertThatThrownBy(() -> settings("--set", given))
        .isInstanceOf(ServerStartFailure.class)
        .hasMessageContaining(said);
  }

  /**
   * Settings with an option of their own can be set in the environment like every other setting.
   */
  @Test
  void theEnvironmentSetsPortAndDataFolderToo(@TempDir Path folder) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ServerOptionsTests.class.getName());
    builder.environment().put("ACT_PORT", "21299");
    builder.environment().put("ACT_DATA", folder.toString());
    var process = builder.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines()).contains("21299 " + folder);
  }

  public static void main(String[] args) {
    var holder = new Holder();
    new CommandLine(holder).parseArgs(args);
    System.out.println(holder.server.port + " " + holder.server.dataFolder());
  }

  @Test
  void byDefaultThePortIs8080AndTheFolderIsBesideRun() {
    assumeThat(System.getenv()).doesNotContainKeys("ACT_PORT", "ACT_DATA");
    var holder = new Holder();
    new CommandLine(holder).parseArgs();
    assertThat(holder.server.port).isEqualTo(8080);
    assertThat(holder.server.dataFolder()).hasFileName(".sandbox");
    new CommandLine(holder).parseArgs("--port", "1", "--data", "elsewhere");
    assertThat(holder.server.port).isEqualTo(1);
    assertThat(holder.server.dataFolder()).hasFileName("elsewhere");
  }
}
