package org.actsandbox.web.console.play;

import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.play.Play;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.glassbox.Onlook;
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

/** A scenario being played in this world: the glass box, with the script's player above it. */
@Controller
@RequestMapping("/console/{world}/play")
class PlayPages {

  private static final String TEMPLATE = "console/play";

  private final Playground playground;
  private final PlayLive live;
  private final Onlook onlook;
  private final Worlds worlds;

  PlayPages(Playground playground, PlayLive live, Onlook onlook, Worlds worlds) {
    this.playground = playground;
    this.live = live;
    this.onlook = onlook;
    this.worlds = worlds;
  }

  /** A world that is only being made shows empty panes; the live connection fills them. */
  @GetMapping
  Rendering show(Visit visit) {
    var page = visit.page(TEMPLATE, "scenarios");
    live.model(visit.worldName()).forEach(page::with);
    if (isBeingMade(visit.worldName())) {
      return page.with("making", true).show();
    }
    if (worlds.find(visit.worldName()).isEmpty()) {
      return page.status(HttpStatus.NOT_FOUND.value()).show();
    }
    onlook.model(visit.world(), visit.words()).forEach(page::with);
    return page.show();
  }

  private boolean isBeingMade(String world) {
    return worlds.find(world).isEmpty()
        && playground.in(world).filter(play -> !play.progress().state().isOver()).isPresent();
  }

  /**
   * @param move pause, step, go or stop
   */
  @PostMapping("/{move}")
  Rendering move(Visit visit, @PathVariable String move) {
    var play =
        playground
            .in(visit.worldName())
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "no scenario is being played in this world")
                        .remedy("play it again from the gallery"));
    act(play, move);
    // The live connection brings what it led to.
    return visit.isPartial()
        ? visit.fragment("console/layout :: nothing", Map.of())
        : visit.redirect(visit.here() + "/play");
  }

  private static void act(Play play, String move) {
    switch (move) {
      case "pause" -> play.pause();
      case "step" -> play.step();
      case "go" -> play.goOn();
      case "stop" -> play.stop();
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
      Visit visit,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
    var after = lastEventId == null ? visit.query("after") : lastEventId;
    return worlds
        .find(visit.worldName())
        .map(world -> live.follow(world, after, visit.words()))
        .orElseGet(() -> live.gone(visit.worldName(), visit.words()));
  }
}
