package org.actsandbox.web.scenario;

import java.nio.charset.StandardCharsets;
import org.actsandbox.protocol.http.EndpointSummary;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.script.ScriptSchema;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the schema of scenario files for editors, and makes a scenario of what happened in a
 * world.
 */
@RestController
class ScenarioEndpoints {

  private static final MediaType YAML =
      new MediaType("application", "yaml", StandardCharsets.UTF_8);

  private final SessionRecordings sessions;

  ScenarioEndpoints(SessionRecordings sessions) {
    this.sessions = sessions;
  }

  @EndpointSummary("Read the JSON schema of scenario scripts")
  @GetMapping(path = "/schemas/scenario.json", produces = MediaType.APPLICATION_JSON_VALUE)
  String schema() {
    return ScriptSchema.text();
  }

  /** Needs the operator's key, because the file contains everything that happened in the world. */
  @EndpointSummary("Download what happened in a world as a scenario")
  @GetMapping("/api/worlds/{world}/scenario")
  ResponseEntity<String> recorded(
      World world, @RequestParam(defaultValue = "recorded") String name) {
    var yaml = sessions.of(world, name);
    var file = ContentDisposition.attachment().filename(name + ".yaml").build();
    return ResponseEntity.ok()
        .contentType(YAML)
        .headers(headers -> headers.setContentDisposition(file))
        .body(yaml);
  }
}
