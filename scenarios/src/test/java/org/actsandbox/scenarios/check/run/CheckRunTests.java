package org.actsandbox.scenarios.check.run;

import static org.actsandbox.scenarios.check.model.CheckLevel.GATE;
import static org.actsandbox.scenarios.check.model.MerchantCheck.must;
import static org.actsandbox.scenarios.check.model.MerchantCheck.should;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.actsandbox.client.IssuedRoleKeys;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.scenarios.check.exchange.MerchantClient;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how checks end, and what a whole run comes to. */
class CheckRunTests {

  private static final OutboundClient SILENT =
      call -> {
        throw new NoAnswerException(call.target(), true, null);
      };

  @TempDir Path folder;

  @Test
  void aBrokenStepIsTheFindingOfTheCheckThatIsAboutIt() {
    var results =
        play(
            check("a.step", context -> context.step("a.step", CheckRunTests::broken)),
            check("a.first", context -> context.step("a.step", CheckRunTests::broken)),
            check("a.second", context -> context.step("a.step", CheckRunTests::broken)),
            should("a.third", GATE, "A402-4").needs("a.second").runs(_ -> {}));

    assertThat(result(results, "a.step").verdict()).isEqualTo(CheckVerdict.DEVIATION);
    assertThat(result(results, "a.first").verdict()).isEqualTo(CheckVerdict.NOT_TESTED);
    assertThat(result(results, "a.second").reason().in("en")).startsWith("because of a.step");
    assertThat(result(results, "a.third").reason()).isEqualTo(result(results, "a.second").reason());
  }

  @Test
  void aStepThatBreaksOnlyLaterProvesNothing() {
    var results =
        play(
            check("a.step", _ -> {}),
            check("a.first", context -> context.step("a.step", CheckRunTests::broken)));

    assertThat(result(results, "a.first").verdict()).isEqualTo(CheckVerdict.INCONCLUSIVE);
  }

  @Test
  void theLevelOfTheRuleDecidesBetweenDeviationAndAdvisory() {
    var should =
        should("a.should", GATE, "A402-4").runs(context -> context.require(false, "x", "y"));

    assertThat(result(play(should), "a.should").verdict()).isEqualTo(CheckVerdict.ADVISORY);
  }

  @Test
  void silenceOfTheMerchantIsAFindingAndABugIsNot() {
    var results =
        play(
            check("a.silent", context -> context.get("/catalog")),
            check(
                "a.bug",
                _ -> {
                  throw new IllegalStateException("a bug");
                }));

    assertThat(result(results, "a.silent").verdict()).isEqualTo(CheckVerdict.DEVIATION);
    assertThat(Objects.requireNonNull(result(results, "a.silent").finding()).observed().in("en"))
        .contains("no complete answer");
    assertThat(result(results, "a.bug").verdict()).isEqualTo(CheckVerdict.HARNESS_ERROR);
  }

  @Test
  void aCheckThatNoStandInFailsProvesNothing() {
    var result =
        new CheckRun(context(), List.of(check("a.new", _ -> {})), Set.of(), Duration.ofMinutes(1))
            .play(_ -> {})
            .getFirst();

    assertThat(result.verdict()).isEqualTo(CheckVerdict.INCONCLUSIVE);
    assertThat(result.reason().in("en")).contains("no defective stand-in");
  }

  @Test
  void noCheckBeginsAfterTheLimit() {
    var result =
        new CheckRun(context(), List.of(check("a.late", _ -> {})), Set.of("a.late"), Duration.ZERO)
            .play(_ -> {})
            .getFirst();

    assertThat(result.verdict()).isEqualTo(CheckVerdict.NOT_TESTED);
    assertThat(result.reason().in("en")).contains("time");
  }

