package org.actsandbox.web.console.gallery;

import java.util.List;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.play.PlayPace;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.play.LatestVerdicts;
import org.jspecify.annotations.Nullable;

/**
 * Shows one scenario in the gallery.
 *
 * @param title the title, or the name if the file has no title
 * @param watchSeconds estimated time to play it at human speed
 * @param own true if it is the user's own, not the pack's
 * @param last the last verdict; null if it was not played since the server started
 */
record ScenarioCard(
    String name,
    Text title,
    Text why,
    String theme,
    List<String> rules,
    int steps,
    long watchSeconds,
    boolean own,
    @Nullable ScenarioVerdict last) {

  /** Ours: a step itself usually takes about half a second. */
  private static final double STEP_SECONDS = 0.5;

  static ScenarioCard of(
      ScenarioLibrary.LibraryScenario libraryScenario, LatestVerdicts latestVerdicts) {
    var script = libraryScenario.script();
    return new ScenarioCard(
        script.name(),
        title(script),
        script.why(),
        libraryScenario.own() ? "own" : script.theme(),
        script.act(),
        script.steps().size(),
        watch(script),
        libraryScenario.own(),
        latestVerdicts.of(script).orElse(null));
  }

  private static Text title(Script script) {
    return script.title().en().isEmpty() ? Text.untranslated(script.name()) : script.title();
  }

  private static long watch(Script script) {
    var pause = PlayPace.HUMAN.beforeEachStep().toMillis() / 1000.0;
    return Math.max(5, Math.round(script.steps().size() * (pause + STEP_SECONDS) / 5) * 5);
  }

  /** Returns the duration of the last play in seconds with one decimal; empty for none. */
  public String tookSeconds() {
    return last == null ? "" : "%.1f".formatted(last.took().toMillis() / 1000.0);
  }
}
