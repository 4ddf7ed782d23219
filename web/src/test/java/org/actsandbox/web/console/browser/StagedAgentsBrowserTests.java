package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.grades.StagedAgents;
import org.actsandbox.web.console.grades.StagedRun;
import org.junit.jupiter.api.Test;

/** Tests the page that shows how far two agents are that shop for an audience. */
class StagedAgentsBrowserTests extends BrowserTestBase {

  private static final String MISSION_WORLD = "m-[0-9a-z]{16}";

  private static final String RUN = ".*/comparisons/obeys/runs/[0-9a-z]+";

  private StagedAgents stagedAgents() {
    return server.bean(StagedAgents.class);
  }

  /** Waits for a moment of the run as its page does: by asking. */
  private StagedRun.View until(String id, Predicate<StagedRun.View> wanted) {
    for (var view = stagedAgents().find(id).orElseThrow(); ; ) {
      if (wanted.test(view)) {
        return view;
      }
      Thread.onSpinWait();
      view = stagedAgents().find(id).orElseThrow();
    }
  }

  private static List<String> names(Worlds worlds) {
    var names = new ArrayList<String>();
    String cursor = null;
    do {
      var page = worlds.list(cursor, 100);
      page.items().forEach(world -> names.add(world.world()));
      cursor = page.next();
    } while (cursor != null);
    return names;
  }

  @Test
  void aRunGoesOnWhileItsPageIsLoadedAgainAndEndsBesideEachOther() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + server.newWorld("staged").name() + "/comparisons/obeys");
      page.locator("#pair-obeys").click();
      assertThat(page).hasURL(Pattern.compile(RUN));
      assertThat(page.locator("#staged .results li")).hasCount(2);
      var shown = page.url();
      var other = browserUser.newTab();
      other.navigate(shown);
      assertThat(other.locator("#staged-state")).isVisible();

      browserUser.sees(page.locator("#first-difference"));

      page.goBack();
      assertThat(page.locator("#staged-state")).hasText("Both agents have shopped.");
      page.locator("#show-pair").click();
      browserUser.sees(page.locator("#first-difference"));
    }
  }

  @Test
  void whoAsksMeanwhileWatchesTheSameRunAndAStoppedOneLeavesNothing() {
    var worlds = server.bean(Worlds.class);
    var run = stagedAgents().start(Locale.ENGLISH);
    assertThat(stagedAgents().start(Locale.CHINESE).id()).isEqualTo(run.id());
    until(run.id(), view -> view.parts().getFirst().state().equals("running"));
    stagedAgents().stop(run.id());
    var end = until(run.id(), StagedRun.View::isOver);

    assertThat(end.state()).isEqualTo(StagedRun.State.STOPPED);
    assertThat(end.parts()).extracting(StagedRun.Part::state).containsExactly("stopped", "waiting");
    assertThat(names(worlds)).noneMatch(name -> name.matches(MISSION_WORLD));
    try (var browserUser = browsers.loggedIn("zh")) {
      browserUser.opens(
          "/console/%s/comparisons/obeys/runs/%s"
              .formatted(server.newWorld("staged").name(), run.id()));
      browserUser.sees("已停止，这次运行不保留。");
      browserUser.sees(browserUser.button("^再运行一次$"));
    }
  }

  @Test
  void aRunWhoseWorldIsDeletedSaysThatItFailedAndCanBeRunAgain() {
    var worlds = server.bean(Worlds.class);
    var run = stagedAgents().start(Locale.ENGLISH);
    List<String> playing;
    do {
      Thread.onSpinWait();
      playing = names(worlds).stream().filter(name -> name.matches(MISSION_WORLD)).toList();
    } while (playing.isEmpty());
    worlds.delete(playing.getFirst());
    var end = until(run.id(), StagedRun.View::isOver);

    assertThat(end.state()).isEqualTo(StagedRun.State.FAILED);
    assertThat(end.parts()).extracting(StagedRun.Part::state).containsExactly("failed", "waiting");
    try (var browserUser = browsers.loggedIn("zh")) {
      browserUser.opens(
          "/console/%s/comparisons/obeys/runs/%s"
              .formatted(server.newWorld("staged").name(), run.id()));
      assertThat(browserUser.page().locator("#staged-state")).hasText("有一个智能体没能完成购物，因此无从对比。");
      browserUser.sees(browserUser.page().locator("#staged .chip.bad"));
      browserUser.sees(browserUser.button("^再运行一次$"));
      assertThat(PageAudit.accessibilityProblems(browserUser.page())).isEmpty();
      PageAudit.photograph(browserUser.page(), "staged-failed.jpg");
    }
  }
}
