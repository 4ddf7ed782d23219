package org.actsandbox.web.console.frame;

import java.time.Duration;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.guard.ConsolePaths;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Chooses on whose behalf one looks at a world; whoever may see the console may be any of them. */
@Controller
class ActingPrincipalPages {

  /** A page about one thing, which may be somebody else's: its list is everybody's. */
  private static final Pattern IN_A_WORLD = Pattern.compile("(/console/[^/]+/[^/]+)/.*");

  record Wish(@Nullable String you, @Nullable String back) {}

  @PostMapping("/console/{world}/you")
  Rendering choose(PageRequest pageRequest, @ModelAttribute Wish wish) {
    var world = pageRequest.world();
    var known =
        world.principals().dids().stream()
            .filter(did -> did.name().equals(wish.you()))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(Problem.INVALID_FIELD, "there is no principal of that name")
                        .at("you")
                        .observed(String.valueOf(wish.you())));
    pageRequest
        .exchange()
        .getResponse()
        .addCookie(
            ResponseCookie.from(ActingPrincipal.cookie(world.name()), known.name())
                .path("/")
                .sameSite("Strict")
                .httpOnly(true)
                .maxAge(Duration.ofDays(365))
                .build());
    return pageRequest.redirect(back(pageRequest, ConsolePaths.local(wish.back())));
  }

  private static String back(PageRequest pageRequest, String path) {
    if (path.equals("/")) {
      return pageRequest.here() + "/try";
    }
    var about = IN_A_WORLD.matcher(path);
    return about.matches() ? about.group(1) : path;
  }
}
