package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.participant.RepeatableWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Tests that a change waits for the file once, and that reading does not wait. */
class DurableDataSourceTests {

  private static final String INSERT = "insert into note (id) values (?)";

  private final AtomicInteger writes = new AtomicInteger();
  private final GroupCommit commits = new GroupCommit(writes::incrementAndGet);
  private DurableDataSource connections;
  private Connection keeper;

  @BeforeEach
  void open() throws SQLException {
    var url = "jdbc:h2:mem:" + UUID.randomUUID();
    var plain = new DriverManagerDataSource(url, "sa", "");
    keeper = plain.getConnection();
    try (var statement = keeper.createStatement()) {
      statement.execute("create table note (id int primary key)");
    }
    connections =
        new DurableDataSource(
            new StatementCachingDataSource(plain), 2, commits, new DatabaseCost());
  }

  @AfterEach
  void close() throws SQLException {
    keeper.close();
    commits.close();
  }

  @Test
  void aTransactionWaitsOnceNotAgainWhenItsConnectionGoesBack() throws SQLException {
    try (var connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, 1);
      insert(connection, 2);
      assertThat(writes).hasValue(0);
      connection.commit();
      assertThat(writes).hasValue(1);
    }
    assertThat(writes).hasValue(1);
  }

  @Test
  void everyTransactionOfAConnectionWaits() throws SQLException {
    try (var connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      for (int i = 1; i <= 3; i++) {
        insert(connection, i);
        connection.commit();
        assertThat(writes).hasValue(i);
      }
    }
  }

  @Test
  void aChangeOfItsOwnWaitsWhenTheConnectionGoesBack() throws SQLException {
    try (var connection = connections.getConnection()) {
      insert(connection, 1);
    }
    assertThat(writes).hasValue(1);
  }

  @Test
  void aRepeatableChangeDoesNotWaitAndTheNextOneDoes() throws SQLException {
    assertThat(
            RepeatableWork.call(
                () -> {
                  try (var connection = connections.getConnection()) {
                    insert(connection, 1);
                    connection.setAutoCommit(false);
                    insert(connection, 2);
                    connection.commit();
                    return writes.get();
                  } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                  }
                }))
        .isZero();
    try (var connection = connections.getConnection()) {
      insert(connection, 3);
    }
    assertThat(writes).hasValue(1);
  }

  @Test
  void aChangeAfterACommitIsNotForgotten() throws SQLException {
    try (var connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, 1);
      connection.commit();
      connection.setAutoCommit(true);
      insert(connection, 2);
    }
    assertThat(writes).hasValue(2);
  }

  /** Checks a statement that was prepared before the commit and may be executed after it. */
  @Test
  void aStatementThatOutlivesItsTransactionCountsAgain() throws SQLException {
    try (var connection = connections.getConnection();
        var statement = connection.prepareStatement(INSERT)) {
      connection.setAutoCommit(false);
      statement.setInt(1, 1);
      assertThat(statement.executeUpdate()).isEqualTo(1);
      connection.commit();
      statement.setInt(1, 2);
      assertThat(statement.executeUpdate()).isEqualTo(1);
      connection.commit();
    }
    assertThat(writes).hasValueGreaterThanOrEqualTo(2);
  }

  @Test
  void readingDoesNotWait() throws SQLException {
    try (var connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      try (var select = connection.prepareStatement("select id from note for update");
          var rows = select.executeQuery()) {
        assertThat(rows.next()).isFalse();
      }
      connection.commit();
    }
    assertThat(writes).hasValue(0);
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setInt(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
