package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.web.cli.server.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** Tests the arguments of {@code ./run load}; nothing listens on the port. */
@ExtendWith(OutputCaptureExtension.class)
class LoadCommandTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --flows 0                      | --flows is 1 to 1000000, --concurrency 1 to 256
          --flows 20001 --step-by-step   | --flows is 1 to 20000 with --step-by-step
          --concurrency 257              | --concurrency 1 to 256
          --warm-up -1                   | --warm-up not negative
          --rate 0                       | --rate is 0.1 to 10000 purchases a second
          --rate 10001                   | --rate is 0.1 to 10000 purchases a second
          --rate NaN                     | --rate is 0.1 to 10000 purchases a second
          --rate fast                    | Invalid value for option '--rate'
          --rate 5 --step-by-step        | --rate=R, --step-by-step are mutually exclusive
          --level L4                     | Invalid value for option '--level'
          """)
  void invalidArgumentsAreRefusedBeforeAnyRequest(String line, String said, CapturedOutput output) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains(said).doesNotContain("no sandbox answers");
    assertThat(output.getOut()).isEmpty();
  }

  @Test
  void withoutAServerItSaysHowToStartOne(CapturedOutput output) {
    assertThat(run("--port", "1", "--rate", "5")).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr())
        .contains("no sandbox answers at http://localhost:1", "./run --port 1");
  }

  private static int run(String... words) {
    return new CommandLine(new LoadCommand())
        .setExecutionExceptionHandler(new ExpectedFailureHandler())
        .execute(words);
  }
}
