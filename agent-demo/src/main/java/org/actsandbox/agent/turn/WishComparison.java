package org.actsandbox.agent.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Gazetteer;
import org.actsandbox.agent.language.place.Place;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a model searches for with what the rules read in the principal's own words, because
 * a model may say one thing and search for another.
 */
final class WishComparison {

  private final Narrator narrator;
  private final List<String> differences = new ArrayList<>();

  private WishComparison(Narrator narrator) {
    this.narrator = narrator;
  }

  /** What differs, in the principal's language; empty where the rules read no wish. */
  static List<String> of(List<Wish> said, List<Wish> searched, Narrator narrator) {
    var comparison = new WishComparison(narrator);
    for (var wish : searched) {
      var alike = said.stream().filter(each -> each.kindOf() == wish.kindOf()).toList();
      // Of several of one kind any may be meant: only what fits none of them differs.
      if (alike.size() == 1) {
        comparison.compare(alike.getFirst(), wish);
      } else if (alike.isEmpty() && !said.isEmpty()) {
        comparison.differences.add(WishDescription.describe(wish, narrator));
      }
    }
    return comparison.differences;
  }

  private void compare(Wish said, Wish searched) {
    switch (said) {
      case TrainWish told when searched instanceof TrainWish train -> {
        place(told.from(), train.from());
        place(told.to(), train.to());
        value(told.date(), train.date());
        value(told.passengers(), train.passengers());
        value(told.seatClass(), train.seatClass());
      }
      case HotelWish told when searched instanceof HotelWish hotel -> {
        place(told.city(), hotel.city());
        value(told.checkIn(), hotel.checkIn());
        value(told.nights(), hotel.nights());
        value(told.rooms(), hotel.rooms());
      }
      case ShopWish told when searched instanceof ShopWish shop ->
          value(told.quantity(), shop.quantity());
      default -> {}
    }
  }

  /** A station of the city that was said is no difference. */
  private void place(@Nullable String told, @Nullable String searched) {
    if (told != null && searched != null && !city(told).equals(city(searched))) {
      differs(told, searched);
    }
  }

  private static String city(String name) {
    return Gazetteer.china().find(name).map(Place::city).orElse(name);
  }

  private void value(@Nullable Object told, @Nullable Object searched) {
    if (told != null && !Objects.equals(told, searched)) {
      differs(told, searched);
    }
  }

  private void differs(Object told, @Nullable Object searched) {
    differences.add(narrator.say("misread.value", told.toString(), String.valueOf(searched)));
  }
}
