package org.actsandbox.sandbox.knowledge;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.journal.SecretNames;
import org.actsandbox.sandbox.journal.Secrets;
import org.actsandbox.sandbox.world.World;

/** The values that are looked for, and where a text has them. */
final class Values {

  /** Ours: a world says no more than this; what comes later is not looked for. */
  private static final int MOST = 200_000;

  private static final int MOST_PHRASES = 400;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:,\\d{3})*(?:\\.\\d{1,2})?");
  private static final Pattern WITH_CURRENCY =
      Pattern.compile("(\\d[\\d,]*(?:\\.\\d{1,2})?)(?:yuan|cny|rmb)");

  /** Counts, spans and places: their numbers are no amounts. */
  private static final Pattern COUNTED =
      Pattern.compile(
          ".*(?:_seconds|_minutes|_days|_ms|_micros|_count|_percent|_id|_no|_at)"
              + "|limit|quantity|passengers|guests|rooms|nights|min_stars|stars|version|carriage"
              + "|available|seats_left|percent|payments|attempts|retries|max_retry_count|seq|size"
              + "|height|port|tree_size|minutes|distance_m|places|row");

  private final Map<String, Set<Known>> tokens = new HashMap<>();
  private final Map<String, Set<Known>> numbers = new HashMap<>();
  private final Map<String, Set<Known>> phrases = new LinkedHashMap<>();
  private final Map<String, Set<Known>> windows = new HashMap<>();
  private final Set<String> firstWords = new HashSet<>();
  private final Map<String, Set<Known>> fields = new HashMap<>();
  private final Map<String, Boolean> counted = new HashMap<>();
  private int size;
  private boolean full;

  /** Everything that had to be looked for is. */
  boolean isWhole() {
    return !full;
  }

  void add(Known known) {
    if (size >= MOST) {
      full = true;
      return;
    }
    switch (known.match()) {
      case TOKEN -> put(tokens, known.value().toLowerCase(Locale.ROOT), known);
      case NUMBER -> number(known.value()).forEach(plain -> put(numbers, plain, known));
      case PHRASE -> phrase(known.value(), known);
      case TOGETHER -> {
        for (var part : known.value().split("\\|", -1)) {
          phrase(part, known);
        }
      }
      case SENTENCE ->
          Words.windows(known.value())
              .forEach(
                  row -> {
                    firstWords.add(Words.firstOf(row));
                    put(windows, row, known);
                  });
      case FIELD -> put(fields, known.value(), known);
    }
  }

  private void phrase(String text, Known known) {
    var normal = Words.normal(text);
    if (phrases.size() >= MOST_PHRASES && !phrases.containsKey(normal)) {
      full = true;
    } else if (normal.length() > 1) {
      put(phrases, normal, known);
    }
  }

  private void put(Map<String, Set<Known>> index, String key, Known known) {
    if (index.computeIfAbsent(key, _ -> new LinkedHashSet<>(2)).add(known)) {
      size++;
    }
  }

  /**
   * An amount that several things have says nothing about any of them; a budget that became the
   * limit of a delegation is that limit.
   */
  boolean isDistinct(Known known) {
    return !known.isNumber()
        || number(known.value()).stream()
            .flatMap(plain -> numbers.getOrDefault(plain, Set.of()).stream())
            .allMatch(other -> leavesRoomFor(known, other));
  }

  private static boolean leavesRoomFor(Known known, Known other) {
    return Objects.equals(other.owner(), known.owner())
        && !(known.datum() == Datum.BUDGET && other.datum() == Datum.LIMITS);
  }

  /**
   * @param hit gets what is recognized, and the part of it where it has several, or the words of it
   */
  void in(Piece piece, Hit hit) {
    var text = piece.text();
    Shapes.in(text).forEach(known -> hit.on(known, ""));
    if (SecretNames.isPin(piece.field())) {
      // Its value is masked in every journal: who got the field, got it.
      hit.on(Known.of(Datum.PIN, Known.Match.FIELD, piece.field()), "");
    }
    if (text.contains(Secrets.PIN_MASK)) {
      tokens.getOrDefault(World.OPENING_PIN, Set.of()).forEach(known -> hit.on(known, ""));
    }
    fields.getOrDefault(piece.field() + "=" + text, Set.of()).forEach(known -> hit.on(known, ""));
    boolean amounts =
        !counted.computeIfAbsent(piece.field(), field -> COUNTED.matcher(field).matches());
    for (var token : Words.tokens(text)) {
      tokens.getOrDefault(token, Set.of()).forEach(known -> hit.on(known, ""));
      if (amounts) {
        number(token)
            .forEach(
                plain ->
                    numbers.getOrDefault(plain, Set.of()).stream()
                        .filter(known -> isWritten(known, token))
                        .forEach(known -> hit.on(known, "")));
      }
    }
    if (text.length() < 2) {
      return;
    }
    var normal = Words.normal(text);
    phrases.forEach(
        (phrase, all) -> {
          if (normal.contains(phrase)) {
            all.forEach(known -> hit.on(known, phrase));
          }
        });
    if (!windows.isEmpty() && normal.length() >= 8) {
      Words.windows(normal, firstWords::contains)
          .forEach(row -> windows.getOrDefault(row, Set.of()).forEach(known -> hit.on(known, row)));
    }
  }

  /** Every sentence that has these words in a row. */
  Set<Known> saying(String row) {
    return windows.getOrDefault(row, Set.of());
  }

  /** Prices are many and small: only what is written like one is taken for one. */
  private static boolean isWritten(Known known, String token) {
    return (known.datum() != Datum.PRICE && known.datum() != Datum.OFFERS)
        || token.indexOf('.') > 0;
  }

  /** Told of everything recognized. */
  @FunctionalInterface
  interface Hit {
    void on(Known known, String part);
  }

  /** One spelling of an amount; none for what is no amount. */
  private static Set<String> number(String token) {
    if (token.isEmpty() || token.charAt(0) < '0' || token.charAt(0) > '9') {
      return Set.of();
    }
    var currency = WITH_CURRENCY.matcher(token);
    var digits = currency.matches() ? currency.group(1) : token;
    if (!NUMBER.matcher(digits).matches()) {
      return Set.of();
    }
    var amount = new BigDecimal(digits.replace(",", "")).stripTrailingZeros();
    return amount.signum() == 0 ? Set.of() : Set.of(amount.toPlainString());
  }
}
