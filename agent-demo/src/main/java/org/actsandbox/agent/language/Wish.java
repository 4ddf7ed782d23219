package org.actsandbox.agent.language;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the principal wants. A field that was not mentioned is absent; while essentials
 * are missing, the wish is a draft inside a question and {@link #needs()} refuses.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TrainWish.class, name = "train"),
  @JsonSubTypes.Type(value = HotelWish.class, name = "hotel"),
  @JsonSubTypes.Type(value = ShopWish.class, name = "shop")
})
public sealed interface Wish permits TrainWish, HotelWish, ShopWish {

  MerchantKind kindOf();

  /** Returns the order in which offers are wanted, such as {@code cheapest}; null for none. */
  @Nullable String sort();

  /**
   * Returns the essentials that are missing, by field name on the wire; empty when the wish can be
   * searched.
   */
  List<String> missing();

  /**
   * Returns the wish as merchants may know it (CID-2), without any price: one need, or one per day
   * when several days are possible.
   *
   * @throws IllegalStateException while essentials are missing
   */
  List<Need> needs();

  /** Returns what is wished only if this wish is not to be had; null for nothing. */
  @Nullable Wish otherwise();

  /** Returns this wish with another fallback, or with none. */
  default Wish withOtherwise(@Nullable Wish fallback) {

    return (Wish) Slots.with((Record) this, "otherwise", fallback);
  }

  /**
   * Returns the most that the wish may cost altogether, in yuan: its limit for a ticket, a night or
   * a piece, times their number; null without a limit.
   */
  default @Nullable BigDecimal limit() {
    return switch (this) {
      case TrainWish train -> times(train.maxPrice(), train.passengers());
      case HotelWish hotel -> times(hotel.maxPerNight(), hotel.nights() * hotel.rooms());
      case ShopWish shop -> times(shop.maxPrice(), shop.quantity());
    };
  }

  /** Returns the day of the journey or the first of the stay; empty for goods and without one. */
  default Stream<LocalDate> firstDay() {
    return Stream.ofNullable(
        switch (this) {
          case TrainWish train -> train.date();
          case HotelWish hotel -> hotel.checkIn();
          case ShopWish _ -> null;
        });
  }

  private static @Nullable BigDecimal times(@Nullable String yuan, int count) {
    return yuan == null ? null : new BigDecimal(yuan).multiply(BigDecimal.valueOf(count));
  }
}