  @Test
  void theTotalIsCareful() {
    assertThat(total(CheckVerdict.PASS)).isEqualTo(CheckTotal.CONFORMS);
    assertThat(total(CheckVerdict.PASS, CheckVerdict.NOT_APPLICABLE))
        .isEqualTo(CheckTotal.CONFORMS);
    assertThat(total(CheckVerdict.PASS, CheckVerdict.ADVISORY)).isEqualTo(CheckTotal.CONFORMS);
    assertThat(total(CheckVerdict.PASS, CheckVerdict.NOT_TESTED)).isEqualTo(CheckTotal.INCOMPLETE);
    assertThat(total(CheckVerdict.INCONCLUSIVE)).isEqualTo(CheckTotal.INCOMPLETE);
    assertThat(total(CheckVerdict.DEVIATION)).isEqualTo(CheckTotal.DEVIATES);
    assertThat(total(CheckVerdict.DEVIATION, CheckVerdict.HARNESS_ERROR))
        .isEqualTo(CheckTotal.HARNESS_ERROR);
    assertThat(total()).isEqualTo(CheckTotal.INCOMPLETE);
  }

  @Test
  void aKnownDeviationIsForgivenUntilItNoLongerOccurs() throws IOException {
    var file = folder.resolve("act.json");
    Files.writeString(file, "{\"known\":[{\"check\":\"cart.hold-ends\",\"reason\":\"ticket 7\"}]}");
    var config = CheckConfig.read(file);
    var check = check("cart.hold-ends", _ -> {});
    var deviates = config.marked(List.of(result(check, CheckVerdict.DEVIATION)));
    var passes = config.marked(List.of(result(check, CheckVerdict.PASS)));

    assertThat(report(deviates, config.stale(deviates)).total()).isEqualTo(CheckTotal.CONFORMS);
    assertThat(report(passes, config.stale(passes)).total()).isEqualTo(CheckTotal.DEVIATES);
    assertThat(config.stale(passes)).containsExactly("cart.hold-ends");
  }

  @Test
  void aConfigurationThatIsWrongSaysWhere() throws IOException {
    var file = folder.resolve("act.json");
    for (var wrong :
        Map.of(
                "{", "no JSON",
                "[]", "no JSON object",
                "{\"kinds\":1}", "kinds is not known",
                "{\"known\":[{\"check\":\"a.b\",\"reason\":\"x\"}]}", "known[0].check",
                "{\"known\":[{\"check\":\"cart.sum\"}]}", "known[0] has no reason")
            .entrySet()) {
      Files.writeString(file, wrong.getKey());
      assertThatThrownBy(() -> CheckConfig.read(file)).hasMessageContaining(wrong.getValue());
    }
  }

  private static String broken() {
    throw CheckEnd.deviates("something", "nothing");
  }

  private static MerchantCheck check(String id, Consumer<CheckContext> body) {
    return must(id, GATE, "A402-1.a").says("Does it.", "It matters.", "Mend it.").runs(body);
  }

  private static CheckContext context() {
    var keys = new IssuedRoleKeys("p-key", "a-key", "o-key", Map.of());
    var world =
        new CheckWorld(new TargetWorld(URI.create("http://localhost:1"), "w", keys), SILENT, "t");
    return new CheckContext(
        MerchantTarget.mock(world, "raileast"),
        world,
        new MerchantClient(SILENT, Duration.ofSeconds(1)),
        GATE);
  }

  private static Map<String, CheckResult> play(MerchantCheck... checks) {
    var ids = List.of(checks).stream().map(MerchantCheck::id).collect(Collectors.toSet());
    return new CheckRun(context(), List.of(checks), ids, Duration.ofMinutes(1))
        .play(_ -> {}).stream().collect(Collectors.toMap(each -> each.check().id(), each -> each));
  }

  private static CheckResult result(MerchantCheck check, CheckVerdict verdict) {
    return new CheckResult(check, verdict, CheckSentence.NOTHING, null, false, Duration.ZERO);
  }

  private static CheckTotal total(CheckVerdict... verdicts) {
    return report(
            List.of(verdicts).stream()
                .map(verdict -> result(check("a.b", _ -> {}), verdict))
                .toList(),
            List.of())
        .total();
  }

  private static CheckReport report(List<CheckResult> results, List<String> stale) {
    return new CheckReport(
        "http://localhost:1", GATE, results, stale, List.of(), Duration.ofSeconds(1));
  }

  private static CheckResult result(Map<String, CheckResult> results, String check) {
    return Objects.requireNonNull(results.get(check), check);
  }
}
