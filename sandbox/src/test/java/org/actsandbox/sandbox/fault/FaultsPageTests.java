package org.actsandbox.sandbox.fault;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.psp.instrument.TestCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the tables of docs/faults.md agree with the code, row by row. */
class FaultsPageTests {

  private static final Path PAGE = Path.of("..", "docs", "faults.md");

  static final SandboxServer server = SandboxServer.shared();

  /** Returns the rows below a heading, each as a list of its cells, without the table's head. */
  static List<List<String>> table(String heading) throws IOException {
    var rows =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.equals("## " + heading))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("|"))
            .skip(2)
            .map(FaultsPageTests::cells)
            .toList();
    assertThat(rows).as("the table below " + heading).isNotEmpty();
    return rows;
  }

  private static List<String> cells(String row) {
    return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static String quoted(String text) {
    return "`" + text + "`";
  }

  @Test
  void everyFaultIsInTheTableWithItsParameters() throws IOException {
    var prose = prose("Every fault", 1);
    compare(
        "Every fault",
        Arrays.stream(FaultName.values())
            .map(
                name ->
                    List.of(
                        quoted(name.code()),
                        prose.getOrDefault(quoted(name.code()), ""),
                        quoted(name.operation()),
                        parameters(name.parameters())))
            .toList());
  }

  /** Returns what the page itself says in a column, by the first cell of its row. */
  private static Map<String, String> prose(String heading, int column) throws IOException {
    return table(heading).stream()
        .collect(Collectors.toMap(row -> row.getFirst(), row -> row.get(column)));
  }

  /**
   * Compares a table with the rows of the code; with {@code -Dact.write-docs=true} it writes the
   * table anew instead, and keeps the words of the page.
   */
  private static void compare(String heading, List<List<String>> rows) throws IOException {
    if (Boolean.getBoolean("act.write-docs")) {
      var before = "\n## " + heading + "\n";
      var page = Files.readString(PAGE);
      int start = page.indexOf("|\n", page.indexOf("|---", page.indexOf(before))) + 2;
      int end = page.indexOf("\n\n", start) + 1;
      var lines =
          rows.stream()
              .map(cells -> ("| " + String.join(" | ", cells) + " |\n").replace("|  |", "| |"))
              .collect(Collectors.joining());
      Files.writeString(PAGE, page.substring(0, start) + lines + page.substring(end));
      return;
    }
    assertThat(table(heading))
        .as("docs/faults.md; write it anew with -Dact.write-docs=true")
        .isEqualTo(rows)
        .allSatisfy(row -> assertThat(row.get(1)).as(row.getFirst()).isNotBlank());
  }

  private static String parameters(List<FaultParameter> faultParameters) {
    return faultParameters.stream()
        .map(
            faultParameter ->
                quoted(faultParameter.name())
                    + (faultParameter.defaultValue().isEmpty()
                        ? ""
                        : " = " + faultParameter.defaultValue())
                    + " (%s)".formatted(faultParameter.expected()))
        .collect(Collectors.joining(", "));
  }

  @Test
  void everyMagicValueIsInTheTable() throws IOException {
    var prose = prose("Magic values", 2);
    compare(
        "Magic values",
        Stream.concat(
                Arrays.stream(MagicValue.values()).map(value -> magic(value, prose)),
                Arrays.stream(TestCard.values()).map(value -> card(value, prose)))
            .toList());
  }

  private static List<String> magic(MagicValue magic, Map<String, String> prose) {
    var parameters =
        magic.fault().parameters().entrySet().stream()
            .map(each -> " %s %s".formatted(quoted(each.getKey()), each.getValue()))
            .collect(Collectors.joining());
    return List.of(
        quoted(magic.value()),
        quoted(magic.place().code()),
        prose.getOrDefault(quoted(magic.value()), ""),
        quoted(magic.fault().name().code()) + parameters,
        magic.once() ? "once" : "");
  }

  private static List<String> card(TestCard card, Map<String, String> prose) {
    return List.of(
        quoted(card.number()),
        quoted("card_number"),
        prose.getOrDefault(quoted(card.number()), ""),
        quoted(card.code()),
        "");
  }

  static List<List<String>> wrongOrders() throws IOException {
    return table("A wrong order");
  }

  @ParameterizedTest
  @MethodSource("wrongOrders")
  void aWrongRequestIsAnsweredAsWritten(List<String> row) {
    var world = server.newWorld();
    var api = "/api/worlds/" + world.name() + "/faults";
    var operator = bearer(server.operator(world));
    var order = row.getFirst().substring(1, row.getFirst().length() - 1);

    var answer = server.post(api, order, operator);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(
            Map.of(
                "code", answer.json().path("code").asString(),
                "field", quoted(answer.json().path("field").asString())))
        .isEqualTo(Map.of("code", "invalid_field", "field", row.get(1)));
    if (!row.get(1).equals("`name`")) {
      assertThat(answer.json().path("expected").asString()).isEqualTo(row.get(2));
    }
    assertThat(server.get(api, operator).json().path("items")).isEmpty();
  }
}
