package org.actsandbox.agent.language.understand.draft;

import java.util.List;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Holds a wish while the interpreter still fills it. */
public abstract sealed class WishDraft permits TrainDraft, HotelDraft, ShopDraft {

  /** Says what is wished if this wish is not to be had. */
  @Nullable Fallback otherwise;

  public abstract MerchantKind kind();

  /** Returns the wish without its fallback. */
  abstract Wish plainWish();

  /**
   * Returns the wish with defaults where there are some, and with its fallback; essentials may
   * still be missing.
   */
  public final Wish wish() {
    var wish = plainWish();
    return otherwise == null ? wish : otherwise.addTo(wish);
  }

  /** Returns one draft for each part of the wish that has a number of its own, or else this. */
  public abstract List<WishDraft> split();

  public static WishDraft of(Wish wish) {
    WishDraft draft =
        switch (wish) {
          case TrainWish train -> TrainDraft.of(train);
          case HotelWish hotel -> HotelDraft.of(hotel);
          case ShopWish shop -> ShopDraft.of(shop);
        };
    draft.otherwise = Fallback.between(wish.withOtherwise(null), wish.otherwise());
    return draft;
  }

  /** Wishes for {@code changes} only if this wish is not to be had. */
  public void otherwise(WishDraft changes) {
    var wish = plainWish();
    var other = of(wish);
    other.update(changes);
    otherwise = Fallback.between(wish, other.plainWish());
  }

  public static WishDraft empty(MerchantKind merchantKind) {
    return switch (merchantKind) {
      case TRAIN -> new TrainDraft();
      case HOTEL -> new HotelDraft();
      case SHOP -> new ShopDraft();
      case SERVICE -> throw new IllegalArgumentException("no shop sells " + merchantKind);
    };
  }

  /** Replaces values by those of {@code changes}, which is of the same kind. */
  public final void update(WishDraft changes) {
    otherwise = changes.otherwise == null ? otherwise : changes.otherwise;
    switch (this) {
      case TrainDraft train when changes instanceof TrainDraft n -> train.update(n);
      case HotelDraft hotel when changes instanceof HotelDraft n -> hotel.update(n);
      case ShopDraft shop when changes instanceof ShopDraft n -> shop.update(n);
      default -> throw new IllegalStateException(kind() + " is not " + changes.kind());
    }
  }
}
