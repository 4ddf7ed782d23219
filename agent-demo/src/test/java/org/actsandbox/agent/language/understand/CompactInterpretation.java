package org.actsandbox.agent.language.understand;

import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.jspecify.annotations.Nullable;

/** Writes an interpretation on one line with every field that was understood and no other. */
final class CompactInterpretation {

  private CompactInterpretation() {}

  static String of(Interpretation interpretation) {
    return switch (interpretation) {
      case Interpretation.DirectedPurchase later -> "later: " + later.directive();
      case Interpretation.Wishes said ->
          said.wishes().stream().map(CompactInterpretation::of).collect(Collectors.joining(" + "))
              + budget(said.budget());
      case Interpretation.Question open ->
          open.gaps().stream()
              .map(g -> g.field() + "=" + g.reason().name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" ", "? ", ""));
      case Interpretation.Choice choice -> "choose " + String.join(" ", choice.offerIds());
      case Interpretation.Cancel _ -> "cancel";
      case Interpretation.Continue _ -> "go on";
      case Interpretation.OfferQuestion question -> question.topic();
      case Interpretation.OrderQuestion question -> question.topic();
      case Interpretation.StatusQuestion _ -> "status";
      case Interpretation.OutOfScope _ -> "smalltalk";
    };
  }

  private static String budget(@Nullable Budget budget) {
    return budget == null ? "" : " + budget " + whole(budget.amount());
  }

  static String of(Wish wish) {
    var line =
        switch (wish) {
          case TrainWish train -> train(train);
          case HotelWish hotel -> hotel(hotel);
          case ShopWish shop -> shop(shop);
        };
    return wish.otherwise() == null ? line : line + " else " + of(wish.otherwise());
  }

  private static String train(TrainWish train) {
    var line = new StringJoiner(" ").add("train").add(train.from() + ">" + train.to());
    line.add(train.date() + (train.latestDate() == null ? "" : ".." + train.latestDate()));
    span(line, "dep", train.departAfter(), train.departBefore());
    span(line, "arr", train.arriveAfter(), train.arriveBefore());
    add(line, "class", train.seatClass());
    add(line, "seat", train.position());
    add(line, "avoid", train.avoid().isEmpty() ? null : String.join(",", train.avoid()));
    add(line, "people", train.passengers() == 1 ? null : train.passengers());
    add(line, "type", train.trainType());
    add(line, "no", train.trainNo());
    add(line, "sort", train.sort());
    add(line, "max", whole(train.maxPrice()));
    return line.toString();
  }

  private static String hotel(HotelWish hotel) {
    var line = new StringJoiner(" ").add("hotel").add(String.valueOf(hotel.city()));
    add(line, "near", hotel.near());
    line.add(String.valueOf(hotel.checkIn())).add(hotel.nights() + "n");
    add(line, "guests", hotel.guests() == 1 ? null : hotel.guests());
    add(line, "rooms", hotel.rooms() == 1 ? null : hotel.rooms());
    add(line, "stars", hotel.minStars());
    line.add(hotel.breakfast() == null ? "" : "breakfast");
    line.add(hotel.freeCancellation() == null ? "" : "cancellable");
    add(line, "sort", hotel.sort());
    add(line, "max", whole(hotel.maxPerNight()));
    add(line, "room", hotel.roomType());
    return line.toString().replaceAll(" +", " ").strip();
  }

  private static String shop(ShopWish shop) {
    var line = new StringJoiner(" ").add("shop").add("'" + shop.terms() + "'");
    add(line, "cat", shop.category());
    add(line, "brand", shop.brand());
    add(line, "with", shop.features().isEmpty() ? null : String.join(",", shop.features()));
    line.add(shop.quantity() == 1 ? "" : "x" + shop.quantity());
    add(line, "by", shop.deliverBy());
    add(line, "sort", shop.sort());
    add(line, "max", whole(shop.maxPrice()));
    add(line, "min", whole(shop.minPrice()));
    add(line, "not", avoid(shop));
    return line.toString().replaceAll(" +", " ").strip();
  }

  private static @Nullable String avoid(ShopWish shop) {
    var avoid = shop.avoid();
    return avoid == null || avoid.isEmpty() ? null : String.join(",", avoid);
  }

  private static void span(
      StringJoiner line, String key, @Nullable Object from, @Nullable Object to) {
    if (from != null || to != null) {
      line.add(key + "=" + (from == null ? "" : from) + "-" + (to == null ? "" : to));
    }
  }

  private static void add(StringJoiner line, String key, @Nullable Object value) {
    if (value != null) {
      line.add(key + "=" + value);
    }
  }

  private static @Nullable String whole(@Nullable String amount) {
    return amount == null ? null : amount.replaceFirst("\\.00$", "");
  }
}
