package org.actsandbox.web.cli;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.script.Script;

/** Prints the list of scenarios as a table or as JSON. */
final class ScenarioList {

  private ScenarioList() {}

  static void print(List<Script> scripts, boolean json) {
    if (json) {
      var items =
          scripts.stream()
              .map(
                  script ->
                      Map.of(
                          "name", script.name(),
                          "theme", script.theme(),
                          "title", script.title(),
                          "why", script.why(),
                          "act", script.act()))
              .toList();
      System.out.println(Json.write(Map.of("scenarios", items)));
      return;
    }
    for (var script : scripts) {
      System.out.printf("%-36s %-10s %s%n", script.name(), script.theme(), script.title().en());
    }
  }
}
