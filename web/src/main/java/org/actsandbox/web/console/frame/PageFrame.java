package org.actsandbox.web.console.frame;

import java.util.Arrays;
import java.util.List;
import org.actsandbox.web.console.playlist.ShowStop;
import org.jspecify.annotations.Nullable;

/**
 * Holds what stands around every page: navigation, language, theme, clock and notices.
 *
 * @param section the current navigation entry; empty for none
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param title the world's title; its name where a person named it
 * @param here path of the world's pages, {@code /console/demo}; empty where no link leads there
 * @param otherLanguage address of this page in the other language
 * @param principals the principal for whom the reader looks; null where the world has one principal
 * @param clock the world's time; null on a page without a world
 * @param show the stop of a playlist; null while the reader follows none
 * @param presents true if the page is shown on a projector
 * @param nav whether the navigation is shown; false for shared pages, the cashier, a payment on a
 *     phone and the login page
 * @param assets path of the styles and scripts in this version of the server
 */
public record PageFrame(
    String lang,
    String theme,
    String section,
    String world,
    String title,
    String here,
    String path,
    String otherLanguage,
    String csrf,
    PageFrame.@Nullable PrincipalChoice principals,
    @Nullable ClockFace clock,
    List<PageFrame.PageNotice> waiting,
    @Nullable ShowStop show,
    boolean presents,
    boolean nav,
    String assets) {

  /** Returns the codes of the navigation's entries, in their order. */
  public List<String> sections() {
    return Arrays.stream(PageSection.values()).map(PageSection::code).toList();
  }

  /**
   * Names the chosen principal and all that can be chosen.
   *
   * @param current name of the chosen principal
   * @param all names of all principals, the first principal first
   */
  public record PrincipalChoice(String current, List<String> all) {}

  /**
   * Shows the world's time on a page.
   *
   * @param mode of the world's clock, in lower case
   * @param epochMillis the world's time when the page was made
   * @param ticking false while the world's clock is stopped
   * @param life tells the world from the one of this name before its last reset
   */
  public record ClockFace(
      String mode, String text, long epochMillis, boolean ticking, String life) {}

  /**
   * Says that something waits for the principal, or tells every reader something about the world.
   * The text is in the bundles, {@code frame.waiting.<kind>}.
   *
   * @param kind payments | delegations | paused | tampered | standins
   * @param to address of the page where the reader acts on it
   */
  public record PageNotice(String kind, int count, String to) {}
}
