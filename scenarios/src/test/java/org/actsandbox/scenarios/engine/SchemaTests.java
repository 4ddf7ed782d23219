package org.actsandbox.scenarios.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.scenarios.script.ScriptSchema;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The schema knows the expectations and steps of the engine, and the faults of the sandbox. */
class SchemaTests {

  @Test
  void whatTheSchemaAllowsInTheEndIsJudged() {
    assertThat(Endings.kinds())
        .containsExactlyInAnyOrderElementsOf(
            Json.parse(ScriptSchema.text()).at("/$defs/ending/properties").propertyNames());
  }

  @Test
  void whatTheSchemaAllowsAsAStepIsPlayed() {
    assertThat(Json.parse(ScriptSchema.text()).at("/$defs/step/properties").propertyNames())
        .containsAll(Arrays.stream(Verb.values()).map(Verb::code).toList());
  }

  @Test
  void theSchemaKnowsEveryFault() {
    assertThat(
            Json.parse(ScriptSchema.text()).at("/$defs/fault/properties/name/enum").valueStream())
        .extracting(JsonNode::asString)
        .containsExactlyElementsOf(Arrays.stream(FaultName.values()).map(FaultName::code).toList());
  }
}
