package org.actsandbox.sandbox.psp;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Other threads, such as those that send notifications, are not recorded. */
  private final ThreadLocal<@Nullable List<Executed>> recorded = new ThreadLocal<>();

  RecordedStatements(DataSource database) {
    super(database);
    this.database = database;
  }

  private record Executed(String sql, Map<Integer, Object[]> setters, Map<Integer, Method> how) {}

  @Override
  public Connection getConnection() throws SQLException {
    var connection = super.getConnection();
    var statements = recorded.get();
    return statements == null ? connection : recording(connection, statements);
  }

  /** Runs the work and returns how many rows its statements visit, as they are after the work. */
  long visitedBy(Runnable work) {
    var statements = new ArrayList<Executed>();
    recorded.set(statements);
    try {
      work.run();
    } finally {
      recorded.remove();
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
        for (var each : executed.setters.entrySet()) {
          executed.how.get(each.getKey()).invoke(analysis, each.getValue());
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
    var setters = new TreeMap<Integer, Object[]>();
    var how = new TreeMap<Integer, Method>();
    return (PreparedStatement)
        Proxy.newProxyInstance(
            RecordedStatements.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (_, method, arguments) -> {
              if (method.getName().startsWith("set")
                  && arguments != null
                  && arguments.length > 1
                  && arguments[0] instanceof Integer index) {
                setters.put(index, arguments.clone());
                how.put(index, method);
              } else if (method.getName().startsWith("execute")) {
                statements.add(new Executed(sql, new TreeMap<>(setters), new TreeMap<>(how)));
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
