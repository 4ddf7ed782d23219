package org.actsandbox.web.console.playlist;

import java.util.Optional;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Is the stop at which a person presents now.
 *
 * @param list code of the playlist
 * @param number of the stop, from 1
 * @param count number of stops
 * @param key last part of its message keys
 * @param home name of the world in which the person presents; a scenario of the list is played in a
 *     world of its own. Empty if it is not known
 */
public record ShowStop(String list, int number, int count, String key, String home) {

  /** Name of the cookie that keeps the stop while the person opens other pages. */
  public static final String COOKIE = "act_show";

  /** Reads the stop that the browser keeps; empty while the person presents no playlist. */
  public static Optional<ShowStop> of(ServerHttpRequest request) {
    var cookie = request.getCookies().getFirst(COOKIE);
    return cookie == null ? Optional.empty() : read(cookie.getValue());
  }

  /** Reads a stop such as {@code tour.3} or {@code tour.3.demo}; empty for another text. */
  public static Optional<ShowStop> read(String text) {
    var parts = text.split("\\.", 3);
    if (parts.length < 2 || !parts[1].matches("[1-9]\\d?")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(parts[1]);
    return Playlist.find(parts[0])
        .filter(list -> number <= list.stops().size())
        .map(
            list ->
                new ShowStop(
                    list.code(),
                    number,
                    list.stops().size(),
                    list.stops().get(number - 1).key(),
                    parts.length < 3 ? "" : parts[2]));
  }

  /** Returns the text that {@link #read} reads. */
  public String text() {
    return list + "." + number + (home.isEmpty() ? "" : "." + home);
  }

  public ShowStop from(String world) {
    return new ShowStop(list, number, count, key, world);
  }

  public boolean first() {
    return number == 1;
  }

  public boolean last() {
    return number == count;
  }
}
