package org.actsandbox.sandbox.psp;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts the rows that the statements of a piece of work visit. The statements are remembered with
 * their parameters while the work runs, and analyzed by H2 afterwards in transactions that are
 * rolled back. A count does not depend on how busy the machine is.
 */
final class RecordedStatements extends DelegatingDataSource {

  private static final Pattern SCANNED = Pattern.compile("/\\* scanCount: (\\d+) \\*/");

  private final DataSource database;

  private volatile @Nullable Recording recording;

  RecordedStatements(DataSource database) {
    super(database);
    this.database = database;
  }

  /** A recording is of one thread; those that send notifications meanwhile are not recorded. */
  private record Recording(Thread thread, List<Executed> statements) {}

  private record Setter(Method method, List<Object> arguments) {}

  private record Executed(String sql, List<Setter> setters) {}

  @Override
  public Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    var current = recording;
    return current == null || current.thread() != Thread.currentThread()
        ? connection
        : recording(connection, current.statements());
  }

  /** Runs the work and returns how many rows its statements visit, as they are after the work. */
  long visitedBy(Runnable work) {
    var statements = new ArrayList<Executed>();
    recording = new Recording(Thread.currentThread(), statements);
    try {
      work.run();
    } finally {
      recording = null;
    }
    return statements.stream().mapToLong(this::visited).sum();
  }

  private long visited(Executed executed) {
    if (!executed
        .sql
        .stripLeading()
        .toLowerCase(Locale.ROOT)
        .matches("(?s)(select|update|delete).*")) {
      return 0;
    }
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (var analysis = connection.prepareStatement("explain analyze " + executed.sql)) {
        for (var setter : executed.setters) {
          setter.method().invoke(analysis, setter.arguments().toArray());
        }
        long rows = 0;
        try (var plan = analysis.executeQuery()) {
          while (plan.next()) {
            rows +=
                SCANNED
                    .matcher(plan.getString(1))
                    .results()
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
          }
        }
        return rows;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException | ReflectiveOperationException failed) {
      throw new IllegalStateException(executed.sql, failed);
    }
  }

  private static Connection recording(Connection connection, List<Executed> statements) {
    return (Connection)
        Proxy.newProxyInstance(
            RecordedStatements.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              var answer = call(connection, method, arguments);
              return answer instanceof PreparedStatement statement
                      && arguments != null
                      && arguments[0] instanceof String sql
                  ? recording(statement, sql, statements)
                  : answer;
            });
  }

  private static PreparedStatement recording(
      PreparedStatement statement, String sql, List<Executed> statements) {
    var setters = new TreeMap<Integer, Setter>();
    return (PreparedStatement)
        Proxy.newProxyInstance(
            RecordedStatements.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (_, method, arguments) -> {
              if (method.getName().startsWith("set")
                  && arguments != null
                  && arguments.length > 1
                  && arguments[0] instanceof Integer index) {
                setters.put(index, new Setter(method, Arrays.asList(arguments.clone())));
              } else if (method.getName().startsWith("execute")) {
                statements.add(new Executed(sql, List.copyOf(setters.values())));
              }
              return call(statement, method, arguments);
            });
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failed) {
      throw failed.getCause();
    }
  }
}
