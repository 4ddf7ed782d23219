package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the archive: all data of a stopped sandbox in one file, and back. */
class DatabaseArchiveTests {

  /** A data folder and its archive, which no test changes. */
  @TempDir static Path shared;

  private static Path source;
  private static Path archive;
  private static String keyOfADeletedWorld = "";

  @TempDir Path folder;

  @BeforeAll
  static void export() {
    source = shared.resolve("source");
    archive = shared.resolve("archive.zip");
    try (var server = SandboxServer.start(source)) {
      create(server, "kept");
      keyOfADeletedWorld = create(server, "gone");
      server.worlds().delete("gone");
    }
    OfflineDatabase.export(source, List.of(), archive);
  }

  private static String create(SandboxServer server, String name) {
    return server
        .worlds()
        .create(new Worlds.NewWorld(name, null, WorldSettings.DEFAULT))
        .roleKey(Role.OPERATOR, null);
  }

  static String refused(ThrowingCallable work) {
    var thrown = catchThrowable(work);
    assertThat(thrown).isNotNull();
    return StartupFailure.behind(thrown).orElseThrow(() -> new AssertionError(thrown)).oneLine();
  }

  private String refusedImport(Path file) {
    var target = folder.resolve("target");
    var line = refused(() -> OfflineDatabase.restore(target, List.of(), file));
    assertThat(line).contains(file.toString());
    if (Files.exists(target)) {
      assertThat(target).as("nothing is left behind").isEmptyDirectory();
    }
    return line;
  }

  @Test
  void everythingIsRestoredAndEqualInTheNextArchive() throws IOException {
    var target = folder.resolve("target");
    var read = OfflineDatabase.restore(target, List.of(), archive);
    assertThat(read.rows()).isPositive();
    assertThat(target.resolve("server.secret"))
        .hasSameBinaryContentAs(source.resolve("server.secret"));

    assertThat(target.resolve("sandbox.mv.db"))
        .satisfies(
            file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));

    var again = folder.resolve("again.zip");
    assertThat(OfflineDatabase.export(target, List.of(), again)).isEqualTo(read);

