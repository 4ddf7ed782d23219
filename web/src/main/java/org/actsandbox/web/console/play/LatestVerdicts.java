package org.actsandbox.web.console.play;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.script.Script;
import org.springframework.stereotype.Component;

/** Keeps the last verdict on each scenario since this server started. */
@Component
public class LatestVerdicts {

  private static final int MOST = 2_000;

  private final Map<String, ScenarioVerdict> last = new ConcurrentHashMap<>();

  void add(ScenarioVerdict scenarioVerdict) {
    if (last.size() < MOST || last.containsKey(scenarioVerdict.script().name())) {
      last.put(scenarioVerdict.script().name(), scenarioVerdict);
    }
  }

  /** Finds the last verdict on exactly this file; empty if the file was edited since. */
  public Optional<ScenarioVerdict> of(Script script) {
    return Optional.ofNullable(last.get(script.name()))
        .filter(scenarioVerdict -> scenarioVerdict.script().digest().equals(script.digest()));
  }
}
