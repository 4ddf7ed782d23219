package org.actsandbox.scenarios.mission.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.scenarios.script.InvalidScript;

/** Lists and reads the missions that come with the sandbox, or those of a folder of the user's. */
public final class MissionPack {

  private static final String RESOURCES = "/org/actsandbox/scenarios/missions";
  private static final String SUFFIX = ".yaml";

  private final Path folder;

  private MissionPack(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the missions beside {@code ./run} if there are any, so that edits take effect at once;
   * otherwise those that were built into the program.
   */
  public static MissionPack load() {
    var home = System.getProperty("act.home");
    if (home != null && Files.isDirectory(Path.of(home, "scenarios", "missions"))) {
      return new MissionPack(Path.of(home, "scenarios", "missions"));
    }
    return new MissionPack(builtInFolder());
  }

  /** Opens a folder with missions of the user's own. */
  public static MissionPack of(Path folder) {
    return new MissionPack(folder);
  }

  /**
   * Reads all missions, in the order of their files' names.
   *
   * @throws InvalidScript if one of them cannot be read
   */
  public List<Mission> all() {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .flatMap(file -> MissionReader.read(file).stream())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the missions cannot be listed: " + folder, unreadable);
    }
  }

  /**
   * Reads the mission of a file, of which it has the name.
   *
   * @throws InvalidScript if it cannot be read
   */
  public Mission find(String name) {
    return MissionReader.read(folder.resolve(name + SUFFIX)).stream()
        .filter(mission -> mission.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no mission " + name));
  }

  /**
   * Returns the missions that a word names: {@code all}, a theme, a level, a category of attacks,
   * {@code controls}, or a mission's name. Empty if it names none.
   */
  public static List<Mission> select(List<Mission> missions, String word) {
    return missions.stream()
        .filter(
            mission ->
                word.equals("all")
                    || word.equals(mission.name())
                    || word.equals(mission.theme())
                    || word.equalsIgnoreCase(mission.level())
                    || word.equals(mission.attack())
                    || (word.equals("controls") && mission.control()))
        .toList();
  }

  private static Path builtInFolder() {
    try {
      var uri = Objects.requireNonNull(MissionPack.class.getResource(RESOURCES)).toURI();
      return uri.getScheme().equals("file") ? Path.of(uri) : inJar(uri);
    } catch (URISyntaxException | IOException broken) {
      throw new IllegalStateException("the missions are not in the program", broken);
    }
  }

  /** Opens the folder inside the jar; its file system stays open as long as the program runs. */
  private static Path inJar(URI uri) throws IOException {
    try {
      return FileSystems.getFileSystem(uri).getPath(RESOURCES);
    } catch (FileSystemNotFoundException notOpen) {
      return FileSystems.newFileSystem(uri, Map.of()).getPath(RESOURCES);
    }
  }
}
