package org.actsandbox.web.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.report.GradeJson;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Keeps the results of a run that can be resumed, one on each line of a file. A line that a kill
 * cut in the middle is no result: its mission is played again.
 */
final class ResumedResults {

  private final @Nullable Path file;
  private final List<JsonNode> known;

  private ResumedResults(@Nullable Path file, List<JsonNode> known) {
    this.file = file;
    this.known = known;
  }

  /**
   * Reads what an earlier run has left.
   *
   * @param file null for a run that is not kept
   */
  static ResumedResults read(@Nullable Path file) throws IOException {
    var known = new ArrayList<JsonNode>();
    if (file != null && Files.exists(file)) {
      var text = Files.readString(file);
      text.lines().forEach(line -> parse(line).ifPresent(known::add));
      if (!text.isEmpty() && !text.endsWith("\n")) {
        // The next result begins a line of its own.
        append(file, "\n");
      }
    }
    return new ResumedResults(file, known);
  }

  private static Optional<JsonNode> parse(String line) {
    try {
      return line.isBlank() ? Optional.empty() : Optional.of(Json.parse(line));
    } catch (JacksonException cut) {
      return Optional.empty();
    }
  }

  Optional<MissionResult> find(Mission mission, int attempt) {
    return GradeJson.find(known, mission, attempt);
  }

  /** Notes a result that counts, unless the file has it; another one is played again. */
  void note(MissionResult result) {
    if (file != null
        && result.verdict().counts()
        && find(result.mission(), result.attempt()).isEmpty()) {
      append(file, Json.write(GradeJson.result(result)) + "\n");
    }
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException full) {
      throw new UncheckedIOException("cannot write " + file, full);
    }
  }
}
