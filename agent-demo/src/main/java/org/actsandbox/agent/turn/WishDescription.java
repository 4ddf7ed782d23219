package org.actsandbox.agent.turn;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** Describes a wish in the principal's language with everything that the agent will act on. */
final class WishDescription {

  private static final int MAX_CHARS = 240;

  private final ConversationNarrator narrator;
  private final List<String> parts = new ArrayList<>();

  private WishDescription(ConversationNarrator narrator) {
    this.narrator = narrator;
  }

  static String describe(Wish wish, ConversationNarrator narrator) {
    var description = new WishDescription(narrator);
    switch (wish) {
      case TrainWish train -> description.train(train);
      case HotelWish hotel -> description.hotel(hotel);
      case ShopWish shop -> description.shop(shop);
    }
    var joined = String.join(description.isChinese() ? "，" : ", ", description.parts);
    return UntrustedText.sanitize(joined, MAX_CHARS);
  }

  private void train(TrainWish wish) {
    add("want.train", place(wish.from()), place(wish.to()), days(wish));
    hours("want.departs", wish.departAfter(), wish.departBefore());
    hours("want.arrives", wish.arriveAfter(), wish.arriveBefore());
    if (wish.seatClass() != null) {
      add("want.class." + wish.seatClass());
    }
    if (wish.position() != null) {
      add("position." + wish.position());
    }
    wish.avoid().forEach(avoided -> add("want.not", avoided(avoided)));
    if (wish.trainType() != null) {
      add("want.type", wish.trainType());
    }
    if (wish.trainNo() != null) {
      parts.add(wish.trainNo());
    }
    if (wish.passengers() > 1) {
      add("want.tickets", wish.passengers());
    }
    limit("want.max.ticket", wish.maxPrice());
    sort(wish.sort());
  }

  private Object avoided(String value) {
    return switch (value) {
      case "window", "middle", "aisle" -> narrator.phrase("position." + value);
      default -> value;
    };
  }

  private void hotel(HotelWish wish) {
    var near = wish.near();
    if (near == null) {
      add("want.hotel", place(wish.city()), day(wish.checkIn()), wish.nights());
    } else {
      add("want.hotel.near", place(wish.city()), day(wish.checkIn()), wish.nights(), near(near));
    }
    if (wish.guests() > 1 || wish.rooms() > 1) {
      add("want.guests", wish.guests(), wish.rooms());
    }
    if (wish.roomType() != null) {
      add("want.room." + wish.roomType());
    }
    if (wish.minStars() != null) {
      add("want.stars", wish.minStars());
    }
    if (Boolean.TRUE.equals(wish.breakfast())) {
      add("want.breakfast");
    }
    if (Boolean.TRUE.equals(wish.freeCancellation())) {
      add("want.cancellable");
    }
    limit("want.max.night", wish.maxPerNight());
    sort(wish.sort());
  }

  private Object near(String near) {
    return switch (near) {
      case "station", "centre" -> narrator.phrase("want.near." + near);
      default -> place(near);
    };
  }

  private void shop(ShopWish wish) {
    var terms = String.valueOf(wish.terms());
    if (wish.quantity() == 1) {
      add("want.shop", terms);
    } else {
      add("want.shop.many", terms, wish.quantity());
    }
    if (wish.brand() != null) {
      parts.add(wish.brand());
    }
    wish.features().forEach(feature -> parts.add(feature(feature)));
    Objects.requireNonNull(wish.avoid()).forEach(avoided -> add("want.not", feature(avoided)));
    if (wish.minPrice() != null && wish.maxPrice() != null) {
      add("want.range", yuan(wish.minPrice()), yuan(wish.maxPrice()));
    } else {
      limit("want.max.piece", wish.maxPrice());
    }
    if (wish.deliverBy() != null) {
      add("want.by", day(wish.deliverBy()));
    }
    sort(wish.sort());
  }

  private String feature(String feature) {
    return isChinese() ? KnownWords.inChinese(feature) : feature;
  }

  private void sort(@Nullable String sort) {
    if (sort != null) {
      add("want.sort." + sort);
    }
  }

  private void limit(String phrase, @Nullable String yuan) {
    if (yuan != null) {
      add(phrase, yuan(yuan));
    }
  }

  private static String yuan(String amount) {
    return amount.replaceFirst("\\.00$", "");
  }

  private void hours(String phrase, @Nullable LocalTime from, @Nullable LocalTime to) {
    if (from != null && to != null) {
      add(phrase + ".between", from.toString(), to.toString());
    } else if (from != null) {
      add(phrase + ".after", from.toString());
    } else if (to != null) {
      add(phrase + ".before", to.toString());
    }
  }

  private Object days(TrainWish wish) {
    var last = wish.latestDate();
    return last == null || last.equals(wish.date())
        ? day(wish.date())
        : day(wish.date()) + "–" + day(last);
  }

  /** Adds the weekday, so that the principal sees a misread day at once. */
  private String day(@Nullable LocalDate day) {
    if (day == null) {
      return "?";
    }
    return isChinese()
        ? day.getMonthValue()
            + "月"
            + day.getDayOfMonth()
            + "日（"
            + day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.SIMPLIFIED_CHINESE)
            + "）"
        : day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
            + " "
            + day.getDayOfMonth()
            + " "
            + day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }

  /**
   * Returns the name of the place in each language; a place that is on no map keeps its own name.
   */
  private static Text place(@Nullable String name) {
    var own = name == null ? "?" : name;
    return PlaceNames.china().findByWireName(own).map(Place::name).orElse(new Text(own, own));
  }

  private boolean isChinese() {
    return narrator.lang().equals("zh");
  }

  private void add(String phrase, Object... arguments) {
    parts.add(narrator.phrase(phrase, arguments));
  }
}
