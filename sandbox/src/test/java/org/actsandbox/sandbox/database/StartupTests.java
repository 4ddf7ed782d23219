package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a failure at the start is explained in one line. */
class StartupTests {

  @TempDir Path folder;

  static String failure(Path data, String... args) {
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
  void aBrokenDatabase() throws Exception {
    SandboxServer.start(folder).close();
    Files.writeString(folder.resolve("sandbox.mv.db"), "this is no database".repeat(1000));

    assertThat(failure(folder)).contains("cannot be opened");
  }

  @Test
  void aDamagedSecret() throws Exception {
    Files.writeString(folder.resolve("server.secret"), "short");

    assertThat(failure(folder)).contains("damaged");
  }

  /** A first start that is stopped while it makes the tables leaves some of them. */
  @Test
  void aFirstStartThatWasStoppedIsDoneAgain() throws Exception {
    leaveHalfOfTheTables();
    Files.write(
        folder.resolve("sandbox.unfinished"),
        MessageDigest.getInstance("SHA-256")
            .digest(Files.readAllBytes(folder.resolve("server.secret"))));

    try (var server = SandboxServer.start(folder)) {
      server.worlds().create(new Worlds.NewWorld("mine", null, WorldSettings.DEFAULT));
    }
    assertThat(folder.resolve("sandbox.unfinished")).doesNotExist();
    try (var server = SandboxServer.start(folder)) {
      assertThat(server.worlds().find("mine")).as("what the second start stored").isPresent();
    }
  }

  /** Tables that no unfinished start explains may have data: they stay, and a line says so. */
  @Test
  void tablesOfUnknownOriginAreLeftAlone() throws Exception {
    leaveHalfOfTheTables();
    Files.writeString(folder.resolve("sandbox.unfinished"), "of another secret");

    assertThat(failure(folder)).contains("cannot be brought to this version", "Import the archive");
    try (var database = open();
        var rows = database.createStatement().executeQuery("select world from worlds")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private void leaveHalfOfTheTables() throws Exception {
    SandboxServer.start(folder).close();
    Files.delete(folder.resolve("sandbox.mv.db"));
    try (var database = open();
        var half = database.createStatement()) {
      half.execute("create table worlds (world int)");
      half.execute("insert into worlds values (7)");
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + folder.resolve("sandbox") + ";DATABASE_TO_LOWER=TRUE", "sa", "");
  }

  /** Checks that only the owner can read the folder: it contains all keys. */
  @Test
  void onlyTheOwnerReadsTheFolderAndItsFiles() throws Exception {
    var data = folder.resolve("data");
    SandboxServer.start(data).close();

    assertThat(permissions(data)).isEqualTo("rwx------");
    try (var files = Files.list(data)) {
      assertThat(files)
          .extracting(file -> file.getFileName() + " " + permissions(file))
          .contains("server.secret rw-------", "start.token rw-------")
          .contains("sandbox.mv.db rw-------", "sandbox.trace.db rw-------")
          .allMatch(line -> line.endsWith(" rw-------"));
    }
  }

  @Test
  void aFolderOfAnEarlierVersionIsTightened() throws Exception {
    var data = folder.resolve("data");
    SandboxServer.start(data).close();
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (var name : List.of("sandbox.mv.db", "server.secret", "start.token")) {
      Files.setPosixFilePermissions(
          data.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
    }

    SandboxServer.start(data).close();

    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(permissions(data.resolve("sandbox.mv.db"))).isEqualTo("rw-------");
    assertThat(permissions(data.resolve("server.secret"))).isEqualTo("rw-------");
    assertThat(permissions(data.resolve("start.token"))).isEqualTo("rw-------");
  }

  /** Checks that {@code --data /tmp} stays shared, because other programs use that folder. */
  @Test
  void aFolderThatIsSharedStaysShared() throws Exception {
    Files.writeString(folder.resolve("shared.txt"), "for all");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    SandboxServer.start(folder).close();

    assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(folder.resolve("sandbox.mv.db"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("shared.txt"))).isNotEqualTo("rw-------");
  }

  /** In a folder for all users a stranger could put down a token before the first start. */
  @ParameterizedTest
  @ValueSource(strings = {"start.token", "server.secret", "sandbox.redo.1"})
  void aFileOfAnotherUserIsRefusedUnlessTheFolderIsTheirs(String name) throws Exception {
    var stranger = stranger();
    var file = Files.writeString(folder.resolve(name), "planted");
    Files.setOwner(file, stranger);
    assertThat(failure(folder)).contains(name, "belongs to the user " + stranger.getName());

    Files.setOwner(folder, stranger);
    assertThat(catchThrowable(() -> SandboxServer.start(folder).close()))
        .satisfiesAnyOf(
            started -> assertThat(started).isNull(),
            other ->
                assertThat(StartupFailure.behind(other).orElseThrow().oneLine())
                    .doesNotContain("belongs to"));
  }

  /** Only root can give files away, so only root can play both users. */
  private UserPrincipal stranger() throws IOException {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    return folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
  }

  @Test
  void aMissingSecretBesideADatabase() throws Exception {
    SandboxServer.start(folder).close();
    Files.delete(folder.resolve("server.secret"));
    var before = Files.readAllBytes(folder.resolve("sandbox.mv.db"));

    assertThat(failure(folder)).contains("server.secret is missing", "restore it", "--fresh");
    assertThat(folder.resolve("server.secret")).doesNotExist();
    assertThat(Files.readAllBytes(folder.resolve("sandbox.mv.db"))).isEqualTo(before);
  }

  @Test
  void aDamagedToken() throws Exception {
    SandboxServer.start(folder).close();
    Files.writeString(folder.resolve("start.token"), "short");

    assertThat(failure(folder)).contains("start.token is damaged", "delete it");
  }

  @Test
  void theTokenIsTheSameAfterARestartAndAnotherOneWhenItIsDeleted() throws Exception {
    String first;
    try (var server = SandboxServer.start(folder)) {
      first = server.bean(DataFolder.class).startToken();
    }
    assertThat(DataFolder.startToken(folder)).contains(first);
    try (var server = SandboxServer.start(folder)) {
      assertThat(server.bean(DataFolder.class).startToken()).isEqualTo(first).hasSize(43);
    }
    Files.delete(folder.resolve("start.token"));
    try (var server = SandboxServer.start(folder)) {
      assertThat(server.bean(DataFolder.class).startToken()).isNotEqualTo(first).hasSize(43);
    }
  }

  @Test
  void freshDeletesKeysAndWorldsAndKeepsTheUsersFiles() throws Exception {
    String operator;
    String token;
    try (var server = SandboxServer.start(folder)) {
      operator = server.operator(server.world("demo"));
      token = server.bean(DataFolder.class).startToken();
      server.worlds().create(new Worlds.NewWorld("mine", null, WorldSettings.DEFAULT));
    }
    Files.createDirectories(folder.resolve("scenarios"));
    for (var name : List.of("scenarios/own.yaml", "secret", "notes.txt")) {
      Files.writeString(folder.resolve(name), "mine");
    }
    try (var server = SandboxServer.start(folder, "--act.fresh=true")) {
      assertThat(server.get("/api/worlds/demo", SandboxServer.bearer(operator)).status())
          .isEqualTo(401);
      assertThat(server.get("/api/worlds/demo/keys", SandboxServer.bearer(token)).status())
          .isEqualTo(401);
      assertThat(server.worlds().find("mine")).isEmpty();
    }
    for (var name : List.of("scenarios/own.yaml", "secret", "notes.txt")) {
      assertThat(folder.resolve(name)).hasContent("mine");
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
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
