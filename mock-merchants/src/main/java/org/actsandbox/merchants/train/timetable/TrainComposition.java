package org.actsandbox.merchants.train.timetable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Represents the composition of a train. Seats are numbered from 0, carriage by carriage and row by
 * row, so that other code uses a seat as an array index. Each carriage has one class, and the
 * carriages of a class follow each other.
 */
public final class TrainComposition {

  /**
   * Represents a carriage.
   *
   * @param number the number of the carriage, from 1
   * @param firstSeat the index of seat 01A
   */
  public record Carriage(int number, SeatClass seatClass, int rows, int firstSeat) {

    public int seats() {
      return rows * seatClass.letters.length();
    }

    public String label() {
      return "%02d".formatted(number);
    }
  }

  public static final int KINDS = 9;

  private record Span(int first, int end) {}

  private static final Span NONE = new Span(0, 0);

  private static final TrainComposition LONG = new TrainComposition(1, 2, 13, 13, 17, 9);
  private static final TrainComposition SHORT = new TrainComposition(1, 1, 13, 6, 17, 5);
  private static final TrainComposition LONG_D = new TrainComposition(0, 2, 13, 14, 17, 9);
  private static final TrainComposition SHORT_D = new TrainComposition(0, 1, 13, 7, 17, 5);
  private static final TrainComposition CLASSIC = new TrainComposition(0, 1, 16, 9, 20, 6);

  private final List<Carriage> carriages;
  private final Carriage[] carriageOfSeat;
  private final SeatPosition[] positionOfSeat;

  /** Class and position of each seat in one small number, for loops over all seats. */
  private final byte[] kindOfSeat;

  private final Map<SeatClass, Span> spans = new EnumMap<>(SeatClass.class);

  /**
   * @param business the number of carriages of business class, which come first; then come first
   *     class and second class
   * @param buffet the number of the second-class carriage that has only 13 rows
   */
  private TrainComposition(
      int business, int first, int firstRows, int second, int secondRows, int buffet) {
    var made = new ArrayList<Carriage>();
    append(made, SeatClass.BUSINESS, business, 8);
    append(made, SeatClass.FIRST, first, firstRows);
    append(made, SeatClass.SECOND, buffet - made.size() - 1, secondRows);
    append(made, SeatClass.SECOND, 1, 13);
    append(made, SeatClass.SECOND, business + first + second - buffet, secondRows);
    int seat = made.getLast().firstSeat() + made.getLast().seats();
    carriages = List.copyOf(made);
    carriageOfSeat = new Carriage[seat];
    positionOfSeat = new SeatPosition[seat];
    kindOfSeat = new byte[seat];
    for (var carriage : carriages) {
      for (int s = carriage.firstSeat(); s < carriage.firstSeat() + carriage.seats(); s++) {
        carriageOfSeat[s] = carriage;
        positionOfSeat[s] = SeatPosition.ofLetter(letter(s));
        kindOfSeat[s] = (byte) kind(carriage.seatClass(), positionOfSeat[s]);
      }
    }
  }

  private void append(List<Carriage> made, SeatClass seatClass, int count, int rows) {
    for (int i = 0; i < count; i++) {
      int first = made.isEmpty() ? 0 : made.getLast().firstSeat() + made.getLast().seats();
      var carriage = new Carriage(made.size() + 1, seatClass, rows, first);
      made.add(carriage);
      var own = new Span(first, first + carriage.seats());
      spans.merge(seatClass, own, (a, b) -> new Span(a.first(), b.end()));
    }
  }

  /**
   * Returns the composition of a type of train.
   *
   * @param cars {@code 16}, {@code 8} or {@code K}
   */
  static TrainComposition of(TrainType type, String cars) {
    return switch (cars) {
      case "16" -> type == TrainType.D ? LONG_D : LONG;
      case "8" -> type == TrainType.D ? SHORT_D : SHORT;
      case "K" -> CLASSIC;
      default -> throw new IllegalArgumentException("unknown cars " + cars);
    };
  }

  public int seats() {
    return carriageOfSeat.length;
  }

  public boolean has(SeatClass seatClass) {
    return end(seatClass) > 0;
  }

  /** Returns the first seat of the class. */
  public int first(SeatClass seatClass) {
    return spans.getOrDefault(seatClass, NONE).first();
  }

  /** Returns the index after the last seat of the class; 0 when the train has none. */
  public int end(SeatClass seatClass) {
    return spans.getOrDefault(seatClass, NONE).end();
  }

  public Carriage carriage(int seat) {
    return carriageOfSeat[seat];
  }

  /** Returns the {@link #kind(SeatClass, SeatPosition)} of a seat. */
  public int kind(int seat) {
    return kindOfSeat[seat];
  }

  /** Returns class and position as one number, 0 to {@link #KINDS} - 1. */
  public static int kind(SeatClass seatClass, SeatPosition seatPosition) {
    int row =
        switch (seatClass) {
          case SECOND -> 0;
          case FIRST -> 3;
          case BUSINESS -> 6;
        };
    return switch (seatPosition) {
      case WINDOW -> row;
      case MIDDLE -> row + 1;
      case AISLE -> row + 2;
    };
  }

  public SeatPosition position(int seat) {
    return positionOfSeat[seat];
  }

  public List<Carriage> carriages(SeatClass seatClass) {
    return carriages.stream().filter(c -> c.seatClass() == seatClass).toList();
  }

  /** Returns the row within the carriage, from 1. */
  public int row(int seat) {
    var carriage = carriageOfSeat[seat];
    return (seat - carriage.firstSeat()) / carriage.seatClass().letters.length() + 1;
  }

  char letter(int seat) {
    var carriage = carriageOfSeat[seat];
    var letters = carriage.seatClass().letters;
    return letters.charAt((seat - carriage.firstSeat()) % letters.length());
  }

  /** Returns row and letter, such as {@code 11F}. */
  public String seatLabel(int seat) {
    return "%02d%c".formatted(row(seat), letter(seat));
  }

  /** Returns carriage, row and letter, such as {@code 05-11F}. */
  public String fullLabel(int seat) {
    return carriage(seat).label() + "-" + seatLabel(seat);
  }

  /** Finds the seat of a label such as {@code 05-11F}, if the train has it. */
  public Optional<Integer> seat(String label) {
    if (!label.matches("[0-9]{1,2}-[0-9]{1,2}[A-F]")) {
      return Optional.empty();
    }
    int dash = label.indexOf('-');
    var carriage = byNumber(Integer.parseInt(label.substring(0, dash)));
    if (carriage == null) {
      return Optional.empty();
    }
    int row = Integer.parseInt(label.substring(dash + 1, label.length() - 1));
    var letters = carriage.seatClass().letters;
    int column = letters.indexOf(label.charAt(label.length() - 1));
    if (row < 1 || row > carriage.rows() || column < 0) {
      return Optional.empty();
    }
    return Optional.of(carriage.firstSeat() + (row - 1) * letters.length() + column);
  }

  private @Nullable Carriage byNumber(int number) {
    return number < 1 || number > carriages.size() ? null : carriages.get(number - 1);
  }
}
