package org.actsandbox.merchants.train.timetable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/** Lists the positions of a seat in its row. */
public enum SeatPosition {
  WINDOW("window", "靠窗"),
  MIDDLE("middle", "中间"),
  AISLE("aisle", "过道");

  private final String en;
  private final String zh;

  SeatPosition(String en, String zh) {
    this.en = en;
    this.zh = zh;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Text label() {
    return new Text(en, zh);
  }

  static SeatPosition ofLetter(char letter) {
    return switch (letter) {
      case 'A', 'F' -> WINDOW;
      case 'B' -> MIDDLE;
      case 'C', 'D' -> AISLE;
      default -> throw new IllegalArgumentException("no seat has the letter " + letter);
    };
  }

  public static Optional<SeatPosition> of(String code) {
    return Arrays.stream(values()).filter(p -> p.code().equals(code)).findFirst();
  }
}
