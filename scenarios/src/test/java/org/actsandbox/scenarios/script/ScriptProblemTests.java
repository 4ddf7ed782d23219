package org.actsandbox.scenarios.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that every mistake in a file is reported with file, line, the expected value, and a remedy.
 */
class ScriptProblemTests {

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          scenario: x~step: []                                                     | 1 | the key steps
          scenario: x~steps:~  - say: hi~stpes: []                                 | 4 | Did you mean steps?
          scenario: x~steps:~  - chose: hi                                           | 3 | Did you mean choose?
          scenario: x~steps:~  - note: only                                        | 3 | exactly one of say, choose
          scenario: x~steps:~  - say: hi~    choose: first                         | 3 | observed say and choose
          scenario: X Y~steps: []                                                  | 1 | ^[a-z0-9]
          scenario: x~theme: paymnt~steps: []                                      | 2 | Did you mean payment?
          scenario: x~steps:~  - advance: 10 minutes                               | 3 | at /steps/0/advance
          scenario: x~steps:~  - times: 0~    say: hi                              | 3 | minimum 1
          scenario: x~steps:~  - race: {buyers: 1}                                 | 3 | minimum 2
          scenario: x~steps:~  - fault: {probability: 0.5}                         | 3 | the key name
          scenario: x~steps:~  - fault: {name: delay, probability: 2}              | 3 | maximum 1
          scenario: x~steps:~  - fault: {name: sold_uot}                           | 3 | Did you mean sold_out?
          scenario: x~steps:~  - call: {path: psp}                                 | 3 | control API
          scenario: x~steps:~  - disturb: {merchant: a, type: gone}                | 3 | one of [price_moved
          scenario: x~steps:~  - say: hi~    capture: {Price: /total}              | 4 | ^[a-z]
          scenario: x~steps:~  - say: hi~    capture: {price: total}               | 4 | ^/
          scenario: x~steps:~  - say: hi~    expect: {outcom: offered}             | 4 | Did you mean outcome?
          scenario: x~steps: []~expect: {tradez: []}                               | 3 | Did you mean trades?
          scenario: x~steps: []~expect: {journal: {has: [{kind: MESSAGE}]}}        | 3 | one of [EXCHANGE
          scenario: x~steps: []~expect: {trades: [{stat: x, count: 0}]}            | 3 | Did you mean state?
          scenario: x~steps: []~expect: {trades: [{state: TRADE_FINISHD, count: 0}]} | 3 | Did you mean TRADE_FINISHED?
          scenario: x~steps: []~expect: {orders: [{status: {not: PAYD}}]}          | 3 | Did you mean PAID?
          scenario: x~steps: []~expect: {holds: {raileast: [{sttus: HELD}]}}       | 3 | Did you mean status?
          scenario: x~steps: []~expect: {journal: {never: [{code: solt_out}]}}     | 3 | Did you mean sold_out?
          scenario: x~world: {clock: yesterday}~steps: []                          | 2 | at /world/clock
          scenario: x~kills: [a, a]~steps: []                                      | 2 | uniqueItems
          scenario: x~scenario: y~steps: []                                        | 2 | scenario twice
          scenario: x~steps: [                                                     | 2 | YAML 1.2
          - just~- a list                                                          | 1 | keys and values
          scenario: x~steps: !!set {}                                              | 2 | observed
          scenario: x~include: other.yaml~steps: []                                | 2 | no include outside a folder
          """)
  void reportsTheLineAndTheRemedy(String file, int line, String told) {
    var refused = refused("wrong.yaml", file.replace('~', '\n'));

    assertThat(refused.problems().getFirst().place())
        .isEqualTo(new SourceLocation("wrong.yaml", line));
    assertThat(refused).hasMessageContaining(told).hasMessageContaining("wrong.yaml:" + line);
  }

  @Test
  void reportsAllMistakesInTheOrderOfTheFile() {
    var refused =
        refused("wrong.yaml", "scenario: x\nthem: agent\nsteps:\n  - say: hi\n    tims: 2\n");

    assertThat(refused.problems())
        .extracting(problem -> problem.place().line(), ScriptProblem::observed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2, "unknown key them"),
            org.assertj.core.groups.Tuple.tuple(5, "unknown key tims"));
  }

  @Test
  void aCapturedValueNeedsNoQuotes() {
    var script =
        ScriptReader.read(
            "price.yaml", "scenario: x\nsteps:\n  - advance: ${wait}\n  - say: ${a/b}\n");

    assertThat(script.steps())
        .extracting(scenarioStep -> scenarioStep.arguments().stringValue())
        .containsExactly("${wait}", "${a/b}");
  }

  @Test
  void aStepNamesAPrincipalOfTheWorld() {
    var world = "scenario: x\nworld:\n  principals: [{name: lin}]\nsteps:\n  - say: hi\n    who: ";

    var refused = refused("who.yaml", world + "ada\n");

    assertThat(refused).hasMessageContaining("who.yaml:6").hasMessageContaining("principal, lin");
    assertThat(ScriptReader.read("x.yaml", world + "lin\n").steps().getFirst().who())
        .isEqualTo("lin");
    assertThat(ScriptReader.read("x.yaml", world + "principal\n").steps().getFirst().who())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trades:\\n    - {count: 1}\\n    - {who: ada}    | 8 | principal, lin
          ledger: {balanced: true,\\n    who: ada}          | 7 | principal, lin
          delegations: {who: [lin], count: 0}                | 6 | principal, lin
          holds:\\n    raileast: [{who: lin}]              | 7 | merchants know agents
          journal:\\n    has: [{who: lin}]                 | 7 | unknown key who
          """)
  void anExpectationNamesAPrincipalOfTheWorld(String expected, int line, String told) {
    var world = "scenario: x\nworld:\n  principals: [{name: lin}]\nsteps: []\nexpect:\n  ";

    assertThat(refused("who.yaml", world + expected.translateEscapes()))
        .hasMessageContaining("who.yaml:" + line)
        .hasMessageContaining(told);
    assertThat(refused("who.yaml", "scenario: x\nsteps:\n  - check: {orders: [{who: lin}]}\n"))
        .hasMessageContaining("who.yaml:3")
        .hasMessageContaining("world.principals: principal");
    assertThat(ScriptReader.read("x.yaml", world + "trades: [{who: lin}]\n").expect().has("trades"))
        .isTrue();
  }

  @Test
  void aFewLinesOfAliasesDoNotBecomeMillionsOfValues() {
    var bomb =
        new StringBuilder("scenario: x\nsteps: []\nworld:\n  principal: {language: en}\nexpect:\n");
    bomb.append("  orders:\n    - &a0 {a: [b, b, b, b, b, b, b, b, b, b]}\n");
    for (int i = 1; i < 8; i++) {
      bomb.append("    - &a%d [%s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(9) + "x"));
    }

    assertThat(refused("bomb.yaml", bomb.toString()))
        .hasMessageContaining("Number of aliases for non-scalar nodes exceeds");
    var flat = "scenario: x\nsteps: []\nexpect: {orders: [" + "1, ".repeat(20_000) + "1]}\n";
    assertThat(refused("flat.yaml", flat))
        .hasMessageContaining("flat.yaml:3")
        .hasMessageContaining("at most 20000 values");
  }

  @Test
  void filesHaveTheNameOfTheirScenarioAreUtf8AndIncludeOnlyFilesBesideThem(@TempDir Path folder)
      throws IOException {
    var other = folder.resolve("other.yaml");
    Files.writeString(other, "scenario: x\nsteps: []\n");
    assertThat(refused(other)).hasMessageContaining("Call the file x.yaml, or change the name.");

    var latin = folder.resolve("latin.yaml");
    Files.write(latin, new byte[] {'s', (byte) 0xE9, ':'});
    assertThat(refused(latin)).hasMessageContaining("Save the file as UTF-8.");

    var outside = folder.resolve("outside.yaml");
    Files.writeString(outside, "scenario: outside\ninclude: a/../../secret.yaml\nsteps: []\n");
    assertThat(refused(outside))
        .hasMessageContaining("outside.yaml:2")
        .hasMessageContaining("a file below " + folder);

    assertThat(refused(folder.resolve("missing.yaml"))).hasMessageContaining("a readable file");
  }

  @Test
  void aSetupIsTheBaseOfTheWorldAndItsStepsComeFirst(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("base.yaml"),
        """
        setup: for two
        world: {seed: base, principal: {language: zh, balance: "5.00"}}
        steps:
          - say: first
        """);
    var file = folder.resolve("x.yaml");
    Files.writeString(
        file,
        """
        scenario: x
        include: base.yaml
        world: {principal: {balance: "7.00"}}
        steps:
          - say: second
        """);

    var script = ScriptReader.read(file);

    assertThat(script.world().toString())
        .isEqualTo("{\"seed\":\"base\",\"principal\":{\"language\":\"zh\",\"balance\":\"7.00\"}}");
    assertThat(script.steps())
        .extracting(
            scenarioStep -> scenarioStep.arguments().asString(),
            scenarioStep -> scenarioStep.place().line())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("first", 4),
            org.assertj.core.groups.Tuple.tuple("second", 5));
  }

  private static InvalidScript refused(String label, String text) {
    return catchThrowableOfType(InvalidScript.class, () -> ScriptReader.read(label, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "&a [", "!!seq ["})
  void deepNestingIsRefusedBeforeAnyRecursion(String level) {
    var text = new StringBuilder("scenario: deep\nsteps: ");
    for (int i = 0; i < 2_000; i++) {
      text.append(level);
    }
    assertThat(refused("deep.yaml", text.toString()).problems()).hasSize(1);
  }

  @Test
  void nestedKeysAreRefusedToo() {
    var text = new StringBuilder("scenario: deep\nsteps:\n");
    for (int i = 0; i < 450; i++) {
      text.append(" ".repeat(i + 1)).append("k:\n");
    }
    assertThat(refused("deep.yaml", text.toString())).hasMessageContaining("levels deep");
  }

  @Test
  void aFileWithoutEndIsRefusedBySize() {
    var zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "a Unix device");
    assertThat(catchThrowableOfType(InvalidScript.class, () -> ScriptReader.read(zero)))
        .hasMessageContaining("at most 524288 bytes");
  }

  private static InvalidScript refused(Path file) {
    return catchThrowableOfType(InvalidScript.class, () -> ScriptReader.read(file));
  }
}
