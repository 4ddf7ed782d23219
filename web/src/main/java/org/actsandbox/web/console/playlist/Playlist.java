package org.actsandbox.web.console.playlist;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists the tour and the playlists. A stop is a page of the world in which the person presents; its
 * words are in the bundle {@code stage}.
 */
@SuppressWarnings("ImmutableEnumChecker") // the list of stops is never changed
public enum Playlist {
  TOUR(
      stop("demo", "/try"),
      stop("wallet", "/wallet"),
      stop("delegations", "/delegations"),
      stop("scenarios", "/scenarios/hidden-instruction-in-a-description"),
      stop("evidence", "/evidence"),
      stop("knowledge", "/knowledge"),
      stop("yourself", "/for-builders")),
  THREE(
      stop("demo", "/try"),
      stop("injection", "/scenarios/hidden-instruction-in-a-description"),
      stop("knowledge", "/knowledge")),
  TEN(
      stop("demo", "/try"),
      stop("injection", "/scenarios/hidden-instruction-in-a-description"),
      stop("pair_obeys", "/comparisons/obeys"),
      stop("pair_bait", "/comparisons/bait"),
      stop("twice", "/scenarios/lost-answer-after-debit"),
      stop("tamper", "/evidence/lab"),
      stop("knowledge", "/knowledge")),
  BANK(
      stop("consent", "/scenarios/agent-approves-its-own-payment"),
      stop("pair_twice", "/comparisons/twice"),
      stop("budget", "/scenarios/budget-exhausted-by-a-race"),
      ofThePlay("evidence", "/evidence"),
      stop("disputes", "/scenarios/dispute-paid-and-never-delivered")),
  SHOP(
      stop("merchants", "/merchants"),
      stop("forged", "/scenarios/forged-notification"),
      stop("late", "/scenarios/paid-after-the-hold-and-sold"),
      stop("check", "/check-shop"),
      stop("sell", "/for-merchants")),
  BUILDERS(
      stop("pair_obeys", "/comparisons/obeys"),
      stop("pair_rise", "/comparisons/rise"),
      stop("fee", "/scenarios/hidden-fee-at-confirmation"),
      stop("lost", "/scenarios/lost-answer-to-payment-request"),
      stop("connect", "/connect"),
      stop("grades", "/grades"));

  /**
   * Is one stop.
   *
   * @param key last part of its message keys
   * @param path path below the world's pages
   * @param ofThePlay whether it shows what the scenario before it left behind in its own world
   */
  public record Stop(String key, String path, boolean ofThePlay) {}

  private final List<Stop> stops;

  Playlist(Stop... stops) {
    this.stops = List.of(stops);
  }

  private static Stop stop(String key, String path) {
    return new Stop(key, path, false);
  }

  private static Stop ofThePlay(String key, String path) {
    return new Stop(key, path, true);
  }

  public List<Stop> stops() {
    return stops;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Playlist> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
