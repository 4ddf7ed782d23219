package org.actsandbox.sandbox.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.database.redo.Checkpoints;
import org.actsandbox.sandbox.database.redo.RedoLog;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Opens one database with two pools: one for requests, and one for the few writers that must never
 * wait for requests.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /** Milliseconds that a request waits for a connection before it is refused. */
  private static final long CONNECTION_TIMEOUT_MS = 5_000;

  private static final int REQUEST_CONNECTIONS = 16;
  private static final int BACKGROUND_CONNECTIONS = 3;

  /**
   * Provides the requests' connections. On the H2 file every change is in the file before it is
   * acknowledged, and one write serves many commits; PostgreSQL does that itself.
   */
  @Bean
  @Primary
  DataSource durableConnections(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("requestConnections") HikariDataSource pool,
      GroupCommit commits,
      DatabaseCost databaseCost) {
    return durable(sandboxSettings, folder, pool, commits, databaseCost);
  }

  /**
   * Provides the connections of the journal writer and the id blocks. If they came from the
   * requests' pool, these could wait for a request that waits for them.
   */
  @Bean(defaultCandidate = false)
  DataSource backgroundConnections(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("backgroundPool") HikariDataSource pool,
      GroupCommit commits,
      DatabaseCost databaseCost) {
    return durable(sandboxSettings, folder, pool, commits, databaseCost);
  }

  @Bean
  DatabaseCost databaseCost() {
    return new DatabaseCost();
  }

  /** Provides the H2 file; null for PostgreSQL. */
  @Bean
  @Nullable H2File h2File(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      @Qualifier("requestConnections") HikariDataSource requestConnections)
      throws SQLException {
    return DatabaseAddress.of(sandboxSettings, folder.path()).isFile()
        ? H2File.of(requestConnections)
        : null;
  }

  @Bean(destroyMethod = "close")
  GroupCommit groupCommit(
      Optional<RedoLog> redoLog, Optional<H2File> h2File, DatabaseFailureShutdown failureShutdown) {
    return redoLog.isPresent() && h2File.isPresent()
        ? new GroupCommit(redoLog.get()::write, h2File.get()::isClosed, failureShutdown::report)
        : new GroupCommit(() -> {});
  }

  /** Applies the log that a crash left, and opens the H2 file behind it; null for PostgreSQL. */
  @Bean(destroyMethod = "close")
  @Nullable RedoLog redoLog(SandboxSettings sandboxSettings, DataFolder folder, DatabaseLock lock)
      throws SQLException {
    // The lock is an argument, so that the probe ran first.
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    return address.isFile() ? address.openLogged() : null;
  }

  @Bean(destroyMethod = "close")
  @Nullable Checkpoints checkpoints(
      Optional<RedoLog> redoLog, DatabaseFailureShutdown failureShutdown) {
    return redoLog.map(log -> new Checkpoints(log, failureShutdown::report)).orElse(null);
  }

  /** Gives the file's dead space back; does nothing for PostgreSQL. */
  @Bean(destroyMethod = "close")
  FileCompaction fileCompaction(Optional<H2File> h2File, GroupCommit commits) {
    return h2File
        .map(file -> new FileCompaction(file::compactStep, commits::commits))
        .orElseGet(() -> new FileCompaction(() -> false, () -> 0));
  }

  /** Takes the lock before any connection that writes is opened. */
  @Bean(destroyMethod = "close")
  DatabaseLock databaseLock(
      SandboxSettings sandboxSettings,
      NodeIdentity node,
      DataFolder folder,
      ConfigurableApplicationContext context) {
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    address.recover();
    probe(address);
    return DatabaseLock.take(
        address,
        node.isOneOfSeveral(),
        () -> Thread.ofPlatform().name("database-lost").start(context::close));
  }

  @Bean(defaultCandidate = false)
  HikariDataSource requestConnections(
      SandboxSettings sandboxSettings,
      NodeIdentity node,
      DataFolder folder,
      DatabaseLock lock,
      Optional<RedoLog> redoLog) {
    // The lock is an argument, so that no other process can have the database from here on, and so
    // is the log, because every connection is opened after it and closed before.
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    try {
      var pool = new HikariDataSource(pool("requests", node, address, REQUEST_CONNECTIONS));
      if (!address.isFile() && !node.isOneOfSeveral()) {
        // No node runs while this process has the lock for itself.
        unfence(pool, address);
      }
      return pool;
    } catch (HikariPool.PoolInitializationException failed) {
      if (failed.getCause() instanceof SQLException cause) {
        throw address.failure(cause);
      }
      throw failed;
    }
  }

  private static void unfence(HikariDataSource pool, DatabaseAddress address) {
    try {
      WorldFence.remove(pool);
    } catch (SQLException failed) {
      pool.close();
      throw address.failure(failed);
    }
  }

  @Bean(defaultCandidate = false)
  HikariDataSource backgroundPool(
      SandboxSettings sandboxSettings,
      NodeIdentity node,
      DataFolder folder,
      @Qualifier("requestConnections") HikariDataSource requestConnections) {
    // The pool is an argument, so that the probe ran first and a broken database is reported once.
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    return new HikariDataSource(pool("background", node, address, BACKGROUND_CONNECTIONS));
  }

  @Bean
  FlywayMigrationStrategy migrations(
      SandboxSettings sandboxSettings, DataFolder folder, Optional<RedoLog> redoLog) {
    var address = DatabaseAddress.of(sandboxSettings, folder.path());
    boolean external = !address.isFile();
    return flyway -> {
      try {
        var source = flyway.getConfiguration().getDataSource();
        if (external) {
          prepare(source, sandboxSettings, folder);
        }
        FormerMigrations.takeOver(flyway);
        LaterMigrations.requireNone(flyway, address);
        flyway.migrate();
        if (sandboxSettings.nodes().enabled()) {
          join(source, sandboxSettings, folder);
        }
        H2Selectivity.apply(source);
        if (folder.isUnfinished()) {
          // The tables are in the file before the note that they are not is gone.
          sync(source);
          DataFolder.finish(folder.path());
        }
        if (redoLog.isPresent()) {
          redoLog.get().start();
        }
      } catch (FlywayException | SQLException | IOException failed) {
        throw address
            .fullDisk(failed)
            .orElseGet(
                () ->
                    new StartupFailure(
                        "the database cannot be brought to this version: %s. Import the archive from before the upgrade into a new data folder (docs/operations.md)"
                            .formatted(failed.getMessage()),
                        failed));
      }
    };
  }

  private static void sync(DataSource source) throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("checkpoint sync");
    }
  }

  /** Prepares a database outside the data folder, which is not deleted with the folder's files. */
  private static void prepare(DataSource source, SandboxSettings sandboxSettings, DataFolder folder)
      throws SQLException, IOException {
    if (sandboxSettings.fresh()) {
      DatabaseEraser.empty(source);
    } else {
      folder.requireSecretOf(DatabaseEraser.hasHistory(source));
    }
  }

  /** Makes the migrated database one of several nodes. */
  private static void join(DataSource source, SandboxSettings sandboxSettings, DataFolder folder)
      throws SQLException {
    WorldFence.install(source);
    var key = sandboxSettings.nodes().key();
    try (var connection = source.getConnection()) {
      if (key != null && !folder.shared().store(connection, key).hasSame(folder.shared())) {
        throw new StartupFailure(
            "another node was the first to put its secret into the database: start this one again",
            null);
      }
    }
  }

  private static DataSource durable(
      SandboxSettings sandboxSettings,
      DataFolder folder,
      HikariDataSource pool,
      GroupCommit commits,
      DatabaseCost databaseCost) {
    boolean file = DatabaseAddress.of(sandboxSettings, folder.path()).isFile();
    return new DurableDataSource(
        pool, pool.getMaximumPoolSize(), file ? commits : null, databaseCost);
  }

  private static HikariConfig pool(
      String name, NodeIdentity node, DatabaseAddress address, int size) {
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
      // The message of a failed batch would repeat its rows, which Hikari logs.
      config.addDataSourceProperty("logServerErrorDetail", "false");
      if (node.isOneOfSeveral()) {
        config.setConnectionInitSql(node.sessionStart());
      }
    }
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    config.setInitializationFailTimeout(CONNECTION_TIMEOUT_MS);
    return config;
  }

  private static void probe(DatabaseAddress address) {
    try {
      if (address.isNewFile()) {
        DriverManager.getConnection(address.url(), address.username(), address.password()).close();
      } else {
        FormerMigrations.requireAllOrNone(address);
      }
    } catch (SQLException failed) {
      throw address.failure(failed);
    }
  }
}
