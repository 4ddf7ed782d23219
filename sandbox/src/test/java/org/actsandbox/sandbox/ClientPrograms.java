package org.actsandbox.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Runs programs of other languages in tests. A test without its program is skipped and says so;
 * {@code ./test} installs what it can.
 */
public final class ClientPrograms {

  /** Made by Maven: the client generator, the TypeScript compiler and the types of Node. */
  public static final Path TOOLS = Path.of("target/client-tools");

  /** Made by {@code ./test}; elsewhere the machine's Python serves if it has the packages. */
  private static final Path PYTHON_ENVIRONMENT = Path.of("../target/client-python/bin/python3");

  private ClientPrograms() {}

  /** What a program printed, on both streams, and how it ended. */
  public record Outcome(int exit, String output) {}

  public static String node() {
    assumeThat(isOnPath("node")).as("Node is installed").isTrue();
    return "node";
  }

  /**
   * Returns a Python that has the packages.
   *
   * @param imports names of modules, with commas between them
   */
  public static String python(String imports) {
    if (Files.isExecutable(PYTHON_ENVIRONMENT)) {
      return PYTHON_ENVIRONMENT.toAbsolutePath().toString();
    }
    assumeThat(isOnPath("python3")).as("Python is installed").isTrue();
    var packages = run(Path.of("."), "", "python3", "-c", "import " + imports);
    assumeThat(packages.exit()).as("Python has its packages: " + packages.output()).isZero();
    return "python3";
  }

  /** Compiles a folder of TypeScript by its {@code tsconfig.json}. */
  public static void compileTypeScript(Path folder) {
    var compiler = tool("typescript").resolve("lib/tsc.js");
    copy(tool("types__node"), folder.resolve("node_modules/@types/node"));
    var compiled = run(folder, "", node(), compiler.toAbsolutePath().toString(), "--incremental");
    if (compiled.exit() != 0) {
      throw new AssertionError(compiled.output());
    }
  }

  public static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      FileSystemUtils.copyRecursively(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Runs a program in a folder until it ends. */
  public static Outcome run(Path folder, String input, String... command) {
    try {
      var stdin = Files.createTempFile("client", ".in");
      Files.writeString(stdin, input);
      var process =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(stdin.toFile())
              .start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.waitFor();
      Files.delete(stdin);
      return new Outcome(exit, output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Returns the folder of the only version of a package. */
  private static Path tool(String name) {
    try (var versions = Files.list(TOOLS.resolve("META-INF/resources/webjars").resolve(name))) {
      return versions.findFirst().orElseThrow();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(Path::of)
        .anyMatch(each -> Files.isExecutable(each.resolve(program)));
  }
}