    assertThat(tables(again)).isEqualTo(tables(archive)).hasSizeGreaterThan(30);
    try (var server = SandboxServer.start(target)) {
      assertThat(server.worlds().get("kept").roleKey(Role.OPERATOR, null)).startsWith("act_");
      assertThat(create(server, "gone"))
          .as("the key of a deleted world opens no later one of its name")
          .isNotEqualTo(keyOfADeletedWorld);
    }
  }

  private static Map<String, String> tables(Path file) throws IOException {
    var copy = ArchiveCopy.of(file);
    var tables = new TreeMap<String, String>();
    copy.entries().keySet().stream()
        .filter(name -> name.startsWith("tables/"))
        .forEach(name -> tables.put(name, copy.text(name)));
    return tables;
  }

  @Test
  void onlyTheOwnerReadsTheFileAndNoFileIsReplaced() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
        .isEqualTo("rw-------");
    assertThat(shared.resolve("archive.zip.part")).doesNotExist();
    var before = Files.readAllBytes(archive);

    assertThat(refused(() -> OfflineDatabase.export(source, List.of(), archive)))
        .contains("archive.zip exists");
    assertThat(refused(() -> OfflineDatabase.export(source, List.of(), folder.resolve("no/x.zip"))))
        .contains("cannot be written");
    assertThat(Files.readAllBytes(archive)).isEqualTo(before);
  }

  @Test
  void aFolderWithoutASandboxIsNoEmptyBackup() {
    var line =
        refused(
            () -> OfflineDatabase.export(folder.resolve("typo"), List.of(), folder.resolve("a")));
    assertThat(line).contains("no data folder", "--data");
    assertThat(folder.resolve("typo")).doesNotExist();
  }

  /**
   * Checks that {@code ACT_FRESH=true}, as set in a container, does not empty the folder that is
   * exported.
   */
  @Test
  void theFreshSettingIsIgnored() throws IOException {
    var target = folder.resolve("target");
    var environment = List.of("--spring.application.json={\"act.fresh\": true}");
    OfflineDatabase.restore(target, environment, archive);
    var again = folder.resolve("again.zip");
    OfflineDatabase.export(target, environment, again);
    assertThat(tables(again)).isEqualTo(tables(archive));
  }

  @Test
  void anyEntryThatWasChangedIsNamed() throws IOException {
    for (var name : ArchiveCopy.of(archive).entries().keySet()) {
      var copy = ArchiveCopy.of(archive);
      copy.entries()
          .computeIfPresent(
              name,
              (_, bytes) -> {
                // No hexadecimal digit: in SHA256SUMS another digit would blame the first entry.
                bytes[0] = 'x';
                return bytes;
              });
      var file = folder.resolve("changed.zip");
      copy.write(file);
      assertThat(refusedImport(file))
          .contains(name.equals("SHA256SUMS") ? name : name + " was changed");
    }
  }

  @Test
  void anEntryThatIsMissingOrWasAddedIsNamed() throws IOException {
    var file = folder.resolve("changed.zip");
    var less = ArchiveCopy.of(archive);
    less.entries().remove("tables/worlds.jsonl");
    less.write(file);
    assertThat(refusedImport(file)).contains("missing [tables/worlds.jsonl]");
    ArchiveCopy.of(archive).with("extra", "1").write(file);
    assertThat(refusedImport(file)).contains("added [extra]");
    var without = ArchiveCopy.of(archive);
    without.entries().remove("SHA256SUMS");
    without.write(file);
    assertThat(refusedImport(file)).contains("no SHA256SUMS");
  }

  @Test
  void aFileThatWasCutIsRefused() throws IOException {
    var whole = Files.readAllBytes(archive);
    var file = folder.resolve("cut.zip");
    for (int length : List.of(0, 1, 100, whole.length / 2, whole.length - 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(refusedImport(file)).contains("cannot be read as a whole archive");
    }
  }

  /** Checks flipped bits; a few have no effect, such as in the time of an entry. */
  @Test
  void aBitThatFlippedIsFoundOrChangesNothing() throws IOException {
    var whole = Files.readAllBytes(archive);
    var dice = new Random(7);
    var file = folder.resolve("flipped.zip");
    int found = 0;
    for (int i = 0; i < 100; i++) {
      var flipped = whole.clone();
      flipped[dice.nextInt(flipped.length)] ^= (byte) (1 << dice.nextInt(8));
      Files.write(file, flipped);
      try (var reader = ArchiveReader.open(file)) {
        for (var entry : ArchiveCopy.of(archive).entries().entrySet()) {
          assertThat(reader.bytes(entry.getKey(), Integer.MAX_VALUE - 1))
              .isEqualTo(entry.getValue());
        }
      } catch (StartupFailure refused) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(50);
  }

  @Test
  void aDatabaseWithDataIsLeftAsItIs() throws IOException {
    var target = folder.resolve("target");
    OfflineDatabase.restore(target, List.of(), archive);
    assertThat(refused(() -> OfflineDatabase.restore(target, List.of(), archive)))
        .contains("the database holds data", "--data");
    var other = folder.resolve("other");
    SandboxServer.start(other).close();
    var secret = Files.readAllBytes(other.resolve("server.secret"));

    assertThat(refused(() -> OfflineDatabase.restore(other, List.of(), archive)))
        .contains("is another sandbox's", "--data");

    assertThat(other.resolve("server.secret")).hasBinaryContent(secret);
    var again = folder.resolve("again.zip");
    OfflineDatabase.export(target, List.of(), again);
    assertThat(tables(again)).isEqualTo(tables(archive));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "migrations":["1"       | "migrations":["999","1"      | later version (999)
          act-sandbox-archive/1   | act-sandbox-archive/2        | its format is act-sandbox-archive/2
          "1.1",                  |                              | a version between others
          {                       | [                            | archive.json
          "migrations"            | "tables"                     | does not say of which version
          """)
  void anArchiveOfAnotherVersionIsRefused(String was, String is, String said) throws IOException {
    var copy = ArchiveCopy.of(archive);
    var contents = copy.text("archive.json");
    assertThat(contents).contains(was);
    var file = folder.resolve("other.zip");
    copy.with("archive.json", contents.replace(was, is == null ? "" : is));
    copy.writeWithItsDigests(file);

    assertThat(refusedImport(file)).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tables/worlds.jsonl | ["name"             | ["title"           | expected [name,
          tables/worlds.jsonl | "generation",       |                    | expected [name,
          tables/worlds.jsonl | ["demo","           | ["demo","a         | row 1 of table worlds has no whole
          tables/worlds.jsonl | ["demo",            | [                  | row 1 of table worlds has
          tables/worlds.jsonl | ["demo",            | ["demo",7,         | a value that is no text
          tables/worlds.jsonl | ["kept"             | ["demo"            | cannot be stored
          tables/worlds.jsonl | ["kept"             | {"kept"            | a line that is no array
          tables/worlds.jsonl | ["kept"             | ["kept             | table worlds
          """)
  void aRowThatDoesNotFitLeavesNothing(String entry, String was, String is, String said)
      throws IOException {
    var copy = ArchiveCopy.of(archive);
    var rows = copy.text(entry);
    assertThat(rows).contains(was);
    var file = folder.resolve("other.zip");
    copy.with(entry, rows.replace(was, is == null ? "" : is));
    copy.writeWithItsDigests(file);

    var target = folder.resolve("target");
    assertThat(refused(() -> OfflineDatabase.restore(target, List.of(), file))).contains(said);
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void aTableThatThisVersionDoesNotHaveIsRefused() throws IOException {
    var file = folder.resolve("other.zip");
    ArchiveCopy.of(archive).with("tables/orders_2.jsonl", "[\"a\"]\n").writeWithItsDigests(file);
    assertThat(refusedImport(file)).contains("no place for [tables/orders_2.jsonl]");
  }

  @Test
  void anArchiveOfAnEarlierVersionIsBroughtToThisOne() throws IOException {
    var later = List.of("--spring.flyway.locations=classpath:db/migration,classpath:db/later");
    assertThat(refused(() -> OfflineDatabase.export(source, later, folder.resolve("a.zip"))))
        .contains("earlier version");

    var target = folder.resolve("target");
    OfflineDatabase.restore(target, later, archive);

    var again = folder.resolve("again.zip");
    assertThat(refused(() -> OfflineDatabase.export(target, List.of(), again)))
        .contains("later version (9000)");
    assertThat(again).doesNotExist();
    assertThat(refused(() -> SandboxServer.start(target).close()))
        .contains("later version (9000)", "start that version on them");
    OfflineDatabase.export(target, later, again);
    assertThat(ArchiveCopy.of(again).text("tables/worlds.jsonl"))
        .contains("\"key_secret\",\"later\"", "\"kept\"");
    assertThat(ArchiveCopy.of(again).text("archive.json")).contains("\"9000\"");
  }
}
