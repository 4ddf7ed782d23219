package org.actsandbox.web.console.play;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.play.ScenarioPlay;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.web.console.attack.Attempt;
import org.actsandbox.web.console.attack.AttemptFinder;
import org.actsandbox.web.console.comparison.RecordedRun;
import org.actsandbox.web.console.frame.FragmentRenderer;
import org.actsandbox.web.console.glassbox.GlassBoxObserver;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends the live updates of the page on which a scenario is played: the messages of its world and
 * the progress of its script.
 */
@Component
class LivePlay {

  /** The themes of stories that may be about a merchant's text; a file without a theme may be. */
  private static final Set<String> ABOUT_TEXTS = Set.of("malice", "own");

  /**
   * The interval of reading the progress: short enough for a smooth display, long enough for the
   * browser.
   */
  private static final Duration REFRESH_INTERVAL = Duration.ofMillis(150);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** The last event of a stream. After it pages do not connect again. */
  private static final ServerSentEvent<String> OVER =
      ServerSentEvent.builder("over").event("over").build();

  private final Scheduler rendering =
      Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor());
  private final ConsolePlays consolePlays;
  private final GlassBoxObserver glassBoxObserver;
  private final FragmentRenderer fragmentRenderer;
  private final Worlds worlds;
  private final EndStateReader endStateReader;

  LivePlay(
      ConsolePlays consolePlays,
      GlassBoxObserver glassBoxObserver,
      FragmentRenderer fragmentRenderer,
      Worlds worlds,
      EndStateReader endStateReader) {
    this.consolePlays = consolePlays;
    this.glassBoxObserver = glassBoxObserver;
    this.fragmentRenderer = fragmentRenderer;
    this.worlds = worlds;
    this.endStateReader = endStateReader;
  }

  /** Holds what the player shows, so that an unchanged player is not sent again. */
  private record PlayerState(String state, int done, boolean told) {

    static final PlayerState DELETED = new PlayerState("deleted", 0, false);
    static final PlayerState NOT_PLAYED = new PlayerState("not played", 0, false);

    static PlayerState of(PlayerView view) {
      return new PlayerState(view.state(), view.done(), view.current() != null);
    }
  }

  Flux<ServerSentEvent<String>> follow(World world, @Nullable String after, PageText pageText) {
    var player =
        Flux.interval(Duration.ZERO, REFRESH_INTERVAL)
            .onBackpressureDrop()
            .publishOn(rendering, 1)
            .map(_ -> state(world.name()))
            .distinctUntilChanged()
            .concatMapIterable(
                state ->
                    state.equals(PlayerState.DELETED)
                        ? List.of(player(world.name(), pageText), OVER)
                        : List.of(player(world.name(), pageText)));
    var alive =
        Flux.interval(HEARTBEAT)
            .map(_ -> ServerSentEvent.<String>builder().comment("alive").build());
    return Flux.merge(glassBoxObserver.follow(world, after, pageText), player, alive)
        .takeUntil(event -> "over".equals(event.event()));
  }

  /** Says that the world no longer exists, and ends the stream. */
  Flux<ServerSentEvent<String>> gone(String world, PageText pageText) {
    return Flux.just(
        player(world, pageText), ServerSentEvent.builder("gone").event("over").build());
  }

  private PlayerState state(String world) {
    if (!worlds.exists(world)) {
      // A play in a deleted world would wait for ever.
      consolePlays.findByWorld(world).ifPresent(ScenarioPlay::stop);
      return PlayerState.DELETED;
    }
    return consolePlays
        .findByWorld(world)
        .map(scenarioPlay -> PlayerState.of(PlayerView.of(scenarioPlay)))
        .orElse(PlayerState.NOT_PLAYED);
  }

  private ServerSentEvent<String> player(String world, PageText pageText) {
    var html =
        fragmentRenderer.render(
            "console/play", "player-changed", pageText, model(world, pageText.lang()));
    return ServerSentEvent.builder(html).event("update").build();
  }

  /**
   * Returns the template attributes of the player and the script. They contain no view where no
   * play is known or its world is deleted.
   */
  Map<String, Object> model(String world, String lang) {
    boolean exists = worlds.exists(world);
    var model = new HashMap<String, Object>();
    model.put("here", "/console/" + world);
    model.put("world", world);
    model.put("exists", exists);
    consolePlays
        .findByWorld(world)
        .filter(scenarioPlay -> exists || scenarioPlay.target().isEmpty())
        .map(PlayerView::of)
        .ifPresent(
            view -> {
              model.put("view", view);
              if (view.over()) {
                worlds
                    .find(world)
                    .map(endStateReader::read)
                    .ifPresent(end -> model.put("ending", end));
                worlds
                    .find(world)
                    .map(found -> RecordedRun.read(world, List.of(), found.journalStore()))
                    .ifPresent(
                        run ->
                            model.put(
                                "attempts",
                                AttemptFinder.in(run.entries(), lang).stream()
                                    .filter(each -> isTold(view.script(), each))
                                    .toList()));
              }
            });
    return model;
  }

  /**
   * Tells whether the story is about an attempt. A shop always has an article whose text gives
   * orders; a story about a dispute or a refund would be about that instead.
   */
  private static boolean isTold(Script script, Attempt attempt) {
    return attempt.kind() != Attempt.Kind.INSTRUCTION || ABOUT_TEXTS.contains(script.theme());
  }
}
