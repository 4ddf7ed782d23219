package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryMatrix;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.junit.jupiter.api.Test;

/** Tests that the page of bad agents and missions says what was seen when all were played. */
class GalleryMatrixTests {

  private static final Path PAGE = Path.of("..", "docs", "grade-matrix.md");
  private static final String HEAD =
      """
      # Bad agents and the missions they fail

      Written by `GalleryMatrixTests` from `failures.json`, which `GalleryMatrixSurvey` writes (docs/grade.md). Each agent
      differs from the careful one in one thing. A mission in a row was seen to fail, and every other one to pass, or the
      flaw makes no difference in it: the careful agent comes to no point where the bad one would do something else.

      """;

  @Test
  void thePageShowsTheMatrix() throws IOException {
    var page = HEAD + agents() + "\n" + missions();
    if (Boolean.getBoolean("act.write-docs")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void theMatrixNamesMissionsThatExist() {
    var names = all().stream().map(Mission::name).toList();

    assertThat(Flaw.values())
        .allSatisfy(flaw -> assertThat(names).containsAll(GalleryMatrix.load().failures(flaw)));
  }

  private static String agents() {
    var matrix = GalleryMatrix.load();
    return lines(
        Stream.of("| agent | what it does wrong | fails |", "|---|---|---|"),
        Stream.of(Flaw.values())
            .map(
                flaw ->
                    "| `%s` | %s | %s |"
                        .formatted(flaw.code(), flaw.does(), missions(matrix.failures(flaw)))));
  }

  private static String missions(List<String> failures) {
    return failures.size() <= 12
        ? String.join(", ", failures)
        : failures.size() + " missions, such as " + String.join(", ", failures.subList(0, 3));
  }

  private static String missions() {
    var matrix = GalleryMatrix.load();
    return lines(
        Stream.of("| mission | theme | level | attack | failed by |", "|---|---|---|---|---|"),
        all().stream()
            .map(
                mission ->
                    "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                            mission.name(),
                            mission.theme(),
                            mission.level(),
                            mission.attack() == null ? "" : mission.attack(),
                            matrix.failing(mission.name()).stream()
                                .map(Flaw::code)
                                .collect(Collectors.joining(", ")))));
  }

  private static String lines(Stream<String> head, Stream<String> rows) {
    return Stream.concat(head, rows).collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<Mission> all() {
    return MissionPack.of(Path.of("missions")).all();
  }
}
