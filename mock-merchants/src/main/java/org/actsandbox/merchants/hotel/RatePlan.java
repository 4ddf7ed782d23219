package org.actsandbox.merchants.hotel;

import java.util.Arrays;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/** Lists the rates: what is included, and whether it can be cancelled. */
enum RatePlan {
  ROOM_FLEXIBLE("rf", false, true, 100),
  ROOM_FIRM("rn", false, false, 88),
  BREAKFAST_FLEXIBLE("bf", true, true, 100),
  BREAKFAST_FIRM("bn", true, false, 88);

  private final String code;
  private final boolean breakfast;
  private final boolean flexible;
  private final int percent;

  RatePlan(String code, boolean breakfast, boolean flexible, int percent) {
    this.code = code;
    this.breakfast = breakfast;
    this.flexible = flexible;
    this.percent = percent;
  }

  static Optional<RatePlan> of(String code) {
    return Arrays.stream(values()).filter(plan -> plan.code.equals(code)).findFirst();
  }

  String code() {
    return code;
  }

  boolean breakfast() {
    return breakfast;
  }

  boolean flexible() {
    return flexible;
  }

  /** Returns the room's price in percent of the flexible rate. */
  int percent() {
    return percent;
  }

  Text label() {
    var meals = breakfast ? new Text("with breakfast", "含早餐") : new Text("room only", "不含早餐");
    return flexible
        ? new Text(meals.en() + ", flexible", meals.zh() + "，可取消")
        : new Text(meals.en() + ", non-refundable", meals.zh() + "，不可退");
  }
}
