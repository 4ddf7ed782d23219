package org.actsandbox.agent.watch;

import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.delegation.PurchaseTarget;
import org.jspecify.annotations.Nullable;

/**
 * Turns the wishes into the purchase targets of an authority: everything that was said and nothing
 * else. Wishes that a merchant cannot be held to (a sort order, "sturdy", near a station) stay
 * wishes.
 */
final class PurchaseTargetMapper {

  /** The features that tell variants of a product from each other, beside the colours. */
  private static final Pattern VARIANT = Pattern.compile("size .+|.*\\d.*");

  private PurchaseTargetMapper() {}

  static List<PurchaseTarget> of(List<Wish> wishes, Directive directive) {
    int times = directive.payments();
    return wishes.stream().map(wish -> of(wish, times == 1 ? null : times)).toList();
  }

  private static PurchaseTarget of(Wish wish, @Nullable Integer times) {
    return switch (wish) {
      case TrainWish train -> train(train, times);
      case HotelWish hotel -> hotel(hotel, times);
      case ShopWish shop -> shop(shop, times);
    };
  }

  private static PurchaseTarget train(TrainWish train, @Nullable Integer times) {
    return new PurchaseTarget(
        MerchantKind.TRAIN,
        train.trainNo(),
        null,
        train.trainType() == null ? null : List.of(train.trainType()),
        train.from(),
        train.to(),
        null,
        train.date(),
        train.latestDate(),
        train.departAfter(),
        train.departBefore(),
        train.arriveAfter(),
        train.arriveBefore(),
        train.seatClass(),
        train.position(),
        null,
        null,
        null,
        null,
        null,
        null,
        train.passengers(),
        times);
  }

  private static PurchaseTarget hotel(HotelWish hotel, @Nullable Integer times) {
    return new PurchaseTarget(
        MerchantKind.HOTEL,
        null,
        null,
        null,
        null,
        null,
        hotel.city(),
        hotel.checkIn(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        hotel.nights(),
        hotel.guests(),
        hotel.minStars(),
        Boolean.TRUE.equals(hotel.breakfast()) ? true : null,
        Boolean.TRUE.equals(hotel.freeCancellation()) ? true : null,
        hotel.roomType(),
        hotel.rooms(),
        times);
  }

  private static PurchaseTarget shop(ShopWish shop, @Nullable Integer times) {
    var variant =
        shop.features().stream()
            .filter(each -> ShopWish.isColour(each) || VARIANT.matcher(each).matches())
            .toList();
    return new PurchaseTarget(
        MerchantKind.SHOP,
        shop.terms(),
        null,
        variant.isEmpty() ? null : variant,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        shop.quantity(),
        times);
  }
}
