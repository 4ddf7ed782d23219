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
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.journal.SecretNames;
import org.actsandbox.sandbox.world.World;

/** Indexes the values to look for and finds them in texts. */
final class KnownValueIndex {

  /** Ours: limit of values, more than a world produces; later values are not looked for. */
  private static final int MAX_VALUES = 200_000;

  private static final int MAX_PHRASES = 400;

  /** Ours: limit of remembered texts without a value, which are a few hundred kilobytes. */
  private static final int MAX_TEXTS = 8_192;

  /** Longer texts seldom come twice. */
  private static final int MAX_TEXT_CHARS = 400;

  /** Limit of remembered names: names come from messages, so there could be very many. */
  private static final int MAX_NAMES = 4_096;

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:,\\d{3})*(?:\\.\\d{1,2})?");
  private static final Pattern WITH_CURRENCY =
      Pattern.compile("(\\d[\\d,]*(?:\\.\\d{1,2})?)(?:yuan|cny|rmb)");

  /** Names of counts, durations and positions, the numbers of which are no amounts. */
  private static final Pattern COUNTED =
      Pattern.compile(
          ".*(?:_seconds|_minutes|_days|_ms|_micros|_count|_percent|_id|_no|_at)"
              + "|limit|quantity|passengers|guests|rooms|nights|min_stars|stars|version|carriage"
              + "|available|seats_left|percent|payments|attempts|retries|max_retry_count|seq|size"
              + "|height|port|tree_size|minutes|distance_m|places|row");

  private final Map<String, Set<KnownValue>> tokens = new HashMap<>();
  private final Map<String, Set<KnownValue>> numbers = new HashMap<>();
  private final Map<String, Set<KnownValue>> phrases = new LinkedHashMap<>();
  private final Map<String, Set<KnownValue>> windows = new HashMap<>();
  private final Set<String> firstWords = new HashSet<>();
  private final Map<String, Set<KnownValue>> fields = new HashMap<>();

  /** The names in {@link #fields}. */
  private final Set<String> fieldNames = new HashSet<>();

  private final ValueSigns valueSigns = new ValueSigns();
  private final Map<String, Boolean> counted = new HashMap<>();

  /** Texts in which no value of this index is, by their field; most texts of a world come often. */
  private final Map<String, Set<String>> without = new HashMap<>();

  private int textsWithout;
  private int size;
  private boolean full;

  /** Says whether all values to look for are in the index. */
  boolean isComplete() {
    return !full;
  }

  void add(KnownValue knownValue) {
    if (size >= MAX_VALUES) {
      full = true;
      return;
    }
    switch (knownValue.match()) {
      case TOKEN -> {
        var token = knownValue.value().toLowerCase(Locale.ROOT);
        valueSigns.addToken(token);
        put(tokens, token, knownValue);
      }
      case NUMBER -> number(knownValue.value()).forEach(plain -> put(numbers, plain, knownValue));
      case PHRASE -> phrase(knownValue.value(), knownValue);
      case TOGETHER -> {
        for (var part : knownValue.value().split("\\|", -1)) {
          phrase(part, knownValue);
        }
      }
      case SENTENCE ->
          TextNormalizer.windows(knownValue.value())
              .forEach(
                  row -> {
                    firstWords.add(TextNormalizer.firstOf(row));
                    valueSigns.addRow(row);
                    put(windows, row, knownValue);
                  });
      case FIELD -> {
        fieldNames.add(knownValue.value().split("=", 2)[0]);
        put(fields, knownValue.value(), knownValue);
      }
    }
  }

  private void phrase(String text, KnownValue knownValue) {
    var normal = TextNormalizer.normalize(text);
    if (phrases.size() >= MAX_PHRASES && !phrases.containsKey(normal)) {
      full = true;
    } else if (normal.length() > 1) {
      valueSigns.addPhrase(normal);
      put(phrases, normal, knownValue);
    }
  }

  private void put(Map<String, Set<KnownValue>> index, String key, KnownValue knownValue) {
    if (index.computeIfAbsent(key, _ -> new LinkedHashSet<>(2)).add(knownValue)) {
      size++;
      without.clear();
      textsWithout = 0;
    }
  }

  /**
   * Says whether the amount identifies the value: an amount that several values share identifies
   * none of them. A budget that became the limit of a delegation is that limit.
   */
  boolean isDistinct(KnownValue knownValue) {
    return !knownValue.isNumber()
        || number(knownValue.value()).stream()
            .flatMap(plain -> numbers.getOrDefault(plain, Set.of()).stream())
            .allMatch(other -> isConfusable(knownValue, other));
  }

  private static boolean isConfusable(KnownValue knownValue, KnownValue other) {
    return Objects.equals(other.owner(), knownValue.owner())
        && !(knownValue.datum() == Datum.BUDGET && other.datum() == Datum.LIMITS);
  }

  /**
   * Finds the values in a text.
   *
   * @param matchListener receives each value with the part of it that was found, or with the words
   *     of the sentence
   */
  void findIn(TextPiece textPiece, MatchListener matchListener) {
    if (without.getOrDefault(textPiece.field(), Set.of()).contains(textPiece.text())) {
      return;
    }
    var counter = new MatchCounter(matchListener);
    search(textPiece, counter);
    if (counter.matches == 0
        && textsWithout < MAX_TEXTS
        && textPiece.text().length() <= MAX_TEXT_CHARS) {
      textsWithout++;
      without.computeIfAbsent(textPiece.field(), _ -> new HashSet<>()).add(textPiece.text());
    }
  }

  /** Counts the values that were recognized in a text. */
  private static final class MatchCounter implements MatchListener {
    private final MatchListener matchListener;
    private int matches;

    MatchCounter(MatchListener matchListener) {
      this.matchListener = matchListener;
    }

    @Override
    public void on(KnownValue knownValue, String part) {
      matches++;
      matchListener.on(knownValue, part);
    }
  }

  private void search(TextPiece textPiece, MatchListener matchListener) {
    var text = textPiece.text();
    ValuePatterns.findIn(text).forEach(knownValue -> matchListener.on(knownValue, ""));
    if (SecretNames.isPin(textPiece.field())) {
      // The value is masked in every journal, so a receiver of the field counts as having learned
      // it.
      matchListener.on(KnownValue.of(Datum.PIN, KnownValue.Match.FIELD, textPiece.field()), "");
    }
    if (text.contains(SecretMasker.PIN_MASK)) {
      tokens
          .getOrDefault(World.OPENING_PIN, Set.of())
          .forEach(knownValue -> matchListener.on(knownValue, ""));
    }
    if (fieldNames.contains(textPiece.field())) {
      fields
          .getOrDefault(textPiece.field() + "=" + text, Set.of())
          .forEach(knownValue -> matchListener.on(knownValue, ""));
    }
    findTokens(text, !isCounted(textPiece.field()), matchListener);
    if (text.length() < 2) {
      return;
    }
    var normal = TextNormalizer.normalize(text);
    if (valueSigns.mayHavePhrase(normal)) {
      phrases.forEach(
          (phrase, all) -> {
            if (normal.contains(phrase)) {
              all.forEach(knownValue -> matchListener.on(knownValue, phrase));
            }
          });
    }
    if (normal.length() >= 8 && valueSigns.mayHaveRow(normal)) {
      TextNormalizer.windows(normal, firstWords::contains)
          .forEach(
              row ->
                  windows
                      .getOrDefault(row, Set.of())
                      .forEach(knownValue -> matchListener.on(knownValue, row)));
    }
  }

  private void findTokens(String text, boolean amounts, MatchListener matchListener) {
    TextNormalizer.eachToken(
        text,
        (from, to) -> {
          boolean known = valueSigns.mayBeToken(text, from, to);
          boolean amount = amounts && mayBeAmount(text, from, to);
          if (!known && !amount) {
            return;
          }
          var token = text.substring(from, to).toLowerCase(Locale.ROOT);
          tokens
              .getOrDefault(token, Set.of())
              .forEach(knownValue -> matchListener.on(knownValue, ""));
          if (amount) {
            number(token)
                .forEach(
                    plain ->
                        numbers.getOrDefault(plain, Set.of()).stream()
                            .filter(knownValue -> isWritten(knownValue, token))
                            .forEach(knownValue -> matchListener.on(knownValue, "")));
          }
        });
  }

  private boolean isCounted(String field) {
    var known = counted.get(field);
    if (known != null) {
      return known;
    }
    boolean matches = COUNTED.matcher(field).matches();
    if (counted.size() < MAX_NAMES) {
      counted.put(field, matches);
    }
    return matches;
  }

  /** Says whether the text begins with a digit and has no letter but those of a currency. */
  private static boolean mayBeAmount(String text, int from, int to) {
    char first = text.charAt(from);
    if (first < '0' || first > '9') {
      return false;
    }
    for (int i = from + 1; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && c != ',') {
        return to - i <= 4 && Character.isLetter(c);
      }
    }
    return true;
  }

  /** Returns every sentence that contains these words in a row. */
  Set<KnownValue> findSentences(String row) {
    return windows.getOrDefault(row, Set.of());
  }

  /**
   * Says whether the token may be this amount: prices are many and small, so only a decimal number
   * counts as a price.
   */
  private static boolean isWritten(KnownValue knownValue, String token) {
    return (knownValue.datum() != Datum.PRICE && knownValue.datum() != Datum.OFFERS)
        || token.indexOf('.') > 0;
  }

  /** Is called for every value that was recognized. */
  @FunctionalInterface
  interface MatchListener {
    void on(KnownValue knownValue, String part);
  }

  /** Returns the amount in one spelling; empty for a text that is no amount. */
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
