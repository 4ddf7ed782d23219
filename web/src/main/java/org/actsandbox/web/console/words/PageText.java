package org.actsandbox.web.console.words;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * Formats messages, amounts and times in one reader's language; templates know it as {@code words}.
 */
public final class PageText {

  /** Half a year: within it, a day and a month say which year is meant. */
  private static final Duration WITHOUT_YEAR = Duration.ofDays(182);

  private final MessageSource messages;
  private final Locale locale;
  private final ZoneId zone;
  private final Supplier<Optional<World>> world;

  /** Makes texts of a page that belongs to no world. */
  public PageText(MessageSource messages, Locale locale, ZoneId zone) {
    this(messages, locale, zone, Optional::empty);
  }

  /**
   * @param world the world whose merchants from outside are called by their names
   */
  public PageText(
      MessageSource messages, Locale locale, ZoneId zone, Supplier<Optional<World>> world) {
    this.messages = messages;
    this.locale = locale;
    this.zone = zone;
    this.world = world;
  }

  /** Returns a participant's name by its DID; the last part of the DID for an unknown one. */
  public String participant(String did) {
    return text(participantName(did));
  }

  /** Returns the names of participants in one line. */
  public String participants(Collection<String> dids) {
    return texts(dids.stream().map(this::participantName).toList());
  }

  public Text participantName(String did) {
    return world
        .get()
        .flatMap(known -> ParticipantNames.ofMerchantOutside(known, did))
        .orElseGet(() -> ParticipantNames.of(did));
  }

  public Locale locale() {
    return locale;
  }

  /** Returns {@code en} or {@code zh}. */
  public String lang() {
    return locale.getLanguage();
  }

  /**
   * Returns a message of the bundles.
   *
   * @throws org.springframework.context.NoSuchMessageException if the bundles do not have the key
   */
  public String say(String key, Object... args) {
    return messages.getMessage(key, args, locale);
  }

  /** Returns a message in the other language, for readers who cannot read the chosen one. */
  public String sayInOtherLanguage(String key) {
    return messages.getMessage(key, null, lang().equals("zh") ? Locale.ENGLISH : Locale.CHINESE);
  }

  /**
   * Returns a message, or {@code other} if the bundles do not have the key, which can end with a
   * code that the console does not know.
   */
  public String sayOr(String key, String other, Object... args) {
    var found = messages.getMessage(key, args, null, locale);
    return found == null ? other : found;
  }

  /**
   * Returns a sentence that the server says to programs in the reader's language; the English one
   * if {@link #knows} says that there is no other.
   */
  public String served(@Nullable String english) {
    var said = english == null ? "" : english;
    return ServedSentences.find(lang(), said).orElse(said);
  }

  /** Returns whether a sentence of the server can be said in the reader's language. */
  public boolean knows(@Nullable String english) {
    return english == null || ServedSentences.find(lang(), english).isPresent();
  }

  /** Returns what was expected of a world's end, with the words around its values translated. */
  public String expectation(String english) {
    return ExpectationText.of(this, english);
  }

  /** Translates the {@code expected} of a refusal, which says what would have been allowed. */
  public String bound(String english) {
    return sentence(served(english));
  }

  public String text(@Nullable Text text) {
    return text == null ? "" : text.in(lang());
  }

  /** Returns a service's sentence, its days and amounts as everywhere in the console. */
  public String sentence(Text text) {
    return sentence(text(text));
  }

  /** Formats a service's sentence that is in the reader's language already. */
  public String sentence(String said) {
    return SentenceFormats.apply(this, said);
  }

  /** Returns what an agent said, without the addresses that {@link #pages} links. */
  public String said(String said) {
    return sentence(PaymentPageAddress.without(said));
  }

  /** Returns the paths of the pages in what an agent said on which the principal decides. */
  public List<String> pages(String said) {
    return PaymentPageAddress.paths(said);
  }

  public String texts(List<Text> texts) {
    return texts.stream().map(this::text).collect(Collectors.joining(" · "));
  }

