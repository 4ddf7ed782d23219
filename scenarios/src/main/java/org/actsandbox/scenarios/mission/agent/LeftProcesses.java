package org.actsandbox.scenarios.mission.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends the processes that an agent has left behind. A child that gave up its parent and its session
 * is no descendant any more, but it has inherited the environment of the mission, which no other
 * mission has. That is read from {@code /proc}; a system without it has the descendants only.
 */
final class LeftProcesses {

  private static final Path PROC = Path.of("/proc");

  /** A process that forks while the others are ended is found in the next round. */
  private static final int ROUNDS = 20;

  private LeftProcesses() {}

  /**
   * Ends every process with this variable in its environment.
   *
   * @param value a value that only the processes of one mission have
   */
  static void end(String variable, String value) {
    for (int round = 0; round < ROUNDS; round++) {
      var left = find(variable + "=" + value);
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static List<ProcessHandle> find(String entry) {
    if (!Files.isDirectory(PROC)) {
      return List.of();
    }
    return ProcessHandle.allProcesses()
        .filter(ProcessHandle::isAlive)
        .filter(process -> has(process, entry))
        .toList();
  }

  private static boolean has(ProcessHandle process, String entry) {
    try {
      var environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
      return List.of(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
          .contains(entry);
    } catch (IOException goneOrOfAnotherUser) {
      // An agent's processes have the user of the run, so this is none of them, or none any more.
      return false;
    }
  }
}
