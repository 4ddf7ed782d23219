package org.actsandbox.web.console.home;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.guard.ConsolePaths;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Shows the start page, and sets the light or dark theme. */
@Controller
class HomePage {

  private static final Set<String> THEMES = Set.of("light", "dark", "system");

  /** Scenarios for a first look, in the order in which they tell a story. */
  private static final List<String> STORIES =
      List.of(
          "seed-story",
          "hidden-instruction-in-a-description",
          "agent-approves-its-own-payment",
          "bait-price",
          "lost-answer-after-debit",
          "ticket-bought-unattended",
          "budget-exhausted-by-a-race",
          "trip-hotel-fails-put-right",
          "record-tampered-with",
          "who-knows-what");

  record Theme(@Nullable String theme, @Nullable String back) {}

  @GetMapping("/")
  Rendering home(PageRequest pageRequest) {
    return pageRequest.page("console/home", "home").with("stories", STORIES).show();
  }

  @GetMapping({"/console", "/console/{world}"})
  Rendering console(PageRequest pageRequest) {
    return pageRequest.redirect(pageRequest.here() + "/try");
  }

  @PostMapping("/console/theme")
  Rendering theme(PageRequest pageRequest, @ModelAttribute Theme choice) {
    if (choice.theme() != null && THEMES.contains(choice.theme())) {
      pageRequest
          .exchange()
          .getResponse()
          .addCookie(
              ResponseCookie.from("act_theme", choice.theme())
                  .path("/")
                  .sameSite("Strict")
                  .httpOnly(true)
                  .maxAge(Duration.ofDays(365))
                  .build());
    }
    return pageRequest.redirect(ConsolePaths.local(choice.back()));
  }
}
