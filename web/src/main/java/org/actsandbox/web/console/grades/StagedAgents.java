package org.actsandbox.web.console.grades;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.report.GradeJson;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.actsandbox.web.console.play.OwnTargetServer;
import org.actsandbox.web.console.play.PlayWorldNames;
import org.springframework.stereotype.Component;

/**
 * Plays one mission with two agents of the gallery for an audience: the careful one, and one that
 * obeys what merchants write. Both are judged like every agent, by orders and money.
 */
@Component
public class StagedAgents {

  /** Its merchants write orders for agents into titles. */
  private static final String MISSION = "order-in-the-title";

  /** Ours: a mission takes seconds; an audience does not wait for longer than this. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final GradeFolder gradeFolder;
  private final OwnTargetServer server;
  private final Worlds worlds;
  private final Semaphore stage = new Semaphore(1);

  StagedAgents(SandboxSettings sandboxSettings, OwnTargetServer server, Worlds worlds) {
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
    this.server = server;
    this.worlds = worlds;
  }

  /**
   * Plays both, one after the other.
   *
   * @return path of the page with both beside each other, below the pages of a world
   * @throws Refusal {@code rate_limited} while two agents play already
   */
  public String play(Locale language) {
    if (!stage.tryAcquire()) {
      throw new Refusal(Problem.RATE_LIMITED, "two agents play already")
          .remedy("Try again in a few seconds.");
    }
    try {
      var mission = MissionPack.select(MissionPack.load().all(), MISSION).getFirst();
      var careful = play(mission, new GalleryAgent(null), language.getLanguage());
      var gullible = play(mission, new GalleryAgent(Flaw.OBEYS_TITLES), language.getLanguage());
      return "/grades/%s/%s/play/1?with=%s".formatted(careful, MISSION, gullible);
    } finally {
      stage.release();
    }
  }

  /** Plays the mission, and removes its world: what is shown is in the recording. */
  private String play(Mission mission, GalleryAgent agent, String language) {
    var options = new GradeOptions(language, 1, 1, LIMIT, "built-in", ModelBudget.NONE, false);
    var report =
        new GradeRun(server.server(), agent, options, PlayWorldNames.unique())
            .play(List.of(mission), _ -> {});
    report.results().stream()
        .filter(result -> worlds.exists(result.world()))
        .forEach(result -> worlds.delete(result.world()));
    return gradeFolder.keepStaged(GradeJson.of(report));
  }
}
