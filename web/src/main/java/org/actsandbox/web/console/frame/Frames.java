package org.actsandbox.web.console.frame;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldClock;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.guard.Sessions;
import org.actsandbox.web.console.words.Words;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Builds the frame of a page. */
@Component
class Frames {

  static final String THEME_COOKIE = "act_theme";

  /** Pages that anybody with their link may see: nothing of a world stands around them. */
  private static final String SHARED = "shared";

  private static final Set<String> THEMES = Set.of("light", "dark");
  private static final Set<String> BARE = Set.of("cashier", "login", SHARED);

  private final Worlds worlds;
  private final ObjectProvider<WaitingThings> waiting;

  Frames(Worlds worlds, ObjectProvider<WaitingThings> waiting) {
    this.worlds = worlds;
    this.waiting = waiting;
  }

  Frame of(Visit visit, String section) {
    var request = visit.exchange().getRequest();
    var world = section.equals(SHARED) ? null : worlds.find(visit.worldName()).orElse(null);
    var nav = !BARE.contains(section) && world != null;
    var lang = visit.words().lang();
    return new Frame(
        lang,
        theme(visit),
        section,
        visit.worldName(),
        visit.here(),
        request.getURI().getRawPath(),
        UriComponentsBuilder.fromUri(request.getURI())
            .scheme(null)
            .host(null)
            .port(null)
            .replaceQueryParam("lang", lang.equals("zh") ? "en" : "zh")
            .build(true)
            .toUriString(),
        Sessions.csrfToken(visit.exchange()),
        world == null || section.equals("login") ? null : behalf(world, visit),
        world == null || section.equals("login") ? null : face(world, visit.words()),
        world == null || !nav ? List.of() : waitingIn(world, You.of(world, visit.exchange())),
        nav);
  }

  /** What the status line alone needs. */
  Line line(World world, Caller you, Words words) {
    return new Line(
        world.name(), "/console/" + world.name(), face(world, words), waitingIn(world, you));
  }

  /** The part of {@link Frame} that live pages patch. */
  record Line(String world, String here, Frame.ClockFace clock, List<Frame.Waiting> waiting) {}

  private List<Frame.Waiting> waitingIn(World world, Caller you) {
    return waiting.orderedStream().flatMap(each -> each.in(world, you).stream()).toList();
  }

  private static Frame.@Nullable Behalf behalf(World world, Visit visit) {
    if (!world.principals().areSeveral()) {
      return null;
    }
    var you = You.of(world, visit.exchange()).did().orElseThrow();
    return new Frame.Behalf(you.name(), world.principals().dids().stream().map(Did::name).toList());
  }

  static Frame.ClockFace face(World world, Words words) {
    var now = world.clock().instant();
    return new Frame.ClockFace(
        world.clock().mode().name().toLowerCase(Locale.ROOT),
        words.moment(now),
        now.toEpochMilli(),
        world.clock().mode() != WorldClock.Mode.STOPPED);
  }

  private static String theme(Visit visit) {
    var cookie = visit.exchange().getRequest().getCookies().getFirst(THEME_COOKIE);
    return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : "system";
  }
}
