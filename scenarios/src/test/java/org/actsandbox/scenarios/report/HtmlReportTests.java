package org.actsandbox.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.Test;

/** Tests the HTML page with the results of scenarios. */
class HtmlReportTests {

  @Test
  void listsResultsAndTheCommandsThatPlayTheScenariosAgain() {
    var script = ScriptReader.read("x.yaml", "scenario: x\nsteps: []\n");
    var passed = new ScenarioVerdict(script, Duration.ofMillis(1200), "w-1", null);
    var failed = ScenarioVerdict.notPlayed(script, "w-2", "<img src=x onerror=alert(1)> & more");

    var page =
        HtmlReport.page(
            List.of(passed, failed), Duration.ofSeconds(3), name -> "./run scenario run " + name);

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains(
            "<title>ACT Sandbox: scenarios, 1 passed, 1 failed</title>",
            "<article class=\"passed\">",
            "<article class=\"failed\">",
            "&lt;img src=x onerror=alert(1)&gt; &amp; more",
            "./run scenario run x")
        .containsOnlyOnce("<pre>")
        .doesNotContain("<img", "th:text", "thymeleaf", "{{");
  }
}
