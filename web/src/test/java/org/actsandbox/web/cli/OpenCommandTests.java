package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.http.PooledOutboundClient;
import org.actsandbox.sandbox.database.DataFolder;
import org.actsandbox.web.cli.server.EmbeddedServer;
import org.actsandbox.web.cli.server.ExitCodes;
import org.actsandbox.web.cli.server.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;

/** Tests what the user who started a server gets from its data folder. */
@ExtendWith(OutputCaptureExtension.class)
class OpenCommandTests {

  @TempDir Path folder;

  private static int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(new ExpectedFailureHandler())
        .execute(arguments);
  }

  @Test
  void theAddressIsPrintedAgainAndOpensTheConsole(CapturedOutput output) throws Exception {
    try (var server = EmbeddedServer.start(0, folder, "127.0.0.1");
        var outbound = new PooledOutboundClient(_ -> true)) {
      var token = DataFolder.startToken(folder).orElseThrow();
      var address = server.origin() + "/?token=" + token;
      server.announce();
      assertThat(output.getOut()).contains("Console  " + address).doesNotContain("act_principal_");
      var port = String.valueOf(server.origin().getPort());

      assertThat(run(new OpenCommand(), "--port", port)).isZero();
      assertThat(output.getOut().split(java.util.regex.Pattern.quote(address), -1)).hasSize(3);
      var entered =
          outbound.send(
              OutboundClient.Call.get(URI.create(address), Map.of(), Duration.ofSeconds(10)));
      assertThat(entered.status()).isEqualTo(303);

      assertThat(run(new KeysCommand(), "--port", port)).isZero();
      var targetWorld = server.demo(new SandboxClient(outbound));
      assertThat(output.getOut())
          .contains(targetWorld.keys().principal(), targetWorld.keys().operator());
      assertThat(run(new KeysCommand(), "--port", port, "nowhere")).isEqualTo(ExitCodes.FAILED);
      assertThat(run(new KeysCommand(), "--port", port, "../demo")).isEqualTo(ExitCodes.USAGE);
    }
  }

  @Test
  void theFileForOtherCommandsContainsNoSecret() throws Exception {
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
  void withoutARunningServerItSaysSo(CapturedOutput output) {
    assertThat(run(new OpenCommand(), "--port", "1")).isEqualTo(ExitCodes.USAGE);
    assertThat(run(new KeysCommand(), "--port", "1")).isEqualTo(ExitCodes.USAGE);
    assertThat(output.getErr()).contains("no sandbox of this user runs on port 1", "--port 1");
  }

  /**
   * A container may run as a user id without an account, for which Java reports a question mark as
   * the user name.
   */
  @Test
  void aUserWithoutAnAccountFindsItsServer() throws Exception {
    var account = System.getProperty("user.name");
    System.setProperty("user.name", "?");
    try {
      var note = new RunningServer(URI.create("http://localhost:2"), 1, folder);
      note.write();
      assertThat(RunningServer.at(2)).contains(note);
      note.delete();
      assertThat(RunningServer.at(2)).isEmpty();
    } finally {
      System.setProperty("user.name", account);
    }
  }

  /** All users of a machine can read the arguments of a process. */
  @Test
  void theTokenIsInNoArgumentOfTheBrowser() throws Exception {
    var opener = folder.resolve("xdg-open");
    var said = folder.resolve("said");
    Files.writeString(
        opener, "#!/bin/sh\necho \"$@\" > " + said + ".tmp\nmv " + said + ".tmp " + said + "\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    var path = Map.of("PATH", "/nowhere:" + folder, "DISPLAY", ":0");

    var browserOpener = BrowserOpener.in("Linux", path).orElseThrow();
    var address = URI.create("http://localhost:1/?token=secret-token");
    assertThat(browserOpener.open(folder, address)).startsWith("Opening");
    assertThat(browserOpener.open(folder, address)).startsWith("Opening");

    org.awaitility.Awaitility.await().until(() -> Files.exists(said));
    assertThat(said).content().contains("open.html").doesNotContain("secret-token");
    var page = folder.resolve("open.html");
    assertThat(page).content().contains("url=" + address);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
  }

  @Test
  void withoutADisplayOrAProgramThereIsNoBrowser() {
    assertThat(BrowserOpener.in("Linux", Map.of("PATH", folder.toString(), "DISPLAY", ":0")))
        .isEmpty();
    assertThat(BrowserOpener.in("Linux", Map.of("PATH", "/usr/bin:/bin"))).isEmpty();
    assertThat(BrowserOpener.in("Linux", Map.of())).isEmpty();
  }
}
