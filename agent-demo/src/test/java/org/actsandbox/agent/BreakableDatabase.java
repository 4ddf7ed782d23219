package org.actsandbox.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Is a database that refuses some statements some times. */
final class BreakableDatabase extends DelegatingDataSource {

  private String part = "";
  private int times;
  private boolean untouched = true;

  BreakableDatabase(DataSource target) {
    super(target);
  }

  /** Makes the next {@code times} statements that contain {@code part} fail. */
  synchronized void breaks(String part, int times) {
    this.part = part;
    this.times = times;
    this.untouched = true;
  }

  synchronized boolean isUntouched() {
    return untouched;
  }

  synchronized boolean isSpent() {
    return times == 0;
  }

  private synchronized boolean fails(String sql) {
    if (times == 0 || !sql.contains(part)) {
      return false;
    }
    times--;
    untouched = false;
    return true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var real = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  && fails(String.valueOf(arguments[0]))) {
                throw new SQLException("the disk is gone");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
