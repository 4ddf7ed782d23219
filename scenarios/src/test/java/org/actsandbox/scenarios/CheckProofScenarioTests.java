package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.mutant.Mutant;
import org.actsandbox.sandbox.mutant.assembly.Mutants;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.run.CheckProof;
import org.actsandbox.scenarios.check.suite.MerchantSuite;
import org.actsandbox.scenarios.engine.TargetServer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that every check is noticed to fail by at least one defective stand-in. */
@ExtendWith(SandboxExtension.class)
class CheckProofScenarioTests {

  private static final Path KILLS =
      Path.of("src/main/resources/org/actsandbox/scenarios/check/run/kills.json");
  private static final Path PAGE = Path.of("..", "docs", "check-merchant-matrix.md");

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> everyDefectIsNoticed(TargetServer server, Worlds worlds) {
    return MerchantDefects.ALL.stream()
        .map(defect -> DynamicTest.dynamicTest(defect.name(), () -> kill(defect, server, worlds)));
  }

  private static void kill(MerchantDefect defect, TargetServer server, Worlds worlds) {
    var mutant = defect.mutant();
    try (var trial =
        CheckTrial.of(
            server,
            defect.merchant(),
            mutant == null ? List.of() : List.of(mutant),
            world -> {
              var merchant = Did.of(defect.merchant());
              return defect.wire().over(worlds.get(world.world()).signer(merchant));
            })) {
      var fault = defect.fault();
      if (fault != null) {
        trial
            .client()
            .post(trial.world().api("/faults"), trial.world().keys().operator(), fault(fault));
      }
      for (var id : defect.kills()) {
        var result = result(trial, check(id));
        assertThat(result.verdict())
            .as("%s, %s %s", id, result.reason(), result.finding())
            .isIn(CheckVerdict.DEVIATION, CheckVerdict.ADVISORY);
      }
    }
  }

  /** What reads the whole run needs a run; any other check stands alone. */
  private static CheckResult result(CheckTrial trial, MerchantCheck check) {
    if (!check.area().equals("wire") && !check.id().startsWith("http.no-s")) {
      return trial.play(List.of(check)).getFirst();
    }
    var run =
        MerchantSuite.select(
            CheckLevel.SHOP, List.of(check.id(), "order.unknown", "proof.garbage"));
    return trial.play(run).stream()
        .filter(each -> each.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  private static Object fault(String order) {
    return Json.parse(order);
  }

  private static MerchantCheck check(String id) {
    return MerchantSuite.all().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no check is called " + id));
  }

  @Test
  void everyCheckHasAProof() {
    assertThat(kills().keySet())
        .containsExactlyInAnyOrderElementsOf(
            MerchantSuite.all().stream().map(MerchantCheck::id).toList());
  }

  @Test
  void theFilesSayWhatTheDefectsSay() throws IOException {
    if (System.getProperty("act.checks", "").equals("write")) {
      Files.writeString(KILLS, Json.tree(kills()).toPrettyString() + "\n");
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page());
    assertThat(Json.parse(Files.readAllBytes(KILLS))).isEqualTo(Json.tree(kills()));
    assertThat(CheckProof.kills().keySet()).isEqualTo(kills().keySet());
  }

  private static Map<String, List<String>> kills() {
    var kills = new TreeMap<String, List<String>>();
    MerchantSuite.all()
        .forEach(
            check -> {
              var by =
                  MerchantDefects.ALL.stream()
                      .filter(defect -> defect.kills().contains(check.id()))
                      .map(MerchantDefect::name)
                      .toList();
              if (!by.isEmpty()) {
                kills.put(check.id(), by);
              }
            });
    return kills;
  }

  private static String page() {
    var mutants =
        Mutants.all().stream().collect(Collectors.toMap(Mutant::name, each -> each.wrong().en()));
    var text = new StringBuilder();
    text.append(
        """
        # Which stand-in proves which check

        Every check of `./run check-merchant` is noticed to fail by at least one merchant that does
        one thing wrong: one of the sandbox's own mutants (docs/mutants.md), or an honest merchant
        whose answers are changed on their way and signed again. A check without a stand-in would
        report `inconclusive`.

        **Contents**

        - [By check](#by-check)
        - [By stand-in](#by-stand-in)
        - [By published assertion](#by-published-assertion)

        This file is generated:

        ```
        ./test -pl scenarios -am -Dtest=CheckProofScenarioTests -Dact.checks=write -Dsurefire.failIfNoSpecifiedTests=false
        ```

        ## By check

        | check | level | | rules | what it does | stand-ins |
        |---|---|---|---|---|---|
        """);
    MerchantSuite.all()
        .forEach(
            check ->
                text.append(
                    "| `%s` | %s | %s | %s | %s | %s |%n"
                        .formatted(
                            check.id(),
                            check.level().code(),
                            check.strength(),
                            String.join(", ", check.rules()),
                            check.does(),
                            String.join(", ", kills().getOrDefault(check.id(), List.of())))));
    text.append(
        """

        ## By stand-in

        | stand-in | in place of | what it does wrong | noticed by |
        |---|---|---|---|
        """);
    MerchantDefects.ALL.forEach(
        defect ->
            text.append(
                "| `%s` | %s | %s | %s |%n"
                    .formatted(
                        defect.name(),
                        defect.merchant(),
                        MerchantDefect.sentence(defect, mutants),
                        String.join(", ", defect.kills()))));
    text.append(
        """

        ## By published assertion

        | assertion | checks |
        |---|---|
        """);
    new TreeSet<>(
            MerchantSuite.all().stream().flatMap(check -> check.assertions().stream()).toList())
        .forEach(
            assertion ->
                text.append(
                    "| %s | %s |%n"
                        .formatted(
                            assertion,
                            MerchantSuite.all().stream()
                                .filter(check -> check.assertions().contains(assertion))
                                .map(check -> "`" + check.id() + "`")
                                .collect(Collectors.joining(", ")))));
    return text.toString();
  }
}
