package org.actsandbox.sandbox.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections whose changes are in the file before anybody hears of them: after a commit, and when
 * a connection that changed something on its own goes back.
 */
final class DurableConnections extends DelegatingDataSource {

  private final GroupCommit commits;

  DurableConnections(DataSource connections, GroupCommit commits) {
    super(connections);
    this.commits = commits;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new Durable(connection, commits));
  }

  private static final class Durable implements InvocationHandler {

    private final Connection connection;
    private final GroupCommit commits;
    private boolean changes;

    Durable(Connection connection, GroupCommit commits) {
      this.connection = connection;
      this.commits = commits;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      var name = method.getName();
      if (name.startsWith("prepare") || name.equals("createStatement")) {
        changes |= !reads(arguments);
      }
      boolean last = name.equals("commit") || (name.equals("close") && !connection.isClosed());
      Object result = call(method, arguments);
      // Stays set for as long as the connection is held: a prepared statement may be used again.
      if (last && changes) {
        commits.await();
      }
      return result;
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
        throw thrown.getTargetException();
      }
    }
  }
}
