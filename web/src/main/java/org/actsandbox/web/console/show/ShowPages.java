package org.actsandbox.web.console.show;

import java.time.Duration;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
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

  private final ConsoleApiClient consoleApiClient;

  ShowPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
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
    keep(pageRequest, stop.list() + "." + stop.number(), KEPT);
    var path = Playlist.find(stop.list()).orElseThrow().stops().get(stop.number() - 1).path();
    boolean presents = pageRequest.exchange().getRequest().getQueryParams().containsKey(PRESENT);
    var look = presents ? (path.contains("?") ? "&" : "?") + PRESENT : "";
    return pageRequest.redirect(pageRequest.here() + path + look);
  }

  @PostMapping("/end")
  Rendering end(PageRequest pageRequest) {
    keep(pageRequest, "", Duration.ZERO);
    return pageRequest.redirect(pageRequest.here() + "/show");
  }

  /** Starts the world over, and a playlist with it. */
  @PostMapping("/reset")
  Rendering reset(PageRequest pageRequest) {
    consoleApiClient.callControlApi("POST", pageRequest.world(), "/reset", null);
    var first =
        ShowStop.of(pageRequest.exchange().getRequest()).map(stop -> "/show/" + stop.list() + "/1");
    return pageRequest.redirect(pageRequest.here() + first.orElse("/try"));
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
