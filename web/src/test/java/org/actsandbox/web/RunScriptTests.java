package org.actsandbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests the options that {@code ./run} gives to the JVM. */
class RunScriptTests {

  private static final Pattern LOGGING = Pattern.compile("'(-Xlog:[^']*)'|(-Xlog:\\S+)");

  /** An option of which the JVM warns where the machine has no large pages. */
  private static final String WARNED = "-XX:+UseLargePages";

  /** A program that reads the output of {@code --json} cannot read a warning before it. */
  @Test
  void warningsOfTheJvmAreNotOnStandardOutput() throws Exception {
    assumeThat(standardOutput(List.of()))
        .as("a machine with such pages does not warn of them")
        .contains("[warning]");

    assertThat(standardOutput(logging())).isEmpty();
  }

  private static List<String> logging() throws IOException {
    var options =
        LOGGING
            .matcher(Files.readString(Path.of("../run")))
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList();
    assertThat(options).isNotEmpty();
    return options;
  }

  private static String standardOutput(List<String> options) throws Exception {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.add(WARNED);
    command.addAll(options);
    command.add("-version");
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }
}
