package org.actsandbox.web.console.grades;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.report.GradeJson;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.actsandbox.web.console.play.OwnTargetServer;
import org.actsandbox.web.console.play.PlayWorldNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Plays one mission with two agents of the gallery for an audience: the careful one, and one that
 * obeys what merchants write. Both are judged like every agent, by orders and money. They play on a
 * thread of their own, while a page shows how far they are.
 */
@Component
public class StagedAgents implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StagedAgents.class);

  /** Its merchants write orders for agents into titles. */
  private static final String MISSION = "order-in-the-title";

  /** Ours: a mission takes seconds, and on a busy machine a minute; a person can stop it. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Ours: so many of the last runs are known, for a page that is loaded again. */
  private static final int KEPT = 10;

  /** Ours: a run that was told to stop removes its world in so many seconds. */
  private static final int END_SECONDS = 5;

  private final ExecutorService threads =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("staged-agents-", 0).factory());

  private final Deque<StagedRun> runs = new ArrayDeque<>();
  private final GradeFolder gradeFolder;
  private final OwnTargetServer server;
  private final Worlds worlds;

  StagedAgents(SandboxSettings sandboxSettings, OwnTargetServer server, Worlds worlds) {
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
    this.server = server;
    this.worlds = worlds;
  }

  /**
   * Starts both, one after the other.
   *
   * @return the run that plays now; two agents play at a time, and who asks meanwhile watches them
   */
  public synchronized StagedRun.View start(Locale language) {
    var newest = runs.peekLast();
    if (newest != null && !newest.isOver()) {
      return newest.view();
    }
    var agents = List.of(new GalleryAgent(null), new GalleryAgent(Flaw.OBEYS_TITLES));
    var run =
        new StagedRun(PlayWorldNames.unique(), agents.stream().map(GalleryAgent::name).toList());
    runs.addLast(run);
    if (runs.size() > KEPT) {
      runs.removeFirst();
    }
    threads.execute(() -> play(run, agents, language.getLanguage()));
    return run.view();
  }

  /** Finds one of the last runs; empty after a restart of the server. */
  public Optional<StagedRun.View> find(String id) {
    return known(id).map(StagedRun::view);
  }

  /** Stops a run soon; one that is over stays as it is. */
  public void stop(String id) {
    known(id).ifPresent(StagedRun::stop);
  }

  private synchronized Optional<StagedRun> known(String id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }

  private void play(StagedRun run, List<GalleryAgent> agents, String language) {
    int part = 0;
    try {
      var mission = MissionPack.load().find(MISSION);
      var reports = new ArrayList<GradeReport>();
      for (; part < agents.size(); part++) {
        var report = play(run, part, mission, agents.get(part), language);
        if (report.isEmpty()) {
          run.stopped();
          return;
        }
        var result = report.get().results().getFirst();
        if (result.recording().isEmpty()) {
          run.failed(part, result.reasons().isEmpty() ? "" : result.reasons().getFirst());
          return;
        }
        reports.add(report.get());
      }
      var kept = reports.stream().map(each -> gradeFolder.keepStaged(GradeJson.of(each))).toList();
      run.played(
          "/grades/%s/%s/play/1?with=%s".formatted(kept.getFirst(), MISSION, kept.getLast()));
    } catch (RuntimeException bug) {
      LOG.error("two agents could not be shown", bug);
      run.failed(Math.min(part, agents.size() - 1), "");
    }
  }

  /**
   * Plays the mission, and removes its world: what is shown is in the recording.
   *
   * @return empty if the run was stopped meanwhile
   */
  private Optional<GradeReport> play(
      StagedRun run, int part, Mission mission, GalleryAgent agent, String language) {
    var options = new GradeOptions(language, 1, 1, LIMIT, "built-in", ModelBudget.NONE, false);
    var name = PlayWorldNames.unique();
    var gradeRun = new GradeRun(server.server(), agent, options, name);
    if (!run.begin(part, gradeRun)) {
      return Optional.empty();
    }
    try {
      var report = gradeRun.play(List.of(mission), _ -> {});
      return run.end(part) ? Optional.of(report) : Optional.empty();
    } finally {
      var world = GradeRun.worldName(mission, 1, name);
      if (worlds.exists(world)) {
        worlds.delete(world);
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      runs.forEach(StagedRun::stop);
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("two agents that were stopped still play");
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
