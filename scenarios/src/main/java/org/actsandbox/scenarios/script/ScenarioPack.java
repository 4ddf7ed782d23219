package org.actsandbox.scenarios.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.protocol.wire.NearestWord;

/** Lists and reads the scenarios that come with the sandbox. */
public final class ScenarioPack {

  private static final String RESOURCES = "/org/actsandbox/scenarios/pack";
  private static final String SUFFIX = ".yaml";

  /**
   * Keeps each script that a pack of this process has read, until its file changes. Reading all of
   * them takes a second.
   */
  private static final Map<Path, ReadScript> KNOWN = new ConcurrentHashMap<>();

  private final Path folder;

  private record ReadScript(FileTime changed, long size, Script script) {

    boolean isOf(BasicFileAttributes file) {
      return size == file.size() && changed.equals(file.lastModifiedTime());
    }
  }

  private ScenarioPack(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the pack beside {@code ./run} if there is one, so that edits take effect at once;
   * otherwise the pack that was built into the program.
   */
  public static ScenarioPack load() {
    var home = System.getProperty("act.home");
    if (home != null) {
      var besideRun = Path.of(home, "scenarios", "pack");
      if (Files.isDirectory(besideRun)) {
        return new ScenarioPack(besideRun);
      }
    }
    return new ScenarioPack(builtInFolder());
  }

  /** Returns the names of all scenarios in alphabetical order. */
  public List<String> names() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the pack cannot be listed: " + folder, unreadable);
    }
  }

  /**
   * Reads all scenarios.
   *
   * @throws InvalidScript if one of them cannot be read
   */
  public List<Script> all() {
    return names().stream().map(this::read).toList();
  }

  /**
   * Reads a scenario of the pack by its name, or the user's own file by its path.
   *
   * @throws InvalidScript if there is no such scenario, or it cannot be read
   */
  public Script find(String nameOrPath) {
    if (nameOrPath.matches("[A-Za-z0-9_-]+") && Files.exists(folder.resolve(nameOrPath + SUFFIX))) {
      return read(nameOrPath);
    }
    if (nameOrPath.endsWith(SUFFIX) || nameOrPath.endsWith(".yml") || nameOrPath.contains("/")) {
      return ScriptReader.read(Path.of(nameOrPath));
    }
    throw new InvalidScript(
        new SourceLocation(nameOrPath, 1),
        "",
        "a scenario of the pack or the path of a .yaml file",
        nameOrPath,
        NearestWord.find(nameOrPath, names())
            .map(near -> "Did you mean " + near + "?")
            .orElse("./run scenario --list shows them."));
  }

  /** Tells whether every script was read by this process and has not changed since. */
  public boolean isRead() {
    return names().stream().map(this::file).allMatch(ScenarioPack::isRead);
  }

  private static boolean isRead(Path file) {
    var before = KNOWN.get(file);
    try {
      return before != null && before.isOf(Files.readAttributes(file, BasicFileAttributes.class));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the scenario cannot be read: " + file, unreadable);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private Script read(String name) {
    var file = file(name);
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var before = KNOWN.get(file);
      if (before != null && before.isOf(attributes)) {
        return before.script();
      }
      var script = ScriptReader.read(file);
      KNOWN.put(file, new ReadScript(attributes.lastModifiedTime(), attributes.size(), script));
      return script;
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the scenario cannot be read: " + file, unreadable);
    }
  }

  private static Path builtInFolder() {
    try {
      var uri = Objects.requireNonNull(ScenarioPack.class.getResource(RESOURCES)).toURI();
      return uri.getScheme().equals("file") ? Path.of(uri) : inJar(uri);
    } catch (URISyntaxException | IOException broken) {
      throw new IllegalStateException("the pack is not in the program", broken);
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