  /**
   * Returns the sentence of a rule or of one of its statements.
   *
   * @param citation a rule’s number, with or without a statement’s letter
   * @return empty if ACT has no such rule
   */
  public String rule(String citation) {
    return ActRule.cited(citation)
        .map(
            rule ->
                rule.statements().stream()
                    .filter(each -> rule.citation(each).equals(citation))
                    .findFirst()
                    .map(each -> each.text(lang()))
                    .orElseGet(() -> rule.meaning(lang())))
        .orElse("");
  }

  /** Returns the address of the cited rule; empty if ACT has no such rule. */
  public String ruleUrl(String citation) {
    return ActRule.cited(citation).map(ActRule::url).orElse("");
  }

  /** Returns a component’s title; empty if ACT has no such component. */
  public String component(String code) {
    return ActComponent.find(code).map(each -> each.title(lang())).orElse("");
  }

  /** Returns the address of a component's rules; empty if ACT has no such component. */
  public String componentUrl(String code) {
    return ActComponent.find(code).map(ActComponent::url).orElse("");
  }

  /** Formats an amount, {@code ¥87.50}; a minus sign stands before the currency. */
  public String amount(@Nullable String decimal, @Nullable String currency) {
    if (decimal == null) {
      return "–";
    }
    var negative = decimal.startsWith("-");
    return (negative ? "−" : "")
        + symbol(currency)
        + grouped(negative ? decimal.substring(1) : decimal);
  }

  public String yuan(@Nullable String decimal) {
    return amount(decimal, "CNY");
  }

  private static String symbol(@Nullable String currency) {
    if (currency == null || currency.equals("CNY")) {
      return "¥";
    }
    return currency + " ";
  }

  private static String grouped(String decimal) {
    try {
      return "%,.2f".formatted(new BigDecimal(decimal).setScale(2, RoundingMode.HALF_UP));
    } catch (NumberFormatException foreign) {
      return decimal;
    }
  }

  /** Formats a time, {@code 09:14}; empty for null. */
  public String time(@Nullable Instant at) {
    return at == null ? "" : format(at, say("format.time"));
  }

  /** Formats a time with seconds, {@code 09:14:05}; empty for null. */
  public String seconds(@Nullable Instant at) {
    return at == null ? "" : format(at, say("format.seconds"));
  }

  /** Formats a day and time, {@code Mon 16 Mar 09:14}; empty for null. */
  public String moment(@Nullable Instant at) {
    return at == null ? "" : format(at, momentPattern(at));
  }

  /** Formats a day and time with seconds, {@code Mon 16 Mar 09:14:05}. */
  public String exactMoment(Instant at) {
    return format(at, momentPattern(at) + ":ss");
  }

  /** A moment that is far from the world's clock is written with its year. */
  private String momentPattern(Instant at) {
    var far =
        world
            .get()
            .map(known -> Duration.between(at, known.clock().instant()).abs())
            .filter(distance -> distance.compareTo(WITHOUT_YEAR) > 0);
    return far.isPresent() ? say("format.moment.year") : say("format.moment");
  }

  public String moment(@Nullable OffsetDateTime at) {
    return at == null ? "" : moment(at.toInstant());
  }

  public String time(@Nullable OffsetDateTime at) {
    return at == null ? "" : DateTimeFormatter.ofPattern(say("format.time"), locale).format(at);
  }

  public String day(@Nullable OffsetDateTime at) {
    return at == null ? "" : day(at.toLocalDate());
  }

  public String day(@Nullable LocalDate day) {
    return day == null ? "" : DateTimeFormatter.ofPattern(say("format.day"), locale).format(day);
  }

  /** Formats a duration in minutes, {@code 1 h 12 min}. */
  public String minutes(long minutes) {
    var span = Duration.ofMinutes(minutes);
    return span.toHours() == 0
        ? say("format.minutes", span.toMinutes())
        : say("format.hours", span.toHours(), span.toMinutesPart());
  }

  /**
   * Formats a duration as {@code 20 days}, {@code 3 d 4 h} or {@code 5 h 10 min}: shorter durations
   * are shown more exactly.
   */
  public String span(Duration span) {
    if (span.toDays() >= 14) {
      return say("format.days", span.toDays());
    }
    return span.toDays() >= 2
        ? say("format.daysHours", span.toDays(), span.toHoursPart())
        : minutes(span.toMinutes());
  }

  private String format(Instant at, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, locale).withZone(zone).format(at);
  }
}
