package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.PooledOutbound;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.scenarios.client.SandboxClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** What the person who started a server gets from it by the data folder alone. */
@ExtendWith(OutputCaptureExtension.class)
class OpenCommandTests {

  @TempDir Path folder;

  private static int run(Object command, String... arguments) {
    return new CommandLine(command).setExecutionExceptionHandler(new OneLine()).execute(arguments);
  }

  @Test
  void theAddressIsPrintedAgainAndLetsIn(CapturedOutput output) throws Exception {
    try (var server = EmbeddedServer.start(0, folder, "127.0.0.1");
        var outbound = new PooledOutbound(_ -> true)) {
      var token = DataFolder.startToken(folder).orElseThrow();
      var address = server.origin() + "/?token=" + token;
      server.announce();
      assertThat(output.getOut()).contains("Console  " + address).doesNotContain("act_principal_");
      var port = String.valueOf(server.origin().getPort());

      assertThat(run(new OpenCommand(), "--port", port)).isZero();
      assertThat(output.getOut().split(java.util.regex.Pattern.quote(address), -1)).hasSize(3);
      var entered =
          outbound.send(Outbound.Call.get(URI.create(address), Map.of(), Duration.ofSeconds(10)));
      assertThat(entered.status()).isEqualTo(303);

      assertThat(run(new KeysCommand(), "--port", port)).isZero();
      var target = server.demo(new SandboxClient(outbound));
      assertThat(output.getOut()).contains(target.keys().principal(), target.keys().operator());
      assertThat(run(new KeysCommand(), "--port", port, "nowhere")).isEqualTo(ExitCodes.FAILED);
      assertThat(run(new KeysCommand(), "--port", port, "../demo")).isEqualTo(ExitCodes.USAGE);
    }
  }

  @Test
  void theNoteForOtherCommandsHasNoSecretInIt() throws Exception {
    try (var server = EmbeddedServer.start(0, folder, "127.0.0.1")) {
      var note =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "act-sandbox-" + System.getProperty("user.name"),
              server.origin().getPort() + ".json");
      assertThat(note)
          .content()
          .contains(folder.toString())
          .doesNotContain("act_", DataFolder.startToken(folder).orElseThrow());
    }
  }

  @Test
  void whereNothingRunsItSaysSo(CapturedOutput output) {
    assertThat(run(new OpenCommand(), "--port", "1")).isEqualTo(ExitCodes.USAGE);
    assertThat(run(new KeysCommand(), "--port", "1")).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains("no sandbox of this user runs on port 1", "--port 1");
  }

  /** The arguments of a process are everybody's to read. */
  @Test
  void theTokenStandsInNoArgumentOfTheBrowser() throws Exception {
    var opener = folder.resolve("xdg-open");
    var said = folder.resolve("said");
    Files.writeString(
        opener, "#!/bin/sh\necho \"$@\" > " + said + ".tmp\nmv " + said + ".tmp " + said + "\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    var path = Map.of("PATH", "/nowhere:" + folder, "DISPLAY", ":0");

    var desktop = Desktop.in("Linux", path).orElseThrow();
    var address = URI.create("http://localhost:1/?token=secret-token");
    assertThat(desktop.open(folder, address)).startsWith("Opening");
    assertThat(desktop.open(folder, address)).startsWith("Opening");

    org.awaitility.Awaitility.await().until(() -> Files.exists(said));
    assertThat(said).content().contains("open.html").doesNotContain("secret-token");
    var page = folder.resolve("open.html");
    assertThat(page).content().contains("url=" + address);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
  }

  @Test
  void withoutADisplayOrAProgramThereIsNoBrowser() {
    assertThat(Desktop.in("Linux", Map.of("PATH", folder.toString(), "DISPLAY", ":0"))).isEmpty();
    assertThat(Desktop.in("Linux", Map.of("PATH", "/usr/bin:/bin"))).isEmpty();
    assertThat(Desktop.in("Linux", Map.of())).isEmpty();
  }
}
