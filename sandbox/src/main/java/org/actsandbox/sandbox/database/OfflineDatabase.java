package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.actsandbox.sandbox.SandboxSettings;
import org.flywaydb.core.Flyway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/**
 * The database of a data folder while no server runs on it: it is locked like a server's, so a
 * server that runs is found, and none can start meanwhile.
 */
public final class OfflineDatabase {

  private OfflineDatabase() {}

  /**
   * Writes everything into {@code file}, which its owner alone can read.
   *
   * @param settings arguments of the server, such as {@code --act.database.url=...}
   * @throws StartupFailure if there is nothing to read, it is in use, or the file cannot be written
   */
  public static DatabaseArchive.Summary export(Path data, List<String> settings, Path file) {
    // A server would make both, and an archive of nothing would pass for a backup.
    if (!DataFolder.hasSecret(data)) {
      throw new StartupFailure(
          "%s is no data folder of a sandbox (it has no server.secret): name it with --data"
              .formatted(data),
          null);
    }
    return with(data, settings, opened -> opened.archive().export(file, opened.folder().secret()));
  }

  /**
   * Fills a database without data from {@code file}; the data folder gets the secret of it.
   *
   * @param settings arguments of the server, such as {@code --act.database.url=...}
   * @throws StartupFailure if there is data already, or the file is no whole archive
   */
  public static DatabaseArchive.Summary restore(Path data, List<String> settings, Path file) {
    try (var archive = ArchiveReader.open(file)) {
      boolean made = DataFolder.putSecret(data, DatabaseArchive.secret(archive));
      boolean done = false;
      try {
        var filled = with(data, settings, opened -> Filled.from(archive, opened));
        filled.compact();
        done = true;
        return filled.summary();
      } finally {
        if (made && !done) {
          DataFolder.forget(data);
        }
      }
    } catch (IOException | SQLException failed) {
      throw new StartupFailure(
          "the data folder %s cannot be written: %s".formatted(data, failed), failed);
    }
  }

  private record Opened(DatabaseArchive archive, DataFolder folder, DatabaseAddress address) {}

  private record Filled(DatabaseArchive.Summary summary, DatabaseAddress address) {

    static Filled from(ArchiveReader archive, Opened opened) {
      return new Filled(opened.archive().restore(archive), opened.address());
    }

    /**
     * H2 keeps the room of what it needed to undo the import, as much as the data itself. No pool
     * is open on the file here: to its users a store that closes is a broken one.
     */
    void compact() throws SQLException, IOException {
      if (!address.isFile()) {
        return;
      }
      try (var connection =
              DriverManager.getConnection(address.url(), address.username(), address.password());
          var statement = connection.createStatement()) {
        statement.execute("shutdown compact");
      }
      // It is another file now.
      OwnerOnly.tighten(Path.of(address.place()));
    }
  }

  private static <T> T with(Path data, List<String> settings, Function<Opened, T> work) {
    var arguments = new ArrayList<>(settings);
    // An environment that begins anew at each start must not do so here.
    arguments.addAll(List.of("--act.data=" + data, "--act.fresh=false"));
    // The command says in one line why it cannot start.
    arguments.add("--logging.level.org.springframework.context=ERROR");
    try (var context =
        new SpringApplicationBuilder(DatabaseAlone.class)
            .web(WebApplicationType.NONE)
            .run(arguments.toArray(String[]::new))) {
      var folder = context.getBean(DataFolder.class);
      return work.apply(
          new Opened(
              context.getBean(DatabaseArchive.class),
              folder,
              DatabaseAddress.of(context.getBean(SandboxSettings.class), folder.path())));
    }
  }

  /** The database and the data folder, and no server. */
  @EnableConfigurationProperties(SandboxSettings.class)
  @Import({
    DatabaseConfiguration.class,
    DataFolder.class,
    DatabaseFailureShutdown.class,
    AppendOnlyMigration.class
  })
  @ImportAutoConfiguration(FlywayAutoConfiguration.class)
  static class DatabaseAlone {

    /** Export and import decide themselves what is migrated, and how far. */
    @Bean
    @Primary
    FlywayMigrationStrategy noMigrationAtTheStart() {
      return _ -> {};
    }

    @Bean
    DatabaseArchive databaseArchive(DataSource database, Flyway flyway) {
      return new DatabaseArchive(database, flyway);
    }
  }
}
