package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Tests that a reused statement behaves as a new one and is not prepared again. */
class StatementCachingDataSourceTests {

  private static final String INSERT = "insert into note (id, text) values (?, ?)";
  private static final String SELECT = "select text from note where id = ?";

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    var url = "jdbc:h2:mem:" + UUID.randomUUID() + ";QUERY_CACHE_SIZE=0";
    connection =
        new StatementCachingDataSource(new DriverManagerDataSource(url, "sa", "")).getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("create table note (id int primary key, text varchar(20) not null)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theSameTextIsPreparedOnce() throws SQLException {
    PreparedStatement first;
    try (var statement = connection.prepareStatement(SELECT)) {
      first = prepared(statement);
    }
    try (var again = connection.prepareStatement(SELECT)) {
      assertThat(prepared(again)).isSameAs(first);
    }
  }

  @Test
  void oldParametersAreCleared() throws SQLException {
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, 1);
      insert.setString(2, "one");
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, 2);
      assertThatThrownBy(insert::executeUpdate).hasMessageContaining("Parameter \"#2\" is not set");
    }
  }

  @Test
  void anUnusedBatchIsCleared() throws SQLException {
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, 1);
      insert.setString(2, "given up");
      insert.addBatch();
    }
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, 2);
      insert.setString(2, "two");
      insert.addBatch();
      assertThat(insert.executeBatch()).containsExactly(1);
    }
    assertThat(text(1)).isNull();
    assertThat(text(2)).isEqualTo("two");
  }

  @Test
  void oneTextTwiceAtATimeGivesTwoResults() throws SQLException {
    add(1, "one");
    add(2, "two");
    try (var outer = connection.prepareStatement(SELECT)) {
      outer.setInt(1, 1);
      try (var first = outer.executeQuery()) {
        assertThat(text(2)).isEqualTo("two");
        assertThat(first.next()).isTrue();
        assertThat(first.getString(1)).isEqualTo("one");
      }
    }
  }

  @Test
  void aTableThatChangedSinceIsReadAsItIs() throws SQLException {
    add(1, "one");
    assertThat(text(1)).isEqualTo("one");
    try (var statement = connection.createStatement()) {
      statement.execute("alter table note add column more int default 7");
      statement.execute("update note set text = 'changed'");
    }
    assertThat(text(1)).isEqualTo("changed");
  }

  @Test
  void closingTheConnectionClosesIdleAndLaterReturnedStatements() throws SQLException {
    PreparedStatement kept;
    try (var statement = connection.prepareStatement(INSERT)) {
      kept = prepared(statement);
    }
    var used = connection.prepareStatement(SELECT);
    var usedStill = prepared(used);

    connection.close();
    assertThat(kept.isClosed()).isTrue();

    used.close();
    assertThat(usedStill.isClosed()).isTrue();
  }

  @Test
  void aStatementReturnedTwiceIsKeptOnce() throws SQLException {
    var statement = connection.prepareStatement(SELECT);
    statement.close();
    statement.close();

    try (var one = connection.prepareStatement(SELECT);
        var other = connection.prepareStatement(SELECT)) {
      assertThat(prepared(one)).isNotSameAs(prepared(other));
    }
  }

  @Test
  void theLongestUnusedStatementIsRemoved() throws SQLException {
    add(1, "one");
    PreparedStatement longest;
    try (var statement = connection.prepareStatement(SELECT)) {
      longest = prepared(statement);
    }
    for (int i = 0; i < 500; i++) {
      try (var statement =
          connection.prepareStatement("select text, %d from note where id = ?".formatted(i))) {
        statement.setInt(1, 1);
        try (var result = statement.executeQuery()) {
          assertThat(result.next()).isTrue();
          assertThat(result.getInt(2)).isEqualTo(i);
        }
      }
    }
    assertThat(longest.isClosed()).isTrue();
    assertThat(text(1)).isEqualTo("one");
  }

  private void add(int id, String text) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setInt(1, id);
      insert.setString(2, text);
      insert.executeUpdate();
    }
  }

  private @Nullable String text(int id) throws SQLException {
    try (var select = connection.prepareStatement(SELECT)) {
      select.setInt(1, id);
      try (var result = select.executeQuery()) {
        return result.next() ? result.getString(1) : null;
      }
    }
  }

  private static PreparedStatement prepared(PreparedStatement statement) {
    return (PreparedStatement) ((DelegatingPreparedStatement) statement).getInnermostDelegate();
  }
}
