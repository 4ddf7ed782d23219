package org.actsandbox.agent.turn;

import java.util.ArrayList;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.wire.Words;

/** A wish in a few words of the principal's language. */
final class Wants {

  private Wants() {}

  static String describe(Wish wish, Narrator narrator) {
    return Words.plain(
        switch (wish) {
          case TrainWish train -> train(train, narrator);
          case HotelWish hotel ->
              narrator.say(
                  "want.hotel",
                  String.valueOf(hotel.city()),
                  String.valueOf(hotel.checkIn()),
                  hotel.nights());
          case ShopWish shop ->
              shop.quantity() == 1
                  ? narrator.say("want.shop", String.valueOf(shop.terms()))
                  : narrator.say("want.shop.many", String.valueOf(shop.terms()), shop.quantity());
        },
        200);
  }

  private static String train(TrainWish wish, Narrator narrator) {
    var parts = new ArrayList<String>();
    parts.add(
        narrator.say(
            "want.train",
            String.valueOf(wish.from()),
            String.valueOf(wish.to()),
            String.valueOf(wish.date())));
    if (wish.position() != null) {
      parts.add(narrator.say("position." + wish.position()));
    }
    if (wish.passengers() > 1) {
      parts.add("×" + wish.passengers());
    }
    return String.join(", ", parts);
  }
}
