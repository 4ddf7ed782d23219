package org.actsandbox.merchants.train.timetable;

import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/** Lists the types of trains, by the letter that their numbers begin with. */
public enum TrainType {
  G(330, 46, 3, "High-speed train", "高铁"),
  D(210, 31, 3, "EMU train", "动车"),
  K(105, 15, 4, "Fast train", "快速列车");

  /** The top speed in km/h; the line may allow less. */
  final int speed;

  /** The price of second class in fen per km. */
  public final int fenPerKm;

  /** The minutes that braking and starting take on every leg. */
  final int legMinutes;

  private final String en;
  private final String zh;

  TrainType(int speed, int fenPerKm, int legMinutes, String en, String zh) {
    this.speed = speed;
    this.fenPerKm = fenPerKm;
    this.legMinutes = legMinutes;
    this.en = en;
    this.zh = zh;
  }

  public Text label() {
    return new Text(en, zh);
  }

  public static Optional<TrainType> of(String letter) {
    return switch (letter.strip()) {
      case "G", "g" -> Optional.of(G);
      case "D", "d" -> Optional.of(D);
      case "K", "k" -> Optional.of(K);
      default -> Optional.empty();
    };
  }
}
