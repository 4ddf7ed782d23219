package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.Files;
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
 * Opens the database of a data folder while no server runs on it. It is locked as by a server, so a
 * running server is detected, and none can start meanwhile.
 */
public final class OfflineDatabase {

  private OfflineDatabase() {}

  /**
   * Writes all data into {@code file}, which only its owner can read.
   *
   * @param settings arguments of the server, such as {@code --act.database.url=...}
   * @throws StartupFailure if there is no data folder, it is in use, or the file cannot be written
   */
  public static DatabaseArchive.Summary export(Path data, List<String> settings, Path file) {
    // Opening the folder would create both, and an archive of nothing would pass for a backup.
    requireSecret(data);
    return withDatabase(
        data, settings, opened -> opened.archive().export(file, opened.folder().secret()));
  }

  /**
   * Fills a database without data from {@code file}, and puts the secret in the file into the data
   * folder.
   *
   * @param settings arguments of the server, such as {@code --act.database.url=...}
   * @throws StartupFailure if the database has data already, or the file is no complete archive
   */
  public static DatabaseArchive.Summary restore(Path data, List<String> settings, Path file) {
    try (var archive = ArchiveReader.open(file)) {
      boolean made = DataFolder.putSecret(data, DatabaseArchive.secret(archive));
      boolean done = false;
      try {
        var filled = withDatabase(data, settings, opened -> Filled.from(archive, opened));
        compact(filled.address());
        DataFolder.finish(data);
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

  /** Holds the size of the database file in bytes before and after it was compacted. */
  public record FileSizes(long before, long after) {}

  /**
   * Writes the database file anew with nothing but what is live.
   *
   * @param settings arguments of the server, such as {@code --act.database.url=...}
   * @throws StartupFailure if there is no data folder, it is in use, or its data is in PostgreSQL
   */
  public static FileSizes compact(Path data, List<String> settings) {
    requireSecret(data);
    // Opening and closing the database first makes sure that no server runs on it.
    var address = withDatabase(data, settings, Opened::address);
    if (!address.isFile()) {
      throw new StartupFailure(
          "the data is in %s, which gives space back itself".formatted(address.place()), null);
    }
    try {
      var file = Path.of(address.place());
      long before = Files.size(file);
      compact(address);
      return new FileSizes(before, Files.size(file));
    } catch (IOException | SQLException failed) {
      throw new StartupFailure(
          "the database %s cannot be compacted: %s".formatted(address.place(), failed), failed);
    }
  }

  private static void requireSecret(Path data) {
    if (!DataFolder.hasSecret(data)) {
      throw new StartupFailure(
          "%s is no data folder of a sandbox (it has no server.secret): name it with --data"
              .formatted(data),
          null);
    }
  }

  private record Opened(DatabaseArchive archive, DataFolder folder, DatabaseAddress address) {}

  private record Filled(DatabaseArchive.Summary summary, DatabaseAddress address) {

    static Filled from(ArchiveReader archive, Opened opened) {
      return new Filled(opened.archive().restore(archive), opened.address());
    }
  }

  /**
   * Compacts an H2 file; after an import it has the space that the import needed for its undo log,
   * as much as the data itself. No pool is open on the file here, because the pool's users would
   * take the closed store for a broken one.
   */
  private static void compact(DatabaseAddress address) throws SQLException, IOException {
    if (!address.isFile()) {
      return;
    }
    try (var connection =
            DriverManager.getConnection(address.url(), address.username(), address.password());
        var statement = connection.createStatement()) {
      statement.execute("shutdown compact");
    }
    // Compacting has replaced the file.
    OwnerOnly.tighten(Path.of(address.place()));
  }

  private static <T> T withDatabase(Path data, List<String> settings, Function<Opened, T> work) {
    var arguments = new ArrayList<>(settings);
    // The environment may set act.fresh, which must not delete the data here.
    // Neither may it make this command a node, because nodes share the lock that it takes.
    arguments.addAll(List.of("--act.data=" + data, "--act.fresh=false", "--act.nodes.key="));
    // The command itself says in one line why it cannot start.
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

  /** Configures the database and the data folder without a server. */
  @EnableConfigurationProperties(SandboxSettings.class)
  @Import({
    DatabaseConfiguration.class,
    DataFolder.class,
    NodeIdentity.class,
    DatabaseFailureShutdown.class,
    AppendOnlyMigration.class
  })
  @ImportAutoConfiguration(FlywayAutoConfiguration.class)
  static class DatabaseAlone {

    /**
     * Disables the migration at the start, because export and import decide which migrations run.
     */
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
