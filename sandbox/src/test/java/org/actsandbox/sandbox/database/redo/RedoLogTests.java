package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a start finds after the process ended at any point of the log. */
@Timeout(300)
class RedoLogTests {

  @TempDir Path folder;

  private LoggedDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = LoggedDatabase.open(Files.createDirectories(folder.resolve("data")));
    database.execute(
        "create table note (id int primary key, text varchar, owner int)",
        "create index note_owner on note (owner, text)",
        "create sequence numbers",
        "insert into note values (0, 'before the log', 1)");
    database.log().start();
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private Path crashed(String name) throws IOException {
    return database.crash(folder.resolve(name));
  }

  @Test
  void whatWasHandedToTheSystemIsThere() throws Exception {
    long pages = Files.size(LoggedDatabase.file(folder.resolve("data")));
    database.execute(
        "insert into note values (1, 'a', 1), (2, 'b', 2)",
        "update note set text = 'c', owner = 3 where id = 0",
        "delete from note where id = 2");
    database.log().write();

    assertThat(Files.size(LoggedDatabase.file(folder.resolve("data"))))
        .as("H2 writes no page for it")
        .isEqualTo(pages);
    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());
  }

  @Test
  void whatWasNotHandedToTheSystemIsNotThere() throws Exception {
    var before = database.content();
    database.execute("insert into note values (1, 'a', 1)");

    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(before);
  }

  /**
   * A page of a chunk that H2 has not written yet is read when it is, and H2 flushes the log before
   * it writes.
   */
  @Test
  void theFileIsWrittenWhileImagesAreRead() {
    var log = database.log();
    var ended = new AtomicBoolean();

    log.commit(
        (_, _) -> {
          CompletableFuture.runAsync(log::flush).join();
          return true;
        },
        () -> ended.set(true));

    assertThat(ended).isTrue();
  }

  /** Each length of the last segment gives the state of the last frame that is whole. */
  @Test
  void aTornEndIsAsIfTheLastCommitsHadNotBeen() throws Exception {
    var states = new TreeMap<Long, SortedMap<String, List<String>>>();
    var segment = database.segments().getLast();
    states.put(0L, database.content());
    for (int i = 1; i <= 5; i++) {
      database.execute("insert into note values (%d, '%s', 1)".formatted(i, "x".repeat(3 * i)));
      database.execute("update note set owner = %d where id = %d".formatted(i, i / 2));
      database.log().write();
      states.put(Files.size(segment), database.content());
    }

    int cut = 0;
    for (long length = states.firstKey(); length <= states.lastKey(); length++) {
      boolean atFrame = states.containsKey(length) || states.containsKey(length + 1);
      if (!atFrame && length % 9 != 0) {
        continue;
      }
      var copy = crashed("cut" + cut++);
      try (var file =
          Files.newByteChannel(copy.resolve(segment.getFileName()), StandardOpenOption.WRITE)) {
        file.truncate(length);
      }
      assertThat(LoggedDatabase.contentAfterStart(copy))
          .as("%d bytes of the log", length)
          .isEqualTo(states.floorEntry(length).getValue());
    }
    assertThat(cut).isGreaterThan(20);
  }

  @Test
  void aCheckpointPutsEverythingIntoTheFileAndBeginsAnotherSegment() throws Exception {
    var first = database.segments();
    database.execute("insert into note values (1, 'a', 1)");
    database.log().checkpoint();
    assertThat(database.segments()).hasSize(1).isNotEqualTo(first);
    assertThat(database.log().size()).isZero();
    database.execute("insert into note values (2, 'b', 2)", "delete from note where id = 1");
    database.log().write();

    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());

    var second = database.segments();
    database.log().checkpoint();
    database.log().checkpoint();
    assertThat(database.segments()).as("an empty log needs no checkpoint").hasSize(1);
    assertThat(database.segments()).isNotEqualTo(second);
  }

  /** The file may be newer than the log's begin, because H2 writes by itself, too. */
  @Test
  void aVersionThatH2WroteByItselfIsBroughtToTheEndOfTheLog() throws Exception {
    try (var open = database.connect();
        var statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("insert into note values (9, 'never committed', 9)");
      database.execute("insert into note values (1, 'a', 1), (2, 'b', 2)");
      // H2 writes pages, and the log goes first.
      statement.getConnection().createStatement().execute("checkpoint");
      database.execute(
          "update note set id = 3 where id = 1", "insert into note values (1, 'again', 2)");
      database.log().write();

      assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());
    }
  }

  @Test
  void theLogIsWrittenBeforeThePages() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    var segment = database.segments().getLast();
    long before = Files.size(segment);
    database.execute("checkpoint");

    assertThat(Files.size(segment)).isGreaterThan(before);
  }

  /** A key's values are in the log in the order in which they were committed. */
  @Test
  void noCheckpointComesBetweenTheImagesOfATransactionAndItsEnd() throws Exception {
    var logged = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var first = database.segments();
    var committer =
        Thread.ofPlatform()
            .start(
                () ->
                    database
                        .log()
                        .commit(
                            (into, limit) -> true,
                            () -> {
                              logged.countDown();
                              awaitQuietly(released);
                            }));
    assertThat(logged.await(60, TimeUnit.SECONDS)).isTrue();
    database.log().flush();
    var checkpoint =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    database.execute("create table meanwhile (id int)");
                  } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                  }
                });
    try {
      awaitWaiting(checkpoint);
      assertThat(database.segments()).isEqualTo(first);
    } finally {
      released.countDown();
      committer.join();
      checkpoint.join();
    }
    assertThat(database.segments()).hasSize(1).isNotEqualTo(first);
  }

  /** A request may be interrupted, and H2 then does not wait for the threads that write. */
  @Test
  void aCheckpointKeepsTheLogUntilThePagesAreWrittenAlsoWhenItIsInterrupted() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    var released = new CountDownLatch(1);
    Runnable slow =
        () -> {
          database.log().flush();
          awaitQuietly(released);
        };
    LoggedFiles.logFirst(LoggedDatabase.file(folder.resolve("data")), slow);
    var first = database.segments();
    var checkpoint =
        Thread.ofPlatform()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  database.log().checkpoint();
                });
    try {
      awaitWaiting(checkpoint);
      assertThat(database.segments()).containsAll(first).hasSize(2);
    } finally {
      released.countDown();
      checkpoint.join();
      LoggedFiles.forget(slow);
    }
    assertThat(database.segments()).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());
  }

  @Test
  void aDatabaseWhoseFolderWasDeletedIsClosedAllTheSame() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    var data = folder.resolve("data");
    try (var files = Files.list(data)) {
      for (var each : files.toList()) {
        Files.delete(each);
      }
    }

    assertThatThrownBy(database::close).isInstanceOf(NoSuchFileException.class);
    database = LoggedDatabase.open(data);
    assertThat(database.content()).as("the tables of a new file").isEmpty();
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("it ended and did not wait").isTrue();
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @Test
  void changedDefinitionsAreInTheFileAtOnce() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    database.execute("create table other (id int primary key, name varchar)");
    database.execute("insert into other values (1, 'x')");
    database.execute("alter table note add column more varchar default 'm'");
    database.execute("create unique index note_text on note (text)");
    database.execute("insert into note values (2, 'b', 2, 'n')");
    database.log().write();
    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());

    database.execute("insert into other values (2, 'y')", "drop index note_text");
    database.log().write();
    assertThat(LoggedDatabase.contentAfterStart(crashed("again"))).isEqualTo(database.content());

    database.execute("drop table other", "delete from note where id = 0");
    database.log().write();
    assertThat(LoggedDatabase.contentAfterStart(crashed("third"))).isEqualTo(database.content());
  }

  @Test
  void aTruncatedTableStaysEmpty() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    database.log().write();
    database.execute("truncate table note", "insert into note values (5, 'e', 5)");
    database.log().write();

    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());
  }

  @Test
  void aVeryLargeTransactionIsInTheFileAtOnce() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    var before = database.segments();
    database.execute(
        "insert into note select x, repeat('"
            + "y".repeat(500)
            + "', 2), x from system_range(10, 3000)",
        "update note set owner = 7 where id = 1");
    assertThat(database.segments()).isNotEqualTo(before);
    database.log().write();

    assertThat(LoggedDatabase.contentAfterStart(crashed("killed"))).isEqualTo(database.content());
  }

  @Test
  void numbersOfASequenceAreNotGivenTwice() throws Exception {
    var given = new ArrayList<Long>();
    for (int i = 0; i < 100; i++) {
      given.add(next(database));
    }
    database.log().write();
    try (var started = LoggedDatabase.open(crashed("killed"))) {
      assertThat(next(started)).isGreaterThan(given.getLast());
    }
  }

  private static long next(LoggedDatabase of) throws SQLException {
    try (var connection = of.connect();
        var row = connection.createStatement().executeQuery("select nextval('numbers')")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void aClosedDatabaseHasNoLogAndOpensWithPlainH2() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    var content = database.content();
    database.close();

    assertThat(database.segments()).isEmpty();
    var copy = crashed("copy");
    try (var plain =
            java.sql.DriverManager.getConnection(
                "jdbc:h2:" + copy.resolve("sandbox") + ";DATABASE_TO_LOWER=TRUE", "sa", "");
        var rows = plain.createStatement().executeQuery("select count(*) from note")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
    assertThat(LoggedDatabase.contentAfterStart(copy)).isEqualTo(content);
    database = LoggedDatabase.open(folder.resolve("data"));
    database.log().start();
  }

  /** A file without its log lacks the newest changes, so it is not opened. */
  @Test
  void aFileWithoutItsLogIsRefused() throws Exception {
    database.execute("insert into note values (1, 'a', 1)");
    database.log().write();
    var copy = crashed("copy");
    Files.delete(copy.resolve(database.segments().getLast().getFileName()));

    assertThatThrownBy(() -> LoggedDatabase.open(copy))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sandbox.redo.")
        .hasMessageContaining("missing");
  }

  @Test
  void aLogOfAnotherFileIsRefused() throws Exception {
    var copy = crashed("copy");
    var segment = copy.resolve(database.segments().getLast().getFileName());
    Files.move(segment, segment.resolveSibling("sandbox.redo.600000000"));

    assertThatThrownBy(() -> LoggedDatabase.open(copy))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not follow");
  }

  @Test
  void damageInTheMiddleIsRefusedAndNothingIsDeleted() throws Exception {
    var segment = database.segments().getLast();
    database.execute("insert into note values (1, 'a', 1)");
    database.log().write();
    long middle = Files.size(segment) - 3;
    database.execute("insert into note values (2, 'b', 2)");
    database.log().write();
    var copy = crashed("copy");
    var bytes = Files.readAllBytes(copy.resolve(segment.getFileName()));
    bytes[(int) middle] ^= 1;
    Files.write(copy.resolve(segment.getFileName()), bytes);

    assertThatThrownBy(() -> LoggedDatabase.open(copy))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged");
    assertThat(copy.resolve(segment.getFileName())).hasBinaryContent(bytes);
  }

  /** A start that is killed while it applies the log is followed by one that does it again. */
  @Test
  void theLogCanBeAppliedTwice() throws Exception {
    database.execute("insert into note values (1, 'a', 1)", "update note set id = 4 where id = 0");
    database.log().write();
    var content = database.content();
    var segment = database.segments().getLast().getFileName();
    var copy = crashed("killed");
    var log = Files.readAllBytes(copy.resolve(segment));
    assertThat(LoggedDatabase.contentAfterStart(copy)).isEqualTo(content);

    // The file was closed, so this log is obsolete.
    Files.write(copy.resolve(segment), log);
    assertThat(LoggedDatabase.contentAfterStart(copy)).isEqualTo(content);
    assertThat(copy.resolve(segment)).doesNotExist();
  }
}
