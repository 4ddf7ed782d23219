package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows who learned what: data at the left, participants at the right, and a line for each datum
 * that a participant was told. What must not be known is a thick red line. Vertical positions are
 * pixels; the lines are stretched to the width of the page.
 *
 * @param alone data that were told to no participant: the purchase did not need them
 */
public record LeakPicture(
    List<Place> data, List<Place> participants, List<Line> lines, List<String> alone, int height) {

  private static final int ROW = 30;

  /**
   * A datum or a participant.
   *
   * @param count number of its lines
   */
  public record Place(String name, String actor, int y, int count) {}

  /**
   * A datum that a participant was told.
   *
   * @param path of which x goes from 0 to 100 and y is pixels
   */
  public record Line(String datum, String participant, String actor, boolean leak, String path) {}

  /** A datum that a participant was told, before it is drawn. */
  public record Told(String datum, String participant, String actor, boolean leak) {}

  /**
   * Lays out what was told.
   *
   * @param names all data, in their order
   * @param participants names of all participants with their colour classes, in their order
   */
  public static LeakPicture of(List<String> names, List<Place> participants, List<Told> told) {
    var alone =
        names.stream()
            .filter(name -> told.stream().noneMatch(each -> each.datum().equals(name)))
            .toList();
    var data = new ArrayList<Place>();
    for (var name : names) {
      int count = (int) told.stream().filter(each -> each.datum().equals(name)).count();
      if (count > 0) {
        data.add(new Place(name, "", data.size() * ROW + ROW / 2, count));
      }
    }
    var people = new ArrayList<Place>();
    var listening =
        participants.stream()
            .filter(each -> told.stream().anyMatch(line -> line.participant().equals(each.name())))
            .toList();
    int height = Math.max(data.size(), listening.size()) * ROW;
    for (int i = 0; i < listening.size(); i++) {
      var each = listening.get(i);
      int count =
          (int) told.stream().filter(line -> line.participant().equals(each.name())).count();
      int y = (int) Math.round((i + 0.5) * height / listening.size());
      people.add(new Place(each.name(), each.actor(), y, count));
    }
    var lines =
        told.stream()
            .map(each -> line(each, y(data, each.datum()), y(people, each.participant())))
            .toList();
    return new LeakPicture(List.copyOf(data), List.copyOf(people), lines, alone, height);
  }

  private static int y(List<Place> places, String name) {
    return places.stream()
        .filter(place -> place.name().equals(name))
        .mapToInt(Place::y)
        .findFirst()
        .orElseThrow();
  }

  private static Line line(Told told, int from, int to) {
    return new Line(
        told.datum(),
        told.participant(),
        told.actor(),
        told.leak(),
        String.format(Locale.ROOT, "M0 %dC50 %d 50 %d 100 %d", from, from, to, to));
  }
}
