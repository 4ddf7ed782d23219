package org.actsandbox.scenarios.engine;

import java.util.List;
import org.actsandbox.scenarios.engine.value.Mismatch;
import org.actsandbox.scenarios.script.Script;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario several times in worlds of the same name, one after another, and requires that
 * their journals are the same, byte for byte, apart from what the machine's clock measured.
 */
final class RepeatabilityCheck {

  private final TargetServer targetServer;
  private final Script script;
  private final String world;
  private final int times;

  RepeatabilityCheck(TargetServer targetServer, Script script, String world, int times) {
    this.targetServer = targetServer;
    this.script = script;
    this.world = world;
    this.times = times;
  }

  ScenarioVerdict play() {
    List<String> first = List.of();
    ScenarioVerdict scenarioVerdict = null;
    for (int time = 1; time <= times; time++) {
      try (var scenarioPlayer =
          new ScenarioPlayer(script, targetServer, world, PlayListener.NONE)) {
        scenarioVerdict = scenarioPlayer.play();
        if (!scenarioVerdict.passed()) {
          return scenarioVerdict;
        }
        var journal = scenarioPlayer.comparableJournal();
        if (time == 1) {
          first = journal;
        } else if (script.isRepeatable()) {
          var difference = difference(script, first, journal, time);
          if (difference != null) {
            return new ScenarioVerdict(
                script, scenarioVerdict.took(), scenarioVerdict.world(), difference);
          }
        }
        scenarioPlayer.deleteWorld();
      }
    }
    return java.util.Objects.requireNonNull(scenarioVerdict, "played at least once");
  }

  /**
   * Returns the first entry that differs between the journals as a failure; null if none differs.
   */
  static @Nullable ScenarioFailure difference(
      Script script, List<String> first, List<String> other, int time) {
    for (int i = 0; i < Math.max(first.size(), other.size()); i++) {
      var before = i < first.size() ? first.get(i) : "no entry";
      var after = i < other.size() ? other.get(i) : "no entry";
      if (!before.equals(after)) {
        return new ScenarioFailure(
            script.place(),
            0,
            "repeat " + time,
            List.of(
                new Mismatch(
                    "journal entry " + (i + 1), around(before, after), around(after, before))),
            List.of());
      }
    }
    return null;
  }

  /** Returns the part of the text around the first difference from the other text. */
  private static String around(String text, String other) {
    int at = 0;
    while (at < Math.min(text.length(), other.length()) && text.charAt(at) == other.charAt(at)) {
      at++;
    }
    int from = Math.max(0, at - 80);
    return (from == 0 ? "" : "…") + text.substring(from, Math.min(text.length(), at + 200));
  }
}
