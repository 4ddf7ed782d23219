package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.scenarios.engine.MutantRun;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests that each mutant (defective stand-in) makes a scenario fail that claims to notice it. That
 * the scenario passes without it is tested by {@link PackScenarioTests}, which plays all of them.
 */
@ExtendWith(SandboxExtension.class)
class MutantScenarioTests {

  private static final Path PAGE = Path.of("..", "docs", "mutants.md");

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everyMutantIsNoticed(TargetServer targetServer) {
    var run = new MutantRun(targetServer, 1, "mutants");
    var pack = ScenarioPack.load().all();
    return Mutants.all().stream()
        .map(
            mutant ->
                DynamicTest.dynamicTest(
                    mutant.name(),
                    () -> {
                      var claims = claims(pack, mutant);
                      assertThat(claims).as("scenarios that say so").isNotEmpty();
                      assertThat(run.failsWith(mutant.name(), claims.getFirst()))
                          .as(claims.getFirst().name() + " fails with it")
                          .isTrue();
                    }));
  }

  @Test
  void noScenarioClaimsToNoticeAMutantThatDoesNotExist() {
    var known = Mutants.all().stream().map(Mutant::name).toList();

    assertThat(ScenarioPack.load().all())
        .allSatisfy(script -> assertThat(known).as(script.name()).containsAll(script.kills()));
  }

  @Test
  void thePageListsEveryMutantAndTheScenariosThatNoticeIt() throws Exception {
    var pack = ScenarioPack.load().all();
    var written = Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(written)
        .containsExactlyElementsOf(
            Mutants.all().stream().map(mutant -> row(mutant, claims(pack, mutant))).toList());
  }

  private static String row(Mutant mutant, List<Script> claims) {
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            mutant.name(),
            mutant.participant(),
            mutant.wrong().en(),
            mutant.rule(),
            claims.stream().map(Script::name).collect(Collectors.joining(", ")));
  }

  private static List<Script> claims(List<Script> pack, Mutant mutant) {
    return pack.stream().filter(script -> script.kills().contains(mutant.name())).toList();
  }
}
