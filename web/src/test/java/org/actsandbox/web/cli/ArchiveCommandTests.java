package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** Tests {@code ./run export} and {@code ./run import} as an operator types them. */
@ExtendWith(OutputCaptureExtension.class)
class ArchiveCommandTests {

  @TempDir Path folder;

  private static int run(Object command, Object... arguments) {
    var texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    return new CommandLine(command)
        .setExecutionExceptionHandler(new ExpectedFailureHandler())
        .execute(texts);
  }

  @Test
  void aBackupIsReadIntoANewFolder(CapturedOutput output) throws Exception {
    var data = folder.resolve("data");
    var file = folder.resolve("backup.zip");
    String key;
    try (var server = EmbeddedServer.start(0, data, "127.0.0.1")) {
      key = operatorKey(server);
    }
    var kept = List.of("scenarios", "grades", "gates").stream().map(data::resolve).toList();
    for (var each : kept) {
      Files.createDirectories(each);
    }

    assertThat(run(new CompactCommand(), "--data", data)).isZero();
    assertThat(output.getOut()).contains("Compacted the database file from ");
    assertThat(run(new ExportCommand(), "--data", data, file)).isZero();
    assertThat(output.getOut())
        .contains("Exported ", "All keys are in it", "Not in it")
        .contains(kept.stream().map(String::valueOf).toList())
        .doesNotContain(data.resolve("evidence").toString());

    var other = folder.resolve("other");
    assertThat(run(new ImportCommand(), "--data", other, file)).isZero();
    assertThat(output.getOut()).contains("Imported ", other.toString());
    try (var server = EmbeddedServer.start(0, other, "127.0.0.1")) {
      assertThat(operatorKey(server)).isEqualTo(key);
    }
    assertThat(output.getErr()).isEmpty();
  }

  private static String operatorKey(EmbeddedServer server) throws Exception {
    try (var outbound = new PooledOutboundClient(_ -> true)) {
      return server.demo(new SandboxClient(outbound)).keys().operator();
    }
  }

  @Test
  void aFailureIsReportedInOneLine(CapturedOutput output) throws Exception {
    var file = folder.resolve("no-archive.zip");
    Files.writeString(file, "no archive");
    assertThat(run(new ImportCommand(), "--data", folder.resolve("new"), file))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(run(new ExportCommand(), "--data", folder.resolve("new"), folder.resolve("x")))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("act-sandbox: " + file).contains("whole archive"),
            line -> assertThat(line).startsWith("act-sandbox: ").contains("no data folder"));
    assertThat(folder.resolve("new")).doesNotExist();
    assertThat(run(new ExportCommand())).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains("Missing required parameter: 'FILE'");
  }
}
