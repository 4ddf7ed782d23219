package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a server from starting is said in one line. */
class StartupTests {

  @TempDir Path folder;

  String failure(Path data, String... args) {
    var thrown = catchThrowable(() -> SandboxServer.start(data, args).close());
    assertThat(thrown).isNotNull();
    var line = StartupFailure.behind(thrown).orElseThrow().oneLine();
    assertThat(line).isNotBlank().doesNotContain("\n");
    return line;
  }

  @Test
  void aTakenPort() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(failure(folder.resolve("d"), "--act.port=" + taken.getLocalPort()))
          .contains("port " + taken.getLocalPort());
    }
  }

  @Test
  void aDataFolderThatCannotBeWritten() throws Exception {
    var file = Files.createFile(folder.resolve("file"));

    assertThat(failure(file.resolve("below"))).contains("not writable");
  }

  @Test
  void aDatabaseInUse() throws Exception {
    try (var other = KilledServer.start(folder)) {
      assertThat(other.origin()).startsWith("http://");
      assertThat(failure(folder)).contains("in use");
    }
  }

  @Test
  void aBrokenDatabase() throws Exception {
    Files.writeString(folder.resolve("sandbox.mv.db"), "this is no database".repeat(1000));

    assertThat(failure(folder)).contains("cannot be opened");
  }

  @Test
  void aDamagedSecret() throws Exception {
    Files.writeString(folder.resolve("server.secret"), "short");

    assertThat(failure(folder)).contains("damaged");
  }

  @Test
  void theSecretIsTheOwnersAlone() throws Exception {
    SandboxServer.start(folder).close();

    var permissions = Files.getPosixFilePermissions(folder.resolve("server.secret"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --act.max-worlds=many | act.max-worlds has a value that cannot be read as a whole number
          --act.agent.platform-timeout=soon | act.agent.platform-timeout has a value that cannot be read as a time
          --act.attestation.hash=MD5 | act.attestation.hash is MD5
          --act.database.url=postgresql://act:secret@127.0.0.1/act | expected jdbc:postgresql://HOST:PORT/DATABASE
          --act.database.url=jdbc:postgresql://127.0.0.1:1/act?password=secret | does not answer (08001): start PostgreSQL there
          """)
  void aSettingThatCannotBeUsed(String argument, String said) {
    assertThat(failure(folder, argument))
        .contains(said)
        .doesNotContain("secret", "many", "--fresh");
  }
}
