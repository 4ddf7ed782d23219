package org.actsandbox.web.console.show;

import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.playlist.Playlist;
import org.actsandbox.web.console.playlist.ShowStop;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows the playlists and leads through them. A cookie keeps the stop, so that a person may leave
 * the path and come back with one key.
 */
@Controller
@RequestMapping("/console/{world}/show")
class ShowPages {

  /** The parameter of an address that turns the presenter's look on. */
  private static final String PRESENT = "present";

  /** Ours: a talk with questions is over by then. */
  private static final Duration KEPT = Duration.ofHours(4);

  /** The name of a world in which scenarios are played or run begins with one of these. */
  private static final List<String> RECORDINGS = List.of("play-", "run-");

  private final ConsoleApiClient consoleApiClient;
  private final Worlds worlds;

  ShowPages(ConsoleApiClient consoleApiClient, Worlds worlds) {
    this.consoleApiClient = consoleApiClient;
    this.worlds = worlds;
  }

  @GetMapping
  Rendering playlists(PageRequest pageRequest) {
    return pageRequest.page("console/show", "try").with("playlists", Playlist.values()).show();
  }

  /** Shows the notes for the speaker, in a window of their own. */
  @GetMapping("/notes")
  Rendering notes(PageRequest pageRequest) {
    return pageRequest.page("console/show-notes", "notes").show();
  }

  @GetMapping("/{list}/{number}")
  Rendering stop(PageRequest pageRequest, @PathVariable String list, @PathVariable String number) {
    var stop =
        ShowStop.read(list + "." + number)
            .orElseThrow(
                () ->
                    new Refusal(Problem.NOT_FOUND, "there is no such stop")
                        .at("number")
                        .remedy("Choose a playlist on the page with all of them."));
    var home = home(pageRequest);
    keep(pageRequest, stop.from(home).text(), KEPT);
    var page = Playlist.find(stop.list()).orElseThrow().stops().get(stop.number() - 1);
    var path = page.path();
    boolean presents = pageRequest.exchange().getRequest().getQueryParams().containsKey(PRESENT);
    var look = presents ? (path.contains("?") ? "&" : "?") + PRESENT : "";
    return pageRequest.redirect(
        (page.ofThePlay() ? pageRequest.here() : "/console/" + home) + path + look);
  }

  @PostMapping("/end")
  Rendering end(PageRequest pageRequest) {
    keep(pageRequest, "", Duration.ZERO);
    return pageRequest.redirect(pageRequest.here() + "/show");
  }

  /** Starts the world over in which the person presents, and a playlist with it. */
  @PostMapping("/reset")
  Rendering reset(PageRequest pageRequest) {
    var home = home(pageRequest);
    consoleApiClient.callControlApi("POST", worlds.get(home), "/reset", null);
    var first =
        ShowStop.of(pageRequest.exchange().getRequest()).map(stop -> "/show/" + stop.list() + "/1");
    return pageRequest.redirect("/console/" + home + first.orElse("/try"));
  }

  /**
   * Returns the name of the world in which the person presents, also from within a recording. The
   * cookie may be of another program on this machine, so only a world that exists counts.
   */
  private String home(PageRequest pageRequest) {
    var here = pageRequest.worldName();
    var home =
        RECORDINGS.stream().noneMatch(here::startsWith)
            ? here
            : ShowStop.of(pageRequest.exchange().getRequest())
                .map(ShowStop::home)
                .filter(worlds::exists)
                .orElse(here);
    if (!worlds.exists(home)) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such world").at("world");
    }
    return home;
  }

  private static void keep(PageRequest pageRequest, String value, Duration age) {
    pageRequest
        .exchange()
        .getResponse()
        .addCookie(
            ResponseCookie.from(ShowStop.COOKIE, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .maxAge(age)
                .build());
  }
}
