package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.actsandbox.web.cli.server.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** Tests the arguments of {@code ./run scenario}; nothing listens on the port. */
@ExtendWith(OutputCaptureExtension.class)
class ScenarioCommandTests {

  @TempDir Path folder;

  /**
   * Runs the command with a target that does not answer: an error about the target shows that the
   * checks before it passed.
   */
  private int run(String option, Path report) {
    return new CommandLine(new ScenarioCommand())
        .setExecutionExceptionHandler(new ExpectedFailureHandler())
        .execute("seed-story", "--target", "http://localhost:1", option, report.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--junit", "--html"})
  void aReportThatCannotBeWrittenIsNoticedBeforeTheRun(String option, CapturedOutput output) {
    assertThat(run(option, folder.resolve("not/there.xml"))).isEqualTo(ExitCodes.USAGE);
    assertThat(run(option, folder)).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr())
        .contains("cannot write " + option)
        .doesNotContain("no sandbox answers");
  }

  @Test
  void aWritableReportIsNotChangedBeforeTheRun(CapturedOutput output) {
    var report = folder.resolve("report.xml");
    run("--junit", report);
    assertThat(output.getErr()).contains("no sandbox answers").doesNotContain("cannot write");
    assertThat(report).doesNotExist();
  }

  @Test
  void aFileThatIsTooDeepOrEndlessIsReportedInOneLineAsWrongUsage(CapturedOutput output)
      throws IOException {
    var deep = folder.resolve("deep.yaml");
    Files.writeString(deep, "scenario: deep\nsteps: " + "[".repeat(1_000));
    assertThat(typed(deep.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains("levels deep").doesNotContain("\tat ");
    var zero = folder.resolve("zero.yaml");
    Files.write(zero, new byte[600 * 1024]);
    assertThat(typed(zero.toString())).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains("at most 524288 bytes").doesNotContain("\tat ");
  }

  private static int typed(String file) {
    return new CommandLine(new ScenarioCommand())
        .setExecutionExceptionHandler(new ExpectedFailureHandler())
        .execute(file, "--target", "http://localhost:1");
  }
}
