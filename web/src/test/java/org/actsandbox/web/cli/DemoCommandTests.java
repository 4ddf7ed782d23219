package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Tests the demo on a server that is already running. */
class DemoCommandTests {

  @TempDir Path folder;

  @Test
  void theEvidenceIsKeptInTheDataFolderOfThatServer() throws Exception {
    var data = folder.resolve("data");
    try (var server = EmbeddedServer.start(0, data, "127.0.0.1")) {
      var code =
          new CommandLine(new DemoCommand())
              .setExecutionExceptionHandler(new ExpectedFailureHandler())
              .execute(
                  "--port",
                  String.valueOf(server.origin().getPort()),
                  "--data",
                  folder.resolve("not-this-one").toString(),
                  "--yes",
                  "--json",
                  "Find me a window seat on tomorrow's early train to Shanghai");
      assertThat(code).isZero();
    }
    assertThat(data.resolve("evidence")).isDirectoryContaining("glob:**.zip");
    assertThat(folder.resolve("not-this-one")).doesNotExist();
  }
}
