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
    var written = table("Every fault").stream().map(FaultsPageTests::withoutProse).toList();

    assertThat(written)
        .isEqualTo(
            Arrays.stream(FaultName.values())
                .map(
                    name ->
                        List.of(
                            quoted(name.code()),
                            quoted(name.operation()),
                            parameters(name.parameters())))
                .toList());
  }

  private static List<String> withoutProse(List<String> cells) {
    assertThat(cells.get(1)).as(cells.getFirst()).isNotBlank();
    return List.of(cells.getFirst(), cells.get(2), cells.get(3));
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
    var written =
        table("Magic values").stream()
            .map(row -> List.of(row.getFirst(), row.get(1), row.get(3), row.get(4)))
            .toList();

    assertThat(written)
        .isEqualTo(
            Stream.concat(
                    Arrays.stream(MagicValue.values()).map(FaultsPageTests::magic),
                    Arrays.stream(TestCard.values()).map(FaultsPageTests::card))
                .toList());
  }

  private static List<String> magic(MagicValue magic) {
    var parameters =
        magic.fault().parameters().entrySet().stream()
            .map(each -> " %s %s".formatted(quoted(each.getKey()), each.getValue()))
            .collect(Collectors.joining());
    return List.of(
        quoted(magic.value()),
        quoted(magic.place().code()),
        quoted(magic.fault().name().code()) + parameters,
        magic.once() ? "once" : "");
  }

  private static List<String> card(TestCard card) {
    return List.of(quoted(card.number()), quoted("card_number"), quoted(card.code()), "");
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
