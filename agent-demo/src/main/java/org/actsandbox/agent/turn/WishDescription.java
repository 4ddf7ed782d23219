package org.actsandbox.agent.turn;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Describes a wish in the principal's language with everything that the agent will act on: as one
 * text, and as the single details that the principal can correct.
 */
final class WishDescription {

  private static final int MAX_CHARS = 240;

  private final String lang;
  private final List<String> parts = new ArrayList<>();
  private final List<Detail> details = new ArrayList<>();

  private WishDescription(String lang) {
    this.lang = lang;
  }

  /**
   * Is one detail of a wish.
   *
   * @param slot names it, such as {@code from} or {@code class}
   * @param text says it as part of a sentence, such as "from Hangzhou"
   * @param change a sentence that sets the detail anew, with the present value in brackets; null
   *     when no short sentence does
   * @param drop a sentence that drops the detail; null for a detail without which nothing can be
   *     searched
   */
  record Detail(String slot, String text, @Nullable String change, @Nullable String drop) {}

  static String describe(Wish wish, String lang) {
    var description = of(wish, lang);
    return UntrustedText.sanitize(description.joined(description.parts), MAX_CHARS);
  }

  /** Returns the details in the order of the description. */
  static List<Detail> details(Wish wish, String lang) {
    return List.copyOf(of(wish, lang).details);
  }

  /** Returns the limit for all wishes together. */
  static Detail limit(Budget budget, String lang) {
    var description = new WishDescription(lang);
    description.limit("want.max.all", budget.amount());
    return description.details.getFirst();
  }

  private static WishDescription of(Wish wish, String lang) {
    var description = new WishDescription(lang);
    switch (wish) {
      case TrainWish train -> description.train(train);
      case HotelWish hotel -> description.hotel(hotel);
      case ShopWish shop -> description.shop(shop);
    }
    if (wish.otherwise() != null) {
      description.otherwise(wish.otherwise());
    }
    return description;
  }

  private void train(TrainWish wish) {
    parts.add(phrase("want.train", place(wish.from()), place(wish.to()), days(wish)));
    needed("from", place(wish.from()));
    needed("to", place(wish.to()));
    needed("date", days(wish));
    hours("want.departs", wish.departAfter(), wish.departBefore());
    hours("want.arrives", wish.arriveAfter(), wish.arriveBefore());
    if (wish.seatClass() != null) {
      add("class", "want.class." + wish.seatClass());
    }
    if (wish.position() != null) {
      add("seat", "position." + wish.position());
    }
    for (var avoided : wish.avoid()) {
      if (avoided.equals(TrainWish.CHANGE)) {
        add("change", "want.direct");
      } else {
        add(avoidedSlot(avoided), "want.not", avoided(avoided));
      }
    }
    if (wish.trainType() != null) {
      add("type", "want.type", wish.trainType());
    }
    if (wish.trainNo() != null) {
      addText("train_no", wish.trainNo());
    }
    if (wish.passengers() > 1) {
      parts.add(phrase("want.tickets", wish.passengers()));
    }
    needed("passengers", wish.passengers());
    limit("want.max.ticket", wish.maxPrice());
    sort(wish.sort());
  }

  /** Says what of the wish was not to be had, so that its fallback is shown. */
  static String missing(Wish wish, String lang) {
    var first = of(wish.withOtherwise(null), lang);
    var other = of(Objects.requireNonNull(wish.otherwise()), lang);
    return without(other.parts, first.parts).isEmpty()
        ? first.phrase("assumed.without", first.joined(without(first.parts, other.parts)))
        : first.phrase("assumed.otherwise", first.joined(first.parts));
  }

  private static List<String> without(List<String> some, List<String> others) {
    return some.stream().filter(part -> !others.contains(part)).toList();
  }

  private String joined(List<String> some) {
    return String.join(isChinese() ? "，" : ", ", some);
  }

  private String ifPossible(String part) {
    return phrase("want.if_possible", part);
  }

  /** Says of the fallback only what differs, and of a mere preference that it is one. */
  private void otherwise(Wish fallback) {
    var other = of(fallback, lang).parts;
    var different = without(other, parts);
    if (different.isEmpty()) {
      var optional = without(parts, other);
      parts.replaceAll(part -> optional.contains(part) ? ifPossible(part) : part);
      details.replaceAll(
          each ->
              optional.contains(each.text())
                  ? new Detail(each.slot(), ifPossible(each.text()), each.change(), each.drop())
                  : each);
      return;
    }
    addText("otherwise", phrase("want.otherwise", joined(different)));
  }

  private Object avoided(String value) {
    return isSeat(value) ? phrase("position." + value) : value;
  }

  private static String avoidedSlot(String value) {
    return isSeat(value) ? "seat" : "type";
  }

  private static boolean isSeat(String value) {
    return switch (value) {
      case "window", "middle", "aisle" -> true;
      default -> false;
    };
  }

