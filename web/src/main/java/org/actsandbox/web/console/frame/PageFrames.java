package org.actsandbox.web.console.frame;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.actsandbox.web.console.guard.ConsoleSessions;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Builds the frame of a page. */
@Component
class PageFrames {

  static final String THEME_COOKIE = "act_theme";

  /** Pages that anybody with their link may see: nothing of a world stands around them. */
  private static final String SHARED = "shared";

  private static final Set<String> THEMES = Set.of("light", "dark");
  private static final Set<String> BARE = Set.of("cashier", "login", SHARED);

  private final Worlds worlds;
  private final ObjectProvider<NoticeSource> waiting;

  PageFrames(Worlds worlds, ObjectProvider<NoticeSource> waiting) {
    this.worlds = worlds;
    this.waiting = waiting;
  }

  PageFrame of(PageRequest pageRequest, String section) {
    var request = pageRequest.exchange().getRequest();
    var world = section.equals(SHARED) ? null : worlds.find(pageRequest.worldName()).orElse(null);
    var nav = !BARE.contains(section) && world != null;
    var lang = pageRequest.words().lang();
    return new PageFrame(
        lang,
        theme(pageRequest),
        section,
        pageRequest.worldName(),
        pageRequest.here(),
        request.getURI().getRawPath(),
        UriComponentsBuilder.fromUri(request.getURI())
            .scheme(null)
            .host(null)
            .port(null)
            .replaceQueryParam("lang", lang.equals("zh") ? "en" : "zh")
            .build(true)
            .toUriString(),
        ConsoleSessions.csrfToken(pageRequest.exchange()),
        world == null || section.equals("login") ? null : behalf(world, pageRequest),
        world == null || section.equals("login") ? null : face(world, pageRequest.words()),
        world == null || !nav
            ? List.of()
            : waitingIn(world, ActingPrincipal.of(world, pageRequest.exchange())),
        nav);
  }

  /** What the status line alone needs. */
  Line line(World world, Caller you, PageText pageText) {
    return new Line(
        world.name(), "/console/" + world.name(), face(world, pageText), waitingIn(world, you));
  }

  /** The part of {@link PageFrame} that live pages patch. */
  record Line(
      String world, String here, PageFrame.ClockFace clock, List<PageFrame.PageNotice> waiting) {}

  private List<PageFrame.PageNotice> waitingIn(World world, Caller you) {
    return waiting.orderedStream().flatMap(each -> each.noticesFor(world, you).stream()).toList();
  }

  private static PageFrame.@Nullable PrincipalChoice behalf(World world, PageRequest pageRequest) {
    if (!world.principals().hasSeveral()) {
      return null;
    }
    var you = ActingPrincipal.of(world, pageRequest.exchange()).did().orElseThrow();
    return new PageFrame.PrincipalChoice(
        you.name(), world.principals().dids().stream().map(Did::name).toList());
  }

  static PageFrame.ClockFace face(World world, PageText pageText) {
    var now = world.clock().instant();
    return new PageFrame.ClockFace(
        world.clock().mode().name().toLowerCase(Locale.ROOT),
        pageText.moment(now),
        now.toEpochMilli(),
        world.clock().mode() != WorldClock.Mode.STOPPED);
  }

  private static String theme(PageRequest pageRequest) {
    var cookie = pageRequest.exchange().getRequest().getCookies().getFirst(THEME_COOKIE);
    return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : "system";
  }
}
