package org.actsandbox.agent.language.read;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Cost;
import org.actsandbox.agent.language.read.Meaning.ForeignCost;
import org.actsandbox.agent.language.read.Meaning.Scope;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Finds limits of cost by the rules of {@code costs.txt}. */
final class CostReader {

  private static final RuleFile RULES = RuleFile.of("costs.txt");

  private static final Pattern NUMBER = Pattern.compile(Numerals.NUMBER);

  private static final BigDecimal MAX_AMOUNT = new BigDecimal(10_000_000);

  private static final BigDecimal ABOUT_LEAST = new BigDecimal("0.8");

  private static final BigDecimal ABOUT_MOST = new BigDecimal("1.2");

  /** Two numbers without a unit are prices when the lower one is at least this. */
  private static final BigDecimal MIN_BARE_RANGE = new BigDecimal(100);

  /** Ours: a number with vague words of cost around it is a price when it is at least this. */
  private static final BigDecimal MIN_VAGUE = new BigDecimal(50);

  private final Sentence sentence;
  private final List<MeaningSpan> spans = new ArrayList<>();

  private CostReader(Sentence sentence) {
    this.sentence = sentence;
  }

  static List<MeaningSpan> read(Sentence sentence) {
    var reader = new CostReader(sentence);
    if (NUMBER.matcher(sentence.plain()).find()) {
      RULES.claim(sentence, reader::isPossible, reader::claim);
    }
    return reader.spans;
  }

  /** Returns whether the sentence has the currency or the words that the rule needs. */
  private boolean isPossible(Rule rule) {
    return rule.argument().isEmpty()
        || isBare(rule)
        || RULES.occurs(rule.argument(), sentence.plain());
  }

  private static boolean isBare(Rule rule) {
    return rule.argument().equals("bare");
  }

  private boolean claim(Rule rule, Matcher match) {
    var cost =
        switch (rule.kind()) {
          case "foreign" -> Optional.<Meaning>of(new ForeignCost(match.group().strip()));
          case "range" -> range(match);
          case "max" ->
              Numerals.parse(RuleFile.captured(match).getFirst())
                  .<Meaning>map(amount -> new Cost(yuan(amount), null, Scope.OPEN));
          default -> amount(rule, match);
        };
    cost.ifPresent(meaning -> spans.add(MeaningSpan.of(match, meaning)));
    return cost.isPresent();
  }

  private static Optional<Meaning> range(Matcher match) {
    var low = Numerals.parse(match.group("low"));
    var high = Numerals.parse(match.group("n"));
    boolean money =
        match.group("before") != null
            || match.group("yuan") != null
            || match.group("lowyuan") != null
            || match.group().contains("¥")
            || low.filter(n -> n.compareTo(MIN_BARE_RANGE) >= 0).isPresent();
    if (!money || low.isEmpty() || high.isEmpty() || low.get().compareTo(high.get()) >= 0) {
      return Optional.empty();
    }
    var scope = scope(String.valueOf(match.group("after")));
    return Optional.of(
        new Cost(yuan(high.get()), yuan(low.get()), scope == Scope.TOTAL ? Scope.OPEN : scope));
  }

  private Optional<Meaning> amount(Rule rule, Matcher match) {
    var number = Numerals.parse(match.group("n")).filter(n -> n.compareTo(MAX_AMOUNT) <= 0);
    var bound = match.group("bound");
    var scope = scope(match.group("before") + " " + match.group("after") + " " + bound);
    if (number.isEmpty()
        || isPartOfWord(match)
        || (isBare(rule) && !isCostLimit(bound, scope, number.get()))
        // No merchant can be asked for a lowest price alone: the words stay unread.
        || RULES.precedes("at least", sentence.plain(), match.start())) {
      return Optional.empty();
    }
    var amount = number.get();
    // An approximate price may be a fifth more or less.
    return Optional.of(
        RULES.occurs("about", match.group())
            ? new Cost(yuan(amount.multiply(ABOUT_MOST)), yuan(amount.multiply(ABOUT_LEAST)), scope)
            : new Cost(yuan(amount), null, scope));
  }

  /** A number that ends a name, as in bazaar88, or is the minutes of an hour, is no amount. */
  private boolean isPartOfWord(Matcher match) {
    int at = match.start("n");
    char before = at == 0 ? ' ' : sentence.plain().charAt(at - 1);
    return before == ':' || (at == match.start() && Character.isLowerCase(before));
  }

  private static Money yuan(BigDecimal amount) {
    return Money.of(amount.setScale(2, RoundingMode.HALF_UP), Money.CNY);
  }

  /**
   * Without a currency, the words around the number must be about cost, and small numbers rarely
   * are.
   */
  private static boolean isCostLimit(@Nullable String bound, Scope scope, BigDecimal amount) {
    if (bound == null || bound.isBlank() || bound.strip().matches("for|within")) {
      return scope != Scope.OPEN && amount.compareTo(MIN_VAGUE) >= 0;
    }
    return amount.compareTo(RULES.occurs("about", bound) ? MIN_VAGUE : BigDecimal.TEN) >= 0;
  }

  private static Scope scope(String words) {
    return RULES.occurs("night", words)
        ? Scope.NIGHT
        : RULES.occurs("each", words)
            ? Scope.EACH
            : RULES.occurs("total", words) ? Scope.TOTAL : Scope.OPEN;
  }
}
