package org.actsandbox.merchants.train;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.protocol.commerce.Availability;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/**
 * Lists the trains as catalog entries (CID-1): one per train number, with the price of its shortest
 * ride.
 */
final class TrainCatalog {

  static final int MAX_QUERY = 100;
  static final int MAX_LIMIT = 100;

  /**
   * The text that queries are matched with, by the train's ordinal: number and names in lower case;
   * the same for all worlds.
   */
  private static final List<String> SEARCH_TEXTS =
      Timetable.shared().trains().stream().map(TrainCatalog::searchText).toList();

  private final RailBusiness railBusiness;

  TrainCatalog(RailBusiness railBusiness) {
    this.railBusiness = railBusiness;
  }

  Page<CatalogEntry> page(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw invalid("limit", "1 to 100", String.valueOf(limit));
    }
    var tokens = tokens(query == null ? "" : query);
    var trains = railBusiness.timetable().trains();
    var found = new ArrayList<CatalogEntry>();
    int at = cursor == null ? 0 : after(cursor);
    for (; at < trains.size() && found.size() < limit; at++) {
      if (fits(trains.get(at), tokens, category)) {
        found.add(entry(trains.get(at)));
      }
    }
    while (at < trains.size() && !fits(trains.get(at), tokens, category)) {
      at++;
    }
    return new Page<>(
        List.copyOf(found), at < trains.size() ? cursorAfter(trains.get(at - 1)) : null);
  }

  Optional<CatalogEntry> item(String itemId) {
    return train(itemId).map(this::entry);
  }

  /** Finds the train of an item id such as {@code raileast.G7362}. */
  Optional<Train> train(String itemId) {
    var prefix = railBusiness.merchant().id() + ".";
    return itemId.startsWith(prefix)
        ? railBusiness.timetable().train(itemId.substring(prefix.length()))
        : Optional.empty();
  }

  private CatalogEntry entry(Train train) {
    var from = train.first().station().name();
    var to = train.last().station().name();
    var departs = TrainOffers.clock(train.first().depart());
    var minutes = train.last().arrive() - train.first().depart();
    var id = railBusiness.merchant().id() + "." + train.number();
    return new CatalogEntry(
        id,
        new Text(
            "%s %s – %s".formatted(train.number(), from.en(), to.en()),
            "%s %s—%s".formatted(train.number(), from.zh(), to.zh())),
        train.type().label(),
        Money.fen(railBusiness.tariff().lowestPrice(train)).decimal(),
        "CNY",
        Availability.BY_DATE,
        null,
        railBusiness.now().plus(TrainOffers.PRICE_VALIDITY).truncatedTo(ChronoUnit.SECONDS),
        new Text(
            "Departs daily at %s, e-ticket at once".formatted(departs),
            "每日 %s 开，即时出票".formatted(departs)),
        railBusiness.merchant().id(),
        "catalog/" + id,
        new Text(stops(train, "en", ", "), stops(train, "zh", "、")),
        attributes(train, departs, minutes));
  }

  private static Map<String, String> attributes(Train train, String departs, int minutes) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("train_no", train.number());
    attributes.put("train_type", train.type().name());
    attributes.put("from", train.first().station().code());
    attributes.put("to", train.last().station().code());
    attributes.put("departs", departs);
    attributes.put("arrives", TrainOffers.clock(train.last().arrive()));
    attributes.put("minutes", String.valueOf(minutes));
    attributes.put("stops", String.valueOf(train.stops().size()));
    return attributes;
  }

  private static String stops(Train train, String lang, String comma) {
    return train.stops().stream()
        .map(s -> s.station().name().in(lang) + " " + TrainOffers.clock(s.depart()))
        .collect(Collectors.joining(comma));
  }

  private static boolean fits(Train train, List<String> tokens, @Nullable String category) {
    if (category != null && !inCategory(train, category.strip())) {
      return false;
    }
    var text = SEARCH_TEXTS.get(train.ordinal());
    return tokens.stream().allMatch(text::contains);
  }

  private static boolean inCategory(Train train, String category) {
    var label = train.type().label();
    return category.equalsIgnoreCase(train.type().name())
        || category.equalsIgnoreCase(label.en())
        || category.equals(label.zh());
  }

  private static List<String> tokens(String query) {
    if (query.length() > MAX_QUERY) {
      throw invalid("q", "at most 100 characters", query);
    }
    var tokens = new ArrayList<String>();
    for (var token : query.toLowerCase(Locale.ROOT).split("[\\s,，、→–—到至-]+", -1)) {
      if (!token.isEmpty() && !token.equals("to")) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static String searchText(Train train) {
    return train.stops().stream()
        .map(Train.Stop::station)
        .map(s -> s.name().en() + " " + s.name().zh() + " " + s.city().en() + " " + s.city().zh())
        .collect(Collectors.joining(" ", train.number() + " ", ""))
        .toLowerCase(Locale.ROOT);
  }

  private static String cursorAfter(Train train) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(train.number().getBytes(StandardCharsets.US_ASCII));
  }

  private int after(String cursor) {
    try {
      var number = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      return railBusiness
          .timetable()
          .train(number)
          .map(train -> train.ordinal() + 1)
          .orElseThrow(() -> invalid("cursor", "the next of an earlier page", cursor));
    } catch (IllegalArgumentException notBase64) {
      throw invalid("cursor", "the next of an earlier page", cursor);
    }
  }

  private static Refusal invalid(String field, String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, field + " cannot be used")
        .at(field)
        .expected(expected)
        .observed(observed);
  }
}
