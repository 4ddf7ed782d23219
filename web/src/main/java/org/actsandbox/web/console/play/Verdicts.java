package org.actsandbox.web.console.play;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.script.Script;
import org.springframework.stereotype.Component;

/** How each scenario went the last time, since this server started. */
@Component
public class Verdicts {

  private static final int MOST = 2_000;

  private final Map<String, Verdict> last = new ConcurrentHashMap<>();

  void add(Verdict verdict) {
    if (last.size() < MOST || last.containsKey(verdict.script().name())) {
      last.put(verdict.script().name(), verdict);
    }
  }

  /** Of exactly this file: one that was edited since has none. */
  public Optional<Verdict> of(Script script) {
    return Optional.ofNullable(last.get(script.name()))
        .filter(verdict -> verdict.script().digest().equals(script.digest()));
  }
}
