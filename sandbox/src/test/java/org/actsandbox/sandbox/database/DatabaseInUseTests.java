package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that what another process has open is refused in one line and stays as it is. */
class DatabaseInUseTests {

  @TempDir static Path folder;

  private static KilledServer other;
  private static byte[] secret;

  @BeforeAll
  static void startAnotherProcess() throws IOException {
    other = KilledServer.start(folder);
    assertThat(other.origin()).startsWith("http://");
    secret = Files.readAllBytes(folder.resolve("server.secret"));
  }

  @AfterAll
  static void killIt() {
    other.close();
  }

  @Test
  void aSecondServerIsRefused() {
    assertThat(StartupTests.failure(folder)).contains("in use");
  }

  @Test
  void freshDoesNotTouchTheFolder() throws IOException {
    assertThat(StartupTests.failure(folder, "--act.fresh=true")).contains("in use");
    assertThat(Files.readAllBytes(folder.resolve("server.secret"))).isEqualTo(secret);
  }

  @Test
  void anExportIsRefused(@TempDir Path backups) {
    var file = backups.resolve("a.zip");

    assertThat(DatabaseArchiveTests.refused(() -> OfflineDatabase.export(folder, List.of(), file)))
        .contains("in use by another process: stop it");
    assertThat(file).doesNotExist();
  }
}
