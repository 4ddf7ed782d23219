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
import org.actsandbox.web.console.playlist.ShowStop;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Builds the frame of a page. */
@Component
class PageFrames {

  static final String THEME_COOKIE = "act_theme";

  /** The page's script sets it when the reader turns the presenter's look on or off. */
  private static final String PRESENT_COOKIE = "act_present";

  /**
   * The section of pages that every reader with the link may see. Their frame shows nothing of a
   * world.
   */
  private static final String SHARED = "shared";

  /** The section of a payment on a phone, whose frame leads to no other page of the world. */
  private static final String PHONE = "phone";

  private static final Set<String> THEMES = Set.of("light", "dark");
  private static final Set<String> WITHOUT_NAVIGATION =
      Set.of("cashier", "login", "notes", PHONE, SHARED);

  private final String assets;
  private final Worlds worlds;
  private final ObjectProvider<NoticeSource> noticeSources;
  private final WorldTitleSource worldTitleSource;

  PageFrames(
      Worlds worlds,
      ObjectProvider<NoticeSource> noticeSources,
      WorldTitleSource worldTitleSource,
      AssetVersion assetVersion) {
    this.assets = assetVersion.path();
    this.worlds = worlds;
    this.noticeSources = noticeSources;
    this.worldTitleSource = worldTitleSource;
  }

  PageFrame of(PageRequest pageRequest, String section) {
    var request = pageRequest.exchange().getRequest();
    var world = section.equals(SHARED) ? null : worlds.find(pageRequest.worldName()).orElse(null);
    var nav = !WITHOUT_NAVIGATION.contains(section) && world != null;
    var lang = pageRequest.words().lang();
    return new PageFrame(
        lang,
        theme(pageRequest),
        section,
        pageRequest.worldName(),
        title(pageRequest.worldName(), pageRequest.words()),
        section.equals(PHONE) ? "" : pageRequest.here(),
        request.getURI().getRawPath(),
        UriComponentsBuilder.fromUri(request.getURI())
            .scheme(null)
            .host(null)
            .port(null)
            .replaceQueryParam("lang", lang.equals("zh") ? "en" : "zh")
            .build(true)
            .toUriString(),
        ConsoleSessions.csrfToken(pageRequest.exchange()),
        world == null || section.equals("login") || section.equals(PHONE)
            ? null
            : principalChoice(world, pageRequest),
        world == null || section.equals("login") ? null : clockFace(world, pageRequest.words()),
        world == null || !nav
            ? List.of()
            : notices(world, ActingPrincipal.of(world, pageRequest.exchange())),
        nav ? ShowStop.of(pageRequest.exchange().getRequest()).orElse(null) : null,
        presents(pageRequest),
        nav,
        assets);
  }

  /** Builds only what the status line shows. */
  Line line(World world, Caller principal, PageText pageText) {
    return new Line(
        title(world.name(), pageText),
        "/console/" + world.name(),
        clockFace(world, pageText),
        notices(world, principal));
  }

  /** Holds the part of {@link PageFrame} that live pages replace. */
  record Line(
      String title, String here, PageFrame.ClockFace clock, List<PageFrame.PageNotice> waiting) {}

  private String title(String world, PageText pageText) {
    return worldTitleSource.findTitle(world).map(pageText::text).orElse(world);
  }

  private List<PageFrame.PageNotice> notices(World world, Caller principal) {
    return noticeSources
        .orderedStream()
        .flatMap(each -> each.noticesFor(world, principal).stream())
        .toList();
  }

  private static PageFrame.@Nullable PrincipalChoice principalChoice(
      World world, PageRequest pageRequest) {
    if (!world.principals().hasSeveral()) {
      return null;
    }
    var chosen = ActingPrincipal.of(world, pageRequest.exchange()).did().orElseThrow();
    return new PageFrame.PrincipalChoice(
        chosen.name(), world.principals().dids().stream().map(Did::name).toList());
  }

  static PageFrame.ClockFace clockFace(World world, PageText pageText) {
    var now = world.clock().instant();
    return new PageFrame.ClockFace(
        world.clock().mode().name().toLowerCase(Locale.ROOT),
        pageText.moment(now),
        now.toEpochMilli(),
        world.clock().mode() != WorldClock.Mode.STOPPED,
        world.partition());
  }

  /** Tells whether the address asks for the presenter's look, or the reader chose it before. */
  private static boolean presents(PageRequest pageRequest) {
    var request = pageRequest.exchange().getRequest();
    var cookie = request.getCookies().getFirst(PRESENT_COOKIE);
    return request.getQueryParams().containsKey("present")
        || (cookie != null && cookie.getValue().equals("1"));
  }

  private static String theme(PageRequest pageRequest) {
    var cookie = pageRequest.exchange().getRequest().getCookies().getFirst(THEME_COOKIE);
    return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : "system";
  }
}
