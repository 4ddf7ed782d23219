package org.actsandbox.sandbox.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.actsandbox.sandbox.SandboxSettings;
import org.flywaydb.core.api.FlywayException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One database, two pools: requests, and the few writers that must never wait for requests. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /** Milliseconds a request waits for a connection before it is refused. */
  private static final long CONNECTION_TIMEOUT_MS = 5_000;

  private static final int REQUEST_CONNECTIONS = 16;
  private static final int BACKGROUND_CONNECTIONS = 3;

  /**
   * What requests get: on the H2 file every change is written before it is acknowledged, many at a
   * time; PostgreSQL does that itself.
   */
  @Bean
  @Primary
  DataSource durableConnections(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("requestConnections") HikariDataSource pool,
      GroupCommit commits) {
    return durable(sandboxSettings, folder, pool, commits);
  }

  /**
   * The journal writer's and the id blocks' connections. From the requests' pool they could wait
   * for a request that waits for them.
   */
  @Bean(defaultCandidate = false)
  DataSource backgroundConnections(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("backgroundPool") HikariDataSource pool,
      GroupCommit commits) {
    return durable(sandboxSettings, folder, pool, commits);
  }

  @Bean(destroyMethod = "close")
  GroupCommit groupCommit(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("requestConnections") HikariDataSource requestConnections,
      DatabaseFailureShutdown broken)
      throws SQLException {
    if (!DatabaseAddress.of(sandboxSettings, folder.path()).isFile()) {
      return new GroupCommit(() -> {});
    }
    try (var connection = requestConnections.getConnection()) {
      var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      var store = session.getDatabase().getStore().getMvStore();
      return new GroupCommit(store::commit, store::isClosed, broken::report);
    }
  }

  /** Taken before any connection that writes. */
  @Bean(destroyMethod = "close")
  DatabaseLock databaseLock(
      SandboxSettings sandboxSettings, DataFolder folder, ConfigurableApplicationContext context) {
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    probe(address);
    return DatabaseLock.take(
        address, () -> Thread.ofPlatform().name("database-lost").start(context::close));
  }

  @Bean(defaultCandidate = false)
  HikariDataSource requestConnections(
      SandboxSettings sandboxSettings, DataFolder folder, DatabaseLock lock) {
    // The lock is taken as argument so that no other process has the database from here on.
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    return new HikariDataSource(pool("requests", address, REQUEST_CONNECTIONS));
  }

  @Bean(defaultCandidate = false)
  HikariDataSource backgroundPool(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("requestConnections") HikariDataSource requestConnections) {
    // Taken as argument so that the probe ran first and a broken database is reported once.
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    return new HikariDataSource(pool("background", address, BACKGROUND_CONNECTIONS));
  }

  @Bean
  FlywayMigrationStrategy migrations(SandboxSettings sandboxSettings, DataFolder folder) {
    boolean elsewhere = !DatabaseAddress.of(sandboxSettings, folder.path()).isFile();
    return flyway -> {
      try {
        if (elsewhere) {
          prepare(flyway.getConfiguration().getDataSource(), sandboxSettings, folder);
        }
        flyway.migrate();
        H2Selectivity.tell(flyway.getConfiguration().getDataSource());
      } catch (FlywayException | SQLException | IOException failed) {
        throw new StartupFailure(
            "the database cannot be brought to this version: " + failed.getMessage(), failed);
      }
    };
  }

  /** A file of the data folder is forgotten with it; a database elsewhere has to be asked. */
  private static void prepare(DataSource source, SandboxSettings sandboxSettings, DataFolder folder)
      throws SQLException, IOException {
    if (sandboxSettings.fresh()) {
      DatabaseEraser.empty(source);
    } else {
      folder.requireSecretOf(DatabaseEraser.hasHistory(source));
    }
  }

  private static DataSource durable(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      HikariDataSource pool,
      GroupCommit commits) {
    return DatabaseAddress.of(sandboxSettings, folder.path()).isFile()
        ? new DurableDataSource(pool, commits)
        : pool;
  }

  private static HikariConfig pool(String name, DatabaseAddress address, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    if (address.isFile()) {
      config.setDataSource(
          new StatementCachingDataSource(
              new DriverManagerDataSource(address.url(), address.username(), address.password())));
    } else {
      config.setJdbcUrl(address.url());
      config.setUsername(address.username());
      config.setPassword(address.password());
    }
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    config.setInitializationFailTimeout(CONNECTION_TIMEOUT_MS);
    return config;
  }

  private static void probe(DatabaseAddress address) {
    try {
      DriverManager.getConnection(address.url(), address.username(), address.password()).close();
    } catch (SQLException failed) {
      throw new StartupFailure(address.explain(failed), failed);
    }
  }
}
