package org.actsandbox.web.console.gallery;

import org.actsandbox.scenarios.script.ScriptSchema;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the JSON schema of scenario files where editors look for it. */
@RestController
class ScenarioSchemaEndpoint {

  @GetMapping(path = "/schemas/scenario.json", produces = "application/schema+json")
  String schema() {
    return ScriptSchema.text();
  }
}
