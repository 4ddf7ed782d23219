package org.actsandbox.sandbox.journal.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Tests that each entry is stored once, also when the database does not say what became of it. */
class JournalWriterTests {

  private final SandboxServer server = SandboxServer.shared();
  private final LostAnswers database =
      new LostAnswers(server.bean("backgroundConnections", DataSource.class));
  private final JournalWriter writer = new JournalWriter(database);
  private String partition = "";

  @BeforeEach
  void start(TestInfo test) {
    partition = test.getTestMethod().orElseThrow().getName() + ".1.0";
    writer.start();
  }

  @AfterEach
  void stop() {
    writer.stop();
  }

  @Test
  void aBatchWhoseCommitWasNotAnsweredIsNotStoredAgain() {
    var channel = writer.channel(partition, 0);
    note(channel, "before");
    writer.awaitWritten();

    database.loseAnswersOfCommits(1);
    note(channel, "lost");
    writer.awaitWritten();
    note(channel, "after");
    writer.awaitWritten();

    assertThat(database.left()).isZero();
    assertThat(events()).containsExactly("before", "lost", "after");
    assertThat(channel.lastStored()).isEqualTo(3);
  }

  @Test
  void aLateEntryOfAWorldThatWasLoadedAgainGetsTheNextNumber() {
    var former = writer.channel(partition, 0);
    note(former, "before");
    writer.awaitWritten();
    writer.release(former);

    var channel = writer.channel(partition, 0);
    note(channel, "again");
    writer.awaitWritten();
    note(former, "late");
    writer.awaitWritten();
    note(channel, "after");
    writer.awaitWritten();

    assertThat(events()).containsExactly("before", "again", "late", "after");
  }

  @Test
  void whatIsSaidOfAFailedBatchDoesNotRepeatItsRows() {
    var refused = new SQLException("ERROR: world w is not here\n  Detail: (secret)", "22ACT");
    var cut = new SQLException("An I/O error occurred\n  Where: (secret)", "08006");

    assertThat(Stream.of(refused, cut).map(JournalWriterTests::said))
        .containsExactly("SQL state 22ACT", "SQL state 08006: An I/O error occurred");
  }

  private static String said(SQLException cause) {
    var batch =
        new BatchUpdateException(
            "Batch entry 0 insert (secret)", cause.getSQLState(), 0, new int[0], cause);
    batch.setNextException(cause);
    return String.valueOf(new JournalTable.NotStored(batch).getMessage());
  }

  private void note(JournalChannel channel, String event) {
    var note = new JournalNote("operator", JournalNote.Kind.STATE, null, event, Map.of(), Map.of());
    writer.put(
        channel, new PendingNote(note, Instant.EPOCH, Instant.EPOCH, SecretMasker.OF_NO_WORLD));
  }

  /** Reads without the writer; entries have the numbers 1, 2, 3 and so on. */
  private List<String> events() {
    var entries =
        server
            .bean(JournalBlockReader.class)
            .read(partition, JournalQuery.after(0, 100), Long.MAX_VALUE)
            .items();
    assertThat(entries.stream().map(JournalEntry::seq))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, entries.size()).mapToObj(Long::valueOf).toList());
    return entries.stream().map(JournalEntry::event).toList();
  }

  /** Commits and then loses the connection, as a database that is cut off in that moment. */
  private static final class LostAnswers extends DelegatingDataSource {

    private final AtomicInteger left = new AtomicInteger();

    LostAnswers(DataSource database) {
      super(database);
    }

    void loseAnswersOfCommits(int count) {
      left.set(count);
    }

    int left() {
      return left.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                Object answer;
                try {
                  answer = method.invoke(connection, arguments);
                } catch (InvocationTargetException failed) {
                  throw failed.getCause();
                }
                if (method.getName().equals("commit")
                    && left.getAndUpdate(n -> n - (n > 0 ? 1 : 0)) > 0) {
                  throw new SQLException("the connection ended", "08006");
                }
                return answer;
              });
    }
  }
}
