package org.actsandbox.web.console.play;

import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.play.ScenarioPlay;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.glassbox.GlassBoxObserver;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Flux;

/**
 * Shows a scenario that is played in this world: the glass box, with the script's player above it.
 */
@Controller
@RequestMapping("/console/{world}/play")
class PlayPages {

  private static final String TEMPLATE = "console/play";

  private final ConsolePlays consolePlays;
  private final LivePlay live;
  private final GlassBoxObserver glassBoxObserver;
  private final Worlds worlds;

  PlayPages(
      ConsolePlays consolePlays, LivePlay live, GlassBoxObserver glassBoxObserver, Worlds worlds) {
    this.consolePlays = consolePlays;
    this.live = live;
    this.glassBoxObserver = glassBoxObserver;
    this.worlds = worlds;
  }

  /**
   * Shows the page. While the world is still being made the panes are empty, and the live
   * connection fills them.
   */
  @GetMapping
  Rendering show(PageRequest pageRequest) {
    var pageBuilder = pageRequest.page(TEMPLATE, "scenarios");
    live.model(pageRequest.worldName(), pageRequest.words().lang()).forEach(pageBuilder::with);
    if (isBeingMade(pageRequest.worldName())) {
      return pageBuilder.with("making", true).show();
    }
    if (!worlds.exists(pageRequest.worldName())) {
      return pageBuilder.status(HttpStatus.NOT_FOUND.value()).show();
    }
    glassBoxObserver.model(pageRequest.world(), pageRequest.words()).forEach(pageBuilder::with);
    return pageBuilder.show();
  }

  private boolean isBeingMade(String world) {
    return !worlds.exists(world)
        && consolePlays
            .findByWorld(world)
            .filter(scenarioPlay -> !scenarioPlay.progress().state().isOver())
            .isPresent();
  }

  /**
   * Controls the play.
   *
   * @param move pause, step, go or stop
   */
  @PostMapping("/{move}")
  Rendering move(PageRequest pageRequest, @PathVariable String move) {
    var scenarioPlay =
        consolePlays
            .findByWorld(pageRequest.worldName())
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "no scenario is being played in this world")
                        .remedy("play it again from the gallery"));
    act(scenarioPlay, move);
    // The live connection sends the result.
    return pageRequest.isPartial()
        ? pageRequest.fragment("console/layout :: nothing", Map.of())
        : pageRequest.redirect(pageRequest.here() + "/play");
  }

  private static void act(ScenarioPlay scenarioPlay, String move) {
    switch (move) {
      case "pause" -> scenarioPlay.pause();
      case "step" -> scenarioPlay.step();
      case "resume" -> scenarioPlay.resume();
      case "stop" -> scenarioPlay.stop();
      default ->
          throw new Refusal(Problem.NOT_FOUND, "there is no such step")
              .at("move")
              .expected("pause, step, go or stop")
              .observed(move.length() > 20 ? move.substring(0, 20) : move);
    }
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @ResponseBody
  Flux<ServerSentEvent<String>> live(
      PageRequest pageRequest,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = lastEventId == null ? pageRequest.query("after") : lastEventId;
    return worlds
        .find(pageRequest.worldName())
        .map(world -> live.follow(world, after, pageRequest.words()))
        .orElseGet(() -> live.gone(pageRequest.worldName(), pageRequest.words()));
  }
}
