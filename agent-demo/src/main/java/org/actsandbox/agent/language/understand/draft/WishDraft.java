package org.actsandbox.agent.language.understand.draft;

import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;

/** Holds a wish while the interpreter still fills it. */
public sealed interface WishDraft permits TrainDraft, HotelDraft, ShopDraft {

  MerchantKind kind();

  /** Returns the wish with defaults where there are some; essentials may still be missing. */
  Wish wish();

  static WishDraft of(Wish wish) {
    return switch (wish) {
      case TrainWish train -> TrainDraft.of(train);
      case HotelWish hotel -> HotelDraft.of(hotel);
      case ShopWish shop -> ShopDraft.of(shop);
    };
  }

  static WishDraft empty(MerchantKind merchantKind) {
    return switch (merchantKind) {
      case TRAIN -> new TrainDraft();
      case HOTEL -> new HotelDraft();
      case SHOP -> new ShopDraft();
      case SERVICE -> throw new IllegalArgumentException("no shop sells " + merchantKind);
    };
  }

  /** Replaces values by those of {@code changes}, which is of the same kind. */
  default void update(WishDraft changes) {
    switch (this) {
      case TrainDraft train when changes instanceof TrainDraft n -> train.update(n);
      case HotelDraft hotel when changes instanceof HotelDraft n -> hotel.update(n);
      case ShopDraft shop when changes instanceof ShopDraft n -> shop.update(n);
      default -> throw new IllegalStateException(kind() + " is not " + changes.kind());
    }
  }
}
