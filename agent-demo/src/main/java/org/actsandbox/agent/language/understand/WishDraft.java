package org.actsandbox.agent.language.understand;

import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;

/** A wish while it is being understood. */
sealed interface WishDraft permits TrainDraft, HotelDraft, ShopDraft {

  MerchantKind kind();

  /** The wish with defaults for what has one; essentials may still be missing. */
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
      case SERVICE -> throw new IllegalArgumentException("nobody shops for " + merchantKind);
    };
  }

  /** What {@code news}, of the same kind, says replaces what was said. */
  default void update(WishDraft news) {
    switch (this) {
      case TrainDraft train when news instanceof TrainDraft n -> train.update(n);
      case HotelDraft hotel when news instanceof HotelDraft n -> hotel.update(n);
      case ShopDraft shop when news instanceof ShopDraft n -> shop.update(n);
      default -> throw new IllegalStateException(kind() + " is not " + news.kind());
    }
  }
}
