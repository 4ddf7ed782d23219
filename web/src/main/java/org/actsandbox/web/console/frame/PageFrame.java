package org.actsandbox.web.console.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param section the navigation entry that is current; empty for none
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param otherLanguage address of this page in the other language
 * @param behalf on whose behalf somebody looks; null where a world has one principal
 * @param clock the world's time; null where no world is there
 * @param nav whether the navigation is shown: not on the cashier and the login page
 */
public record PageFrame(
    String lang,
    String theme,
    String section,
    String world,
    String here,
    String path,
    String otherLanguage,
    String csrf,
    PageFrame.@Nullable PrincipalChoice behalf,
    @Nullable ClockFace clock,
    List<PageFrame.PageNotice> waiting,
    boolean nav) {

  /**
   * @param you name of the principal that was chosen
   * @param all whom one can choose, the first principal first
   */
  public record PrincipalChoice(String you, List<String> all) {}

  /**
   * @param epochMillis the world's time when the page was made
   * @param ticking false while the world's clock is stopped
   */
  public record ClockFace(String mode, String text, long epochMillis, boolean ticking) {}

  /**
   * Something that waits for the principal, or that every reader must know of the world. Words are
   * in the bundles, {@code frame.waiting.<kind>}.
   *
   * @param kind payments | delegations | paused | tampered | standins
   * @param to where the first of them is decided
   */
  public record PageNotice(String kind, int count, String to) {}
}
