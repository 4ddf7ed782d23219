package org.actsandbox.scenarios.engine.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.explain.StepExplanations;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.ScriptSchema;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests what every verb of a scenario has to bring beside its action: its place in the schema, a
 * line in docs/scenarios.md, an explanation in both languages and a scenario of the pack that uses
 * it.
 */
class VerbContractTests {

  private static final Path PAGE = Path.of("..", "docs", "scenarios.md");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final JsonNode STEP = Json.parse(ScriptSchema.text()).at("/$defs/step");
  private static final List<ScenarioStep> STEPS =
      ScenarioPack.load().all().stream().flatMap(script -> script.steps().stream()).toList();

  @ParameterizedTest
  @EnumSource
  void isDescribedInTheSchema(Verb verb) {
    assertThat(STEP.at("/properties/" + verb.code() + "/description").asString("")).isNotBlank();
    assertThat(STEP.path("oneOf").valueStream().map(each -> each.at("/required/0").asString()))
        .contains(verb.code());
  }

  @ParameterizedTest
  @EnumSource
  void hasALineOnThePage(Verb verb) throws IOException {
    assertThat(Files.readAllLines(PAGE))
        .anyMatch(
            line ->
                line.startsWith("- **")
                    && line.substring(4).split("\\*\\*", 2)[0].contains("`" + verb.code() + "`"));
  }

  @ParameterizedTest
  @EnumSource
  void isUsedInThePackAndExplainedInBothLanguages(Verb verb) {
    var steps = STEPS.stream().filter(step -> step.verb() == verb).toList();

    assertThat(steps).as("steps of the pack").isNotEmpty();
    assertThat(steps.stream().map(VerbContractTests::withoutNote).map(StepExplanations::of))
        .allSatisfy(
            text -> {
              assertThat(text.en()).isNotBlank();
              assertThat(HAN.matcher(text.zh()).find()).as(text.zh()).isTrue();
            });
  }

  /** Returns the step without the file's own words, so that it is explained by its arguments. */
  private static ScenarioStep withoutNote(ScenarioStep step) {
    return new ScenarioStep(
        step.number(),
        step.verb(),
        step.arguments(),
        step.expect(),
        step.capture(),
        step.times(),
        step.settle(),
        step.who(),
        null,
        step.place());
  }
}
