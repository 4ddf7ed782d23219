package org.actsandbox.sandbox.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Returns from a commit only when the change is in the database file; and the same when a
 * connection that changed something without a transaction is closed.
 */
final class DurableDataSource extends DelegatingDataSource {

  private final GroupCommit commits;

  DurableDataSource(DataSource connections, GroupCommit commits) {
    super(connections);
    this.commits = commits;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection;
    try {
      connection = super.getConnection();
    } catch (SQLException failed) {
      commits.failed(failed);
      throw failed;
    }
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new DurableConnection(connection, commits));
  }

  private static final class DurableConnection implements InvocationHandler {

    private final Connection connection;
    private final GroupCommit commits;

    /** True if a statement that may change data was made since the last wait. */
    private boolean changes;

    /** Statements that may change data and may be executed again. */
    private final List<Statement> open = new ArrayList<>();

    DurableConnection(Connection connection, GroupCommit commits) {
      this.connection = connection;
      this.commits = commits;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      var name = method.getName();
      boolean last = name.equals("commit") || (name.equals("close") && !connection.isClosed());
      var result = call(method, arguments);
      if (result instanceof Statement statement && !reads(arguments)) {
        changes = true;
        addOpen(statement);
      }
      if (last && changes) {
        commits.await();
        changes = !name.equals("close") && hasOpenStatement();
      }
      return result;
    }

    private void addOpen(Statement statement) throws SQLException {
      hasOpenStatement();
      open.add(statement);
    }

    private boolean hasOpenStatement() throws SQLException {
      for (var each = open.iterator(); each.hasNext(); ) {
        if (each.next().isClosed()) {
          each.remove();
        }
      }
      return !open.isEmpty();
    }

    private static boolean reads(Object @Nullable [] arguments) {
      return arguments != null
          && arguments.length > 0
          && arguments[0] instanceof String sql
          && sql.stripLeading().toLowerCase(Locale.ROOT).startsWith("select");
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException thrown) {
        commits.failed(thrown.getTargetException());
        throw thrown.getTargetException();
      }
    }
  }
}
