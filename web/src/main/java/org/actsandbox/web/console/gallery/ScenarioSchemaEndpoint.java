package org.actsandbox.web.console.gallery;

import org.actsandbox.scenarios.script.ScriptSchema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the JSON schemas of scenario and mission files where editors look for them. */
@RestController
class ScenarioSchemaEndpoint {

  @GetMapping(path = "/schemas/scenario.json", produces = "application/schema+json")
  String schema() {
    return ScriptSchema.text();
  }

  @GetMapping(path = "/schemas/mission.json", produces = "application/schema+json")
  String missionSchema() {
    return ScriptSchema.missionText();
  }
}
