package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.actsandbox.web.cli.server.ExitCodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that wrong arguments are answered with a line that a person understands. */
class WrongUsageTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --frsh                 | ./run has no option --frsh. Did you mean --fresh?
          exprot                 | ./run has no command exprot. Did you mean ./run export?
          demo --frob            | ./run demo has no option --frob
          keys one two           | ./run keys has no argument two
          --set maxworlds        | --set maxworlds: expected NAME=VALUE
          --port eight           | --port eight: expected a whole number
          verify                 | Missing required parameter: 'BUNDLE.zip'
          verify nowhere.zip     | cannot read nowhere.zip
          """)
  void isAnsweredInOneLine(String arguments, String reason) {
    var err = new StringWriter();
    int code = Cli.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.split(" "));

    assertThat(code).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo("act-sandbox: " + reason);
    assertThat(err.toString().lines().toList().getLast())
        .startsWith("./run")
        .endsWith(" --help shows what it takes.");
  }
}
