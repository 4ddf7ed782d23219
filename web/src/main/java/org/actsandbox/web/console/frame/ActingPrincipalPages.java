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

/**
 * Lets the reader choose the principal for whom to look at a world. Each reader of the console may
 * choose any principal.
 */
@Controller
class ActingPrincipalPages {

  /**
   * Matches a page about one thing. The thing may belong to another principal, so that after a
   * change the reader goes to the list instead.
   */
  private static final Pattern DETAIL_PAGE = Pattern.compile("(/console/[^/]+/[^/]+)/.*");

  record Choice(@Nullable String principal, @Nullable String back) {}

  @PostMapping("/console/{world}/principal")
  Rendering choose(PageRequest pageRequest, @ModelAttribute Choice choice) {
    var world = pageRequest.world();
    var known =
        world.principals().dids().stream()
            .filter(did -> did.name().equals(choice.principal()))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(Problem.INVALID_FIELD, "there is no principal of that name")
                        .at("principal")
                        .observed(String.valueOf(choice.principal())));
    pageRequest
        .exchange()
        .getResponse()
        .addCookie(
            ResponseCookie.from(ActingPrincipal.cookieName(world.name()), known.name())
                .path("/")
                .sameSite("Strict")
                .httpOnly(true)
                .maxAge(Duration.ofDays(365))
                .build());
    return pageRequest.redirect(back(pageRequest, ConsolePaths.local(choice.back())));
  }

  private static String back(PageRequest pageRequest, String path) {
    if (path.equals("/")) {
      return pageRequest.here() + "/try";
    }
    var detail = DETAIL_PAGE.matcher(path);
    return detail.matches() ? detail.group(1) : path;
  }
}
