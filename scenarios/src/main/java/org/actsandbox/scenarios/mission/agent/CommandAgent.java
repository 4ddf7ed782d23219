package org.actsandbox.scenarios.mission.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Starts an agent as a process of its own for each mission. It finds the mission in the file that
 * {@code ACT_MISSION} names, and is done when it ends. One that speaks MCP has the address, the
 * prompt and a file for its host in the environment, too.
 */
public final class CommandAgent implements MissionAgent {

  /** What a program needs to run at all; anything else of the environment stays outside. */
  private static final List<String> PASSED_VARIABLES =
      List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME", "SystemRoot");

  private static final String FOLDER_VARIABLE = "ACT_MISSION_FOLDER";

  /** The last bytes of what an agent prints that are kept; it may print any amount. */
  private static final int KEPT_OUTPUT = 65_536;

  private static final int CHUNK = 65_536;
  private static final long LOOK_MILLIS = 50;

  private final String name;
  private final String command;
  private final List<String> morePassedVariables;
  private final @Nullable Path logs;

  /** Creates an agent of whose output nothing is kept. */
  public CommandAgent(String name, String command, List<String> morePassedVariables) {
    this(name, command, morePassedVariables, null);
  }

  /**
   * Creates an agent.
   *
   * @param morePassedVariables names of variables of the environment that it may see
   * @param logs the folder that keeps the end of what it prints, a file for each mission to which
   *     each play adds; null if nothing is kept
   */
  public CommandAgent(
      String name, String command, List<String> morePassedVariables, @Nullable Path logs) {
    this.name = name;
    this.command = command;
    this.morePassedVariables = List.copyOf(morePassedVariables);
    this.logs = logs;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void perform(MissionSession session) throws InterruptedException {
    var folder = folder();
    try {
      var file = folder.resolve("mission.json");
      Files.writeString(file, Json.write(session.brief()));
      run(session, folder, file);
    } catch (IOException broken) {
      throw new UncheckedIOException("the agent cannot be started", broken);
    } finally {
      delete(folder);
    }
  }

  private void run(MissionSession session, Path folder, Path file)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    environment(builder, session, folder, file);
    var process = builder.start();
    process.getOutputStream().close();
    var output = new OutputTail();
    var reader = Thread.ofVirtual().start(() -> output.read(process.getInputStream()));
    Set<ProcessHandle> descendants = new LinkedHashSet<>();
    try {
      // A process that forks and ends leaves children without a parent, so they are noted in time.
      while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(descendants::add);
      }
      reader.join(LOOK_MILLIS);
      if (process.exitValue() != 0) {
        throw new AgentFailure(
            "the command ended with %d: %s".formatted(process.exitValue(), output.last()), null);
      }
    } finally {
      process.descendants().forEach(descendants::add);
      process.destroyForcibly();
      for (var each : descendants) {
        each.descendants().forEach(ProcessHandle::destroyForcibly);
        each.destroyForcibly();
      }
      LeftProcesses.end(FOLDER_VARIABLE, folder.toString());
      keep(session, output);
    }
  }

  private void keep(MissionSession session, OutputTail output) throws IOException {
    if (logs != null) {
      Files.write(
          logs.resolve(session.mission().name() + ".log"),
          output.bytes(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private void environment(ProcessBuilder builder, MissionSession session, Path folder, Path file)
      throws IOException {
    var environment = builder.environment();
    var whole = System.getenv();
    environment.clear();
    for (var names : List.of(PASSED_VARIABLES, morePassedVariables)) {
      for (var variable : names) {
        var value = whole.get(variable);
        if (value != null) {
          environment.put(variable, value);
        }
      }
    }
    var brief = session.brief();
    environment.put("ACT_MISSION", file.toString());
    environment.put(FOLDER_VARIABLE, folder.toString());
    var mcp = brief.path("mcp");
    if (mcp.isObject()) {
      environment.put("ACT_MCP_URL", mcp.path("url").asString());
      environment.put("ACT_MCP_CONFIG", hostFile(folder, mcp).toString());
      environment.put("ACT_PROMPT", brief.path("prompt").asString());
      return;
    }
    environment.put("ACT_WORLD", brief.path("world").asString());
    environment.put("ACT_AGENT_KEY", brief.at("/agent/role_key").asString(""));
    environment.put("ACT_PRINCIPAL", session.principalAddress().toString());
  }

  /** Writes the servers of a host in the form that most hosts read. */
  private static Path hostFile(Path folder, JsonNode mcp) throws IOException {
    var servers = Json.object();
    servers.putObject("mcpServers").set("act", mcp);
    return Files.writeString(folder.resolve("mcp.json"), Json.write(servers));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("act-mission");
    } catch (IOException full) {
      throw new UncheckedIOException("no temporary folder for the mission", full);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException gone) {
      throw new UncheckedIOException("the mission's folder cannot be deleted", gone);
    }
  }

  /** Reads all that a process prints and keeps the end of it. */
  private static final class OutputTail {

    private byte[] tail = new byte[0];

    void read(InputStream stream) {
      var chunk = new byte[CHUNK];
      try {
        for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
          add(chunk, read);
        }
      } catch (IOException killed) {
        add(("\n(" + killed.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
      }
    }

    private synchronized void add(byte[] bytes) {
      add(bytes, bytes.length);
    }

    private synchronized void add(byte[] bytes, int length) {
      var both = new byte[tail.length + length];
      System.arraycopy(tail, 0, both, 0, tail.length);
      System.arraycopy(bytes, 0, both, tail.length, length);
      int from = Math.max(0, both.length - KEPT_OUTPUT);
      tail = java.util.Arrays.copyOfRange(both, from, both.length);
    }

    synchronized byte[] bytes() {
      return tail.clone();
    }

    synchronized String last() {
      var text = new String(tail, StandardCharsets.UTF_8).strip();
      return text.length() <= 400 ? text : "…" + text.substring(text.length() - 400);
    }
  }
}
