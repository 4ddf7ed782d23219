package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.play.ScenarioPlay;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.glassbox.GlassBoxObserver;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A play's page, live: what happens in its world, and how far its script has come. */
@Component
class LivePlay {

  /** Quicker than anybody notices, slower than a page would mind. */
  private static final Duration LOOK = Duration.ofMillis(150);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Nothing more will come; pages do not connect again. */
  private static final ServerSentEvent<String> OVER =
      ServerSentEvent.builder("over").event("over").build();

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final ConsolePlays consolePlays;
  private final GlassBoxObserver glassBoxObserver;
  private final FragmentRenderer fragmentRenderer;
  private final Worlds worlds;

  LivePlay(
      ConsolePlays consolePlays,
      GlassBoxObserver glassBoxObserver,
      FragmentRenderer fragmentRenderer,
      Worlds worlds) {
    this.consolePlays = consolePlays;
    this.glassBoxObserver = glassBoxObserver;
    this.fragmentRenderer = fragmentRenderer;
    this.worlds = worlds;
  }

  /** What a page of another moment would show differently. */
  private record Moment(String state, int done, boolean told) {

    static final Moment DELETED = new Moment("deleted", 0, false);
    static final Moment NOBODY_PLAYS = new Moment("nobody plays", 0, false);

    static Moment of(PlayerView view) {
      return new Moment(view.state(), view.done(), view.current() != null);
    }
  }

  Flux<ServerSentEvent<String>> follow(World world, @Nullable String after, PageText pageText) {
    var player =
        Flux.interval(Duration.ZERO, LOOK)
            .onBackpressureDrop()
            .publishOn(rendering, 1)
            .map(_ -> moment(world.name()))
            .distinctUntilChanged()
            .concatMapIterable(
                moment ->
                    moment.equals(Moment.DELETED)
                        ? List.of(player(world.name(), pageText), OVER)
                        : List.of(player(world.name(), pageText)));
    var alive =
        Flux.interval(HEARTBEAT)
            .map(_ -> ServerSentEvent.<String>builder().comment("alive").build());
    return Flux.merge(glassBoxObserver.follow(world, after, pageText), player, alive)
        .takeUntil(event -> "over".equals(event.event()));
  }

  /** Says that the world is gone, and that nothing more will come. */
  Flux<ServerSentEvent<String>> gone(String world, PageText pageText) {
    return Flux.just(
        player(world, pageText), ServerSentEvent.builder("gone").event("over").build());
  }

  private Moment moment(String world) {
    if (worlds.find(world).isEmpty()) {
      // What waits there would wait for ever.
      consolePlays.findByWorld(world).ifPresent(ScenarioPlay::stop);
      return Moment.DELETED;
    }
    return consolePlays
        .findByWorld(world)
        .map(scenarioPlay -> Moment.of(PlayerView.of(scenarioPlay)))
        .orElse(Moment.NOBODY_PLAYS);
  }

  private ServerSentEvent<String> player(String world, PageText pageText) {
    var html = fragmentRenderer.render("console/play", "player-changed", pageText, model(world));
    return ServerSentEvent.builder(html).event("update").build();
  }

  /** Of the deck and the script: without a view where no play is known, or its world is deleted. */
  Map<String, Object> model(String world) {
    boolean exists = worlds.find(world).isPresent();
    var model = new HashMap<String, Object>();
    model.put("here", "/console/" + world);
    model.put("world", world);
    model.put("exists", exists);
    consolePlays
        .findByWorld(world)
        .filter(scenarioPlay -> exists || scenarioPlay.target().isEmpty())
        .ifPresent(scenarioPlay -> model.put("view", PlayerView.of(scenarioPlay)));
    return model;
  }
}
