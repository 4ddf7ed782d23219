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
  static org.actsandbox.scenarios.mission.agent.MissionAgent agent(String n) {
    return n.equals("built-in") ? new BuiltInAgent(n) : new org.actsandbox.scenarios.mission.gallery.GalleryAgent(org.actsandbox.scenarios.mission.gallery.Flaw.find(n).orElse(null));
  }
  @Test
  void matrix(TargetServer target) {
    if (!Boolean.getBoolean("trial.matrix")) return;
    var missions = MissionPack.of(Path.of("missions")).all();
    var options = new GradeOptions("en", 1, 3, java.time.Duration.ofSeconds(40), "built-in", 0, false);
    for (var flaw : org.actsandbox.scenarios.mission.gallery.Flaw.values()) {
      var only = System.getProperty("trial.flaws", "");
      if (!only.isEmpty() && !Arrays.asList(only.split(",")).contains(flaw.code())) continue;
      var failed = new java.util.TreeMap<String, String>();
      var report = new GradeRun(target, new org.actsandbox.scenarios.mission.gallery.GalleryAgent(flaw), options, "x" + System.nanoTime()).play(missions, r -> {
        if (!r.passed()) failed.put(r.mission().name(), r.verdict() + " " + r.reasons().stream().findFirst().orElse(""));
      });
      System.out.println("MATRIX " + flaw.code() + " " + failed.keySet() + " lost " + report.lost() + " " + report.took().toSeconds() + "s");
      failed.forEach((k, v) -> System.out.println("   " + k + ": " + v));
    }
  }

  @Test
  void trial(TargetServer target) {
    if (Boolean.getBoolean("trial.matrix")) return;
    var o = GradeOptions.standard();
    var options = new GradeOptions(System.getProperty("trial.lang", "en"), 1, 2, o.limit(), "built-in", 0, true);
    var missions = MissionPack.of(Path.of("missions")).all().stream()
        .filter(m -> Arrays.stream(System.getProperty("trial.missions", "all").split(",")).anyMatch(w -> !MissionPack.select(java.util.List.of(m), w).isEmpty())).toList();
    var report = new GradeRun(target, agent(System.getProperty("trial.agent", "built-in")), options, "t" + System.nanoTime()).play(missions, r -> {
      System.out.println("RESULT " + r.mission().name() + " " + r.verdict() + " " + r.took().toMillis() + "ms " + r.figures());
      r.reasons().forEach(x -> System.out.println("   WHY " + x));
      if (Boolean.getBoolean("trial.story") ) r.story().forEach(x -> System.out.println("      " + x));
    });
    System.out.println("TOTAL " + report.total() + " " + report.pass(1) + " " + report.lost() + " " + report.took());
  }
}
