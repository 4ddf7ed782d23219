package org.actsandbox.web.console.frame;

import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param section the navigation entry that is current; empty for none
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param otherLanguage address of this page in the other language
 * @param clock the world's time; null where no world is there
 * @param nav whether the navigation is shown: not on the cashier and the login page
 */
public record Frame(
    String lang,
    String theme,
    String section,
    String world,
    String here,
    String path,
    String otherLanguage,
    String csrf,
    @Nullable ClockFace clock,
    Waiting waiting,
    boolean nav) {

  /**
   * @param epochMillis the world's time when the page was made
   * @param ticking false while the world's clock is stopped
   */
  public record ClockFace(String mode, String text, long epochMillis, boolean ticking) {}

  /** Payments that wait for the principal: how many, and the first one's cashier. */
  public record Waiting(int count, @Nullable String cashier) {

    public static final Waiting NONE = new Waiting(0, null);
  }
}
