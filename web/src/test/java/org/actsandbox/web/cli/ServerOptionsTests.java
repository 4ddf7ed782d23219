package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The settings that a command line names. */
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
  void aSettingHasItsPrefixOrNot() {
    assertThat(settings("--set", "max-worlds=20", "--set", "act.access-log=true"))
        .containsExactly("--act.max-worlds=20", "--act.access-log=true");
  }

  @Test
  void theFormOfTheLogMayBeSet() {
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
  void refusesWhatIsNoSettingWithWhatToDo(String given, String said) {
    assertThatThrownBy(() -> settings("--set", given))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(said);
  }
}