  private void hotel(HotelWish wish) {
    var near = wish.near();
    // A city's main station has the name of the city.
    boolean ofTheCity = near != null && place(near).equals(place(wish.city()));
    var nearPlace =
        near == null ? "" : ofTheCity ? phrase("want.near.named", place(near)) : near(near);
    var day = day(wish.checkIn());
    needed("city", place(wish.city()));
    needed("check_in", day);
    needed("nights", wish.nights());
    if (near == null) {
      parts.add(phrase("want.hotel", place(wish.city()), day, wish.nights()));
    } else {
      // The name of a station usually begins with the name of its city.
      parts.add(
          ofTheCity
                  || (nearPlace instanceof Text named
                      && named.en().startsWith(place(wish.city()).en())
                      && named.zh().startsWith(place(wish.city()).zh()))
              ? phrase("want.hotel.at", nearPlace, day, wish.nights())
              : phrase("want.hotel.near", place(wish.city()), day, wish.nights(), nearPlace));
      detail("near", phrase("slot.near", nearPlace), nearPlace);
    }
    if (wish.guests() > 1 || wish.rooms() > 1) {
      parts.add(phrase("want.guests", wish.guests(), wish.rooms()));
    }
    needed("guests", wish.guests());
    needed("rooms", wish.rooms());
    if (wish.roomType() != null) {
      add("room", "want.room." + wish.roomType());
    }
    if (wish.minStars() != null) {
      add("stars", "want.stars", wish.minStars());
    }
    if (Boolean.TRUE.equals(wish.breakfast())) {
      add("breakfast", "want.breakfast");
    }
    if (Boolean.TRUE.equals(wish.freeCancellation())) {
      add("cancellation", "want.cancellable");
    }
    limit("want.max.night", wish.maxPerNight());
    sort(wish.sort());
  }

  private Object near(String near) {
    return switch (near) {
      case "station", "centre" -> phrase("want.near." + near);
      default -> place(near);
    };
  }

  private void shop(ShopWish wish) {
    var terms = String.valueOf(wish.terms());
    parts.add(
        wish.quantity() == 1
            ? phrase("want.shop", terms)
            : phrase("want.shop.many", terms, wish.quantity()));
    needed("terms", terms);
    needed("quantity", wish.quantity());
    if (wish.brand() != null) {
      addText("brand", feature(wish.brand()));
    }
    wish.features().forEach(feature -> addText(featureSlot(feature), feature(feature)));
    Objects.requireNonNull(wish.avoid())
        .forEach(avoided -> add(featureSlot(avoided), "want.not", feature(avoided)));
    if (wish.minPrice() != null && wish.maxPrice() != null) {
      add("price", "want.range", yuan(wish.minPrice()), yuan(wish.maxPrice()));
    } else {
      limit("want.max.piece", wish.maxPrice());
    }
    if (wish.deliverBy() != null) {
      add("delivery", "want.by", day(wish.deliverBy()));
    }
    sort(wish.sort());
  }

  private static String featureSlot(String feature) {
    return KnownWords.isBrand(feature)
        ? "brand"
        : ShopWish.isColour(feature) ? "colour" : "feature";
  }

  private String feature(String feature) {
    return isChinese() ? KnownWords.inChinese(feature) : feature;
  }

  private void sort(@Nullable String sort) {
    if (sort != null) {
      add("sort", "want.sort." + sort);
    }
  }

  private void limit(String phrase, @Nullable String yuan) {
    if (yuan != null) {
      var text = phrase(phrase, yuan(yuan));
      parts.add(text);
      detail(phrase.equals("want.max.all") ? "budget" : "price", text, yuan(yuan));
    }
  }

  private static String yuan(String amount) {
    return amount.replaceFirst("\\.00$", "");
  }

  private void hours(String phrase, @Nullable LocalTime from, @Nullable LocalTime to) {
    if (from != null && to != null) {
      add("hours", phrase + ".between", from.toString(), to.toString());
    } else if (from != null) {
      add("hours", phrase + ".after", from.toString());
    } else if (to != null) {
      add("hours", phrase + ".before", to.toString());
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
    return lang.equals("zh");
  }

  private String phrase(String key, Object... arguments) {
    return AgentPhrases.phrase(lang, key, arguments);
  }

  private void add(String slot, String phrase, Object... arguments) {
    addText(slot, phrase(phrase, arguments));
  }

  private void addText(String slot, String text) {
    parts.add(text);
    detail(slot, text, text);
  }

  /** Adds a detail that every wish of the kind has. */
  private void needed(String slot, Object value) {
    detail(slot, phrase("slot." + slot, value), value);
  }

  private void detail(String slot, String text, Object value) {
    details.add(
        new Detail(
            slot,
            UntrustedText.sanitize(text, MAX_CHARS),
            AgentPhrases.findPhrase(lang, "slot." + slot + ".change", value).orElse(null),
            AgentPhrases.findPhrase(lang, "slot." + slot + ".drop").orElse(null)));
  }
}
