package org.actsandbox.web.console.grades;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the recordings of a run's missions in a folder beside the run, one file for each, because
 * lists read all runs and a page plays one mission. A file that is given away has both again.
 */
final class GradeRecordings {

  static final String FIELD = "recording";

  /** Marks a result whose recording is kept. */
  static final String MARK = "recorded";

  private static final String SUFFIX = ".recordings";
  private static final String MISSION = "[a-z0-9][a-z0-9-]{0,79}";

  /** Ours: with the rest of the run it stays below what a page takes as a file. */
  private static final long MAX_GIVEN_CHARS = 6L * 1024 * 1024;

  private static final int PART_BYTES = 36 * 1024;

  private final Path folder;

  GradeRecordings(Path folder) {
    this.folder = folder;
  }

  /** Moves the recordings out of a grade into files of its run. */
  void split(ObjectNode grade, String run) throws IOException {
    for (var result : grade.path("results")) {
      var bytes = MissionRecording.bytes(result.path(FIELD));
      ((ObjectNode) result).remove(FIELD);
      var mission = result.path("mission").asString("");
      if (bytes.isPresent() && mission.matches(MISSION)) {
        Files.createDirectories(of(run));
        Files.write(file(run, mission, result.path("attempt").asInt()), bytes.get());
        ((ObjectNode) result).put(MARK, true);
      }
    }
  }

  /**
   * Puts the recordings into a grade that is given away, as many as the file may hold; those that
   * are left out are counted in {@code recordings_left_out}.
   */
  void join(ObjectNode grade, String run) {
    long chars = 0;
    int leftOut = 0;
    for (var result : grade.path("results")) {
      var bytes = bytes(run, result);
      ((ObjectNode) result).remove(MARK);
      if (bytes.isEmpty()) {
        continue;
      }
      chars += bytes.get().length * 4L / 3;
      if (chars > MAX_GIVEN_CHARS) {
        leftOut++;
        continue;
      }
      var parts = ((ObjectNode) result).putArray(FIELD);
      for (int from = 0; from < bytes.get().length; from += PART_BYTES) {
        int until = Math.min(bytes.get().length, from + PART_BYTES);
        var part = Arrays.copyOfRange(bytes.get(), from, until);
        parts.add(Base64.getEncoder().encodeToString(part));
      }
    }
    if (leftOut > 0) {
      grade.put("recordings_left_out", leftOut);
    }
  }

  /** Returns the recording of one result of a run; empty if there is none. */
  Optional<MissionRecording> find(String run, JsonNode result) {
    return bytes(run, result).flatMap(MissionRecording::read);
  }

  private Optional<byte[]> bytes(String run, JsonNode result) {
    var mission = result.path("mission").asString("");
    if (!result.path(MARK).asBoolean(false) || !mission.matches(MISSION)) {
      return Optional.empty();
    }
    var file = file(run, mission, result.path("attempt").asInt());
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the recording cannot be read", unreadable);
    }
  }

  void remove(String run) throws IOException {
    if (!Files.isDirectory(of(run))) {
      return;
    }
    try (var files = Files.list(of(run))) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(of(run));
  }

  private Path of(String run) {
    return folder.resolve(run + SUFFIX);
  }

  private Path file(String run, String mission, int attempt) {
    return of(run).resolve(mission + "." + attempt + ".gz");
  }
}
