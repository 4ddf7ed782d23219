package org.actsandbox.agent.turn;

import java.util.ArrayList;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** A wish in a few words of the principal's language. */
final class WishDescription {

  private WishDescription() {}

  static String describe(Wish wish, ConversationNarrator conversationNarrator) {
    return UntrustedText.sanitize(
        switch (wish) {
          case TrainWish train -> train(train, conversationNarrator);
          case HotelWish hotel ->
              conversationNarrator.phrase(
                  "want.hotel",
                  place(hotel.city()),
                  String.valueOf(hotel.checkIn()),
                  hotel.nights());
          case ShopWish shop ->
              shop.quantity() == 1
                  ? conversationNarrator.phrase("want.shop", String.valueOf(shop.terms()))
                  : conversationNarrator.phrase("want.shop.many", String.valueOf(shop.terms()), shop.quantity());
        },
        200);
  }

  private static String train(TrainWish wish, ConversationNarrator conversationNarrator) {
    var parts = new ArrayList<String>();
    parts.add(
        conversationNarrator.phrase(
            "want.train", place(wish.from()), place(wish.to()), String.valueOf(wish.date())));
    if (wish.position() != null) {
      parts.add(conversationNarrator.phrase("position." + wish.position()));
    }
    if (wish.passengers() > 1) {
      parts.add("×" + wish.passengers());
    }
    return String.join(", ", parts);
  }

  /** A place by the name it has in each language; one that is on no map keeps its own. */
  private static Text place(@Nullable String name) {
    var own = String.valueOf(name);
    return PlaceNames.china().findByWireName(own).map(Place::name).orElse(new Text(own, own));
  }
}
