package org.actsandbox.merchants.train.timetable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/** Lists the classes from the cheapest to the dearest, with the layout of their rows. */
public enum SeatClass {
  SECOND("ABCDF", 10, "second class", "二等座"),
  FIRST("ACDF", 16, "first class", "一等座"),
  BUSINESS("ADF", 30, "business class", "商务座");

  /** The seat letters of one row, from window to window. */
  public final String letters;

  /** The price in tenths of second class. */
  public final int priceTenths;

  private final String en;
  private final String zh;

  SeatClass(String letters, int priceTenths, String en, String zh) {
    this.letters = letters;
    this.priceTenths = priceTenths;
    this.en = en;
    this.zh = zh;
  }

  public Text label() {
    return new Text(en, zh);
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SeatClass> of(String code) {
    return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
  }
}
