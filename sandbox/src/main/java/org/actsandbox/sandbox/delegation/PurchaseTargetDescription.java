package org.actsandbox.sandbox.delegation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.PurchaseTarget;
import org.jspecify.annotations.Nullable;

/** Describes a purchase target in one sentence, with everything that it fixes (ACT ADD-2). */
final class PurchaseTargetDescription {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd");

  private final Function<String, Optional<Text>> places;

  /**
   * @param places finds a city or station by any of its names
   */
  PurchaseTargetDescription(Function<String, Optional<Text>> places) {
    this.places = places;
  }

  Text of(PurchaseTarget target) {
    var parts = new ArrayList<Text>();
    parts.add(subject(target));
    day(target, parts);
    add(parts, "target.depart_after", target.departAfter());
    add(parts, "target.depart_before", target.departBefore());
    add(parts, "target.arrive_after", target.arriveAfter());
    add(parts, "target.arrive_before", target.arriveBefore());
    word(parts, "target.class.", target.seatClass());
    word(parts, "target.position.", target.position());
    word(parts, "target.room.", target.roomType());
    add(parts, "target.guests", target.guests());
    add(parts, "target.stars", target.minStars());
    flag(parts, "target.breakfast", target.breakfast());
    flag(parts, "target.free_cancellation", target.freeCancellation());
    if (!target.attributesOrNone().isEmpty()) {
      parts.add(Text.untranslated(String.join(", ", target.attributesOrNone())));
    }
    add(parts, "target.item", target.itemId());
    parts.add(
        target.maxTimes() == 1
            ? DelegationMessages.text("target.once")
            : DelegationMessages.text("target.times", target.maxTimes()));
    return join(parts);
  }

  private Text subject(PurchaseTarget target) {
    int quantity = target.exactQuantity();
    return switch (target.kind()) {
      case TRAIN ->
          target.what() == null
              ? DelegationMessages.text(
                  "target.train", quantity, place(target.from()), place(target.to()))
              : DelegationMessages.text(
                  "target.train.named",
                  quantity,
                  place(target.from()),
                  place(target.to()),
                  target.what());
      case HOTEL ->
          DelegationMessages.text(
              target.what() == null ? "target.hotel" : "target.hotel.named",
              quantity,
              place(target.city()),
              target.nights() == null ? 1 : target.nights(),
              String.valueOf(target.what()));
      case SHOP -> DelegationMessages.text("target.shop", quantity, String.valueOf(target.what()));
      case SERVICE ->
          DelegationMessages.text("target.service", quantity, String.valueOf(target.what()));
    };
  }

  private Text place(@Nullable String name) {
    var words = String.valueOf(name);
    return places.apply(words).orElse(Text.untranslated(words));
  }

  private static void day(PurchaseTarget target, List<Text> parts) {
    var first = target.date();
    var last = target.lastDay();
    if (first != null && last != null) {
      parts.add(
          first.equals(last)
              ? DelegationMessages.text("target.day", day(first))
              : DelegationMessages.text("target.days", day(first), day(last)));
    }
  }

  private static Text day(LocalDate day) {
    var week = day.getDayOfWeek();
    return new Text(
        week.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) + " " + DAY.format(day),
        DAY.format(day) + "（" + week.getDisplayName(TextStyle.SHORT, Locale.CHINESE) + "）");
  }

  private static void add(List<Text> parts, String key, @Nullable Object value) {
    if (value != null) {
      parts.add(DelegationMessages.text(key, value.toString()));
    }
  }

  private static void word(List<Text> parts, String prefix, @Nullable String word) {
    if (word != null) {
      parts.add(DelegationMessages.text(prefix + word));
    }
  }

  private static void flag(List<Text> parts, String key, @Nullable Boolean flag) {
    if (flag != null) {
      parts.add(DelegationMessages.text(flag ? key : key + ".not"));
    }
  }

  private static Text join(List<Text> parts) {
    return new Text(
        String.join(", ", parts.stream().map(Text::en).toList()),
        String.join("，", parts.stream().map(Text::zh).toList()));
  }
}
