package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.play.Play;
import org.actsandbox.web.console.frame.Fragments;
import org.actsandbox.web.console.glassbox.Onlook;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A play's page, live: what happens in its world, and how far its script has come. */
@Component
class PlayLive {

  /** Quicker than anybody notices, slower than a page would mind. */
  private static final Duration LOOK = Duration.ofMillis(150);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Nothing more will come; pages do not connect again. */
  private static final ServerSentEvent<String> OVER =
      ServerSentEvent.builder("over").event("over").build();

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final Playground playground;
  private final Onlook onlook;
  private final Fragments fragments;
  private final Worlds worlds;

  PlayLive(Playground playground, Onlook onlook, Fragments fragments, Worlds worlds) {
    this.playground = playground;
    this.onlook = onlook;
    this.fragments = fragments;
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

  Flux<ServerSentEvent<String>> follow(World world, @Nullable String after, Words words) {
    var player =
        Flux.interval(Duration.ZERO, LOOK)
            .onBackpressureDrop()
            .publishOn(rendering, 1)
            .map(_ -> moment(world.name()))
            .distinctUntilChanged()
            .concatMapIterable(
                moment ->
                    moment.equals(Moment.DELETED)
                        ? List.of(player(world.name(), words), OVER)
                        : List.of(player(world.name(), words)));
    var alive =
        Flux.interval(HEARTBEAT)
            .map(_ -> ServerSentEvent.<String>builder().comment("alive").build());
    return Flux.merge(onlook.follow(world, after, words), player, alive)
        .takeUntil(event -> "over".equals(event.event()));
  }

  /** Says that the world is gone, and that nothing more will come. */
  Flux<ServerSentEvent<String>> gone(String world, Words words) {
    return Flux.just(player(world, words), ServerSentEvent.builder("gone").event("over").build());
  }

  private Moment moment(String world) {
    if (worlds.find(world).isEmpty()) {
      // What waits there would wait for ever.
      playground.in(world).ifPresent(Play::stop);
      return Moment.DELETED;
    }
    return playground
        .in(world)
        .map(play -> Moment.of(PlayerView.of(play)))
        .orElse(Moment.NOBODY_PLAYS);
  }

  private ServerSentEvent<String> player(String world, Words words) {
    var html = fragments.render("console/play", "player-changed", words, model(world));
    return ServerSentEvent.builder(html).event("update").build();
  }

  /** Of the deck and the script: without a view where no play is known, or its world is deleted. */
  Map<String, Object> model(String world) {
    boolean exists = worlds.find(world).isPresent();
    var model = new HashMap<String, Object>();
    model.put("here", "/console/" + world);
    model.put("world", world);
    model.put("exists", exists);
    playground
        .in(world)
        .filter(play -> exists || play.target().isEmpty())
        .ifPresent(play -> model.put("view", PlayerView.of(play)));
    return model;
  }
}
