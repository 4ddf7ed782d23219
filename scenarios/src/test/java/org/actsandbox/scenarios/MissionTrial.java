package org.actsandbox.scenarios;

import java.nio.file.Path;
import java.util.Arrays;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.BuiltInAgent;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class MissionTrial {
  @Test
  void trial(TargetServer target) {
    var o = GradeOptions.standard();
    var options = new GradeOptions(System.getProperty("act.lang", "en"), 1, 2, o.limit(), "built-in", 0, true);
    var missions = MissionPack.of(Path.of("missions")).all().stream()
        .filter(m -> Arrays.stream(System.getProperty("act.missions", "all").split(",")).anyMatch(w -> !MissionPack.select(java.util.List.of(m), w).isEmpty())).toList();
    var report = new GradeRun(target, new BuiltInAgent("built-in"), options, "t" + System.nanoTime()).play(missions, r -> {
      System.out.println("RESULT " + r.mission().name() + " " + r.verdict() + " " + r.took().toMillis() + "ms " + r.figures());
      r.reasons().forEach(x -> System.out.println("   WHY " + x));
      if (Boolean.getBoolean("act.story") ) r.story().forEach(x -> System.out.println("      " + x));
    });
    System.out.println("TOTAL " + report.total() + " " + report.pass(1) + " " + report.lost() + " " + report.took());
  }
}
