package org.actsandbox.agent.language.understand;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.understand.draft.HotelDraft;
import org.actsandbox.agent.language.understand.draft.ShopDraft;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.agent.language.understand.draft.WishDraft;
import org.actsandbox.protocol.vocabulary.WordLists;
import org.jspecify.annotations.Nullable;

/**
 * Drops an earlier wish: a detail ("any seat", 价格不限) or a whole wish ("forget the hotel"). Without
 * it, the words of the detail would set it once more.
 *
 * @param situation the situation as if the principal had never wished it
 * @param rest the rest of the sentence
 */
record Waiver(Situation situation, AnnotatedSentence rest) {

  /** Names the details of wishes that can be dropped. */
  enum Slot {
    SEAT,
    CLASS,
    HOURS,
    PRICE,
    TYPE,
    CHANGE,
    ROOM,
    STARS,
    BREAKFAST,
    CANCELLATION,
    NEAR,
    COLOUR,
    BRAND,
    DELIVERY
  }

  private static final String DROPPED =
      "(?:forget(?: about)?|never mind|drop|skip|remove|leave out|take out|scratch|ignore|lift|cancel"
          + "|no need for|i(?: do not| don't| no longer)(?: really)? (?:need|want|care about)|don't (?:worry|care) about)";
  private static final String ARTICLE = "(?: (?:the|a|an|my|that|this|any|it to be|to be|it))*";
  private static final String MATTERS_NOT =
      "(?:(?:does not|doesn't|do not|don't|need not|needn't) (?:matter|be included)"
          + "|(?:is not|isn't|aren't|not) (?:that )?(?:necessary|needed|important|required|a must)"
          + "|(?:is|are) (?:open|flexible|optional|irrelevant|up to you))";
  private static final String ANY =
      "(?:any|no|without(?: any)?|not|no particular|no specific|no preference (?:for|on|about|regarding)|whatever)";
  private static final String WILL_DO =
      "(?: (?:limit|restriction|requirement|at all|will do|is fine|is ok(?:ay)?|is all right|works))*";
  private static final String DROPPED_ZH = "(?:取消|去掉|不用|不需要|不必|别管)(?:再|要|有|含|带|坐)?";
  private static final String UNWANTED_ZH = "不要(?:再)?(?:有|含|带|坐)?";
  private static final String DEMAND_ZH = "(?:的?(?:要求|限制|条件))?";
  private static final String MATTERS_NOT_ZH =
      "(?:方面)?(?:也|都|就)?(?:无所谓|随便|随意|都行|都可以|都好|不限制?|不重要|没关系|没有?(?:要求|限制)|任意|不挑|不管|不讲究)";
  private static final String ANY_ZH = "(?:不限制?|不在乎|不管|不考虑|不挑|随便|任意)(?:什么)?";
  private static final String GONE_ZH =
      "(?:就)?(?:不要了|不用了|不需要了|取消(?:了|吧)?|算了|去掉(?:了|吧)?|不订了|不买了|免了)";

  private static final String TRAINS = "(?:train(?: ticket)?s?|tickets?|journey)|(?:火车|高铁|车)?票|火车";
  private static final String HOTELS = "(?:hotels?|rooms?|accommodation)|酒店|房间|宾馆|住宿";

  /**
   * One line of {@code waivers.txt}.
   *
   * @param example a sentence that drops the detail, which runs as a test
   */
  record Rule(Slot slot, Pattern pattern, String example) {}

  static final List<Rule> RULES =
      WordLists.lines(Waiver.class, "waivers.txt").stream().map(Waiver::rule).toList();

  private static Rule rule(String line) {
    var field = line.split(" \\| ", -1);
    if (field.length != 6) {
      throw new IllegalStateException("waivers.txt: six fields expected in " + line);
    }
    var nouns = words(field[1]);
    var values = field[2].equals("-") ? nouns : nouns + "|" + words(field[2]);
    var chinese = words(field[3]);
    var chineseValues = field[4].equals("-") ? chinese : chinese + "|" + words(field[4]);
    var slot = Slot.valueOf(field[0].toUpperCase(Locale.ROOT));
    // A negated value is a wish of its own ("not in the morning"); only a place or a class is
    // simply dropped.
    var negated = slot == Slot.NEAR || slot == Slot.CLASS ? values : nouns;
    var pattern =
        "\\b(?:%s%s (?:%s)%s|%s%s (?:%s)%s|(?:the |any |a )?(?:%s)(?: limit)? %s)\\b"
                .formatted(
                    DROPPED,
                    ARTICLE,
                    values,
                    WILL_DO,
                    ANY,
                    ARTICLE,
                    negated,
                    WILL_DO,
                    values,
                    MATTERS_NOT)
            + "|(?:(?:%s)%s(?:%s|%s)|%s(?:%s)%s|%s(?:%s)%s|%s(?:%s)%s(?=了))[了吧啦]*"
                .formatted(
                    chineseValues,
                    DEMAND_ZH,
                    MATTERS_NOT_ZH,
                    GONE_ZH,
                    ANY_ZH,
                    chinese,
                    DEMAND_ZH,
                    DROPPED_ZH,
                    chineseValues,
                    DEMAND_ZH,
                    UNWANTED_ZH,
                    chineseValues,
                    DEMAND_ZH);
    return new Rule(slot, Pattern.compile(pattern), field[5].strip());
  }

  private static String words(String list) {
    return String.join("|", list.split(",", -1));
  }

  /** Reads a waiver; it is empty when the sentence drops nothing that was wished. */
  static Optional<Waiver> of(AnnotatedSentence annotatedSentence, Situation situation) {
    var text = annotatedSentence.sentence().plain();
    var droppedStretches = new ArrayList<int[]>();
    var wishes = new ArrayList<Wish>();
    for (var wish : situation.wishes()) {
      if (!find(whole(wish), text, droppedStretches)) {
        wishes.add(wish);
      }
    }
    var slots = EnumSet.noneOf(Slot.class);
    for (var rule : RULES) {
      if (find(rule.pattern(), text, droppedStretches)) {
        slots.add(rule.slot());
      }
    }
    if (droppedStretches.isEmpty()) {
      return Optional.empty();
    }
    var remaining = wishes.stream().map(wish -> without(wish, slots)).toList();
    var budget = slots.contains(Slot.PRICE) ? null : situation.budget();
    return Optional.of(
        new Waiver(after(situation, remaining, budget), rest(annotatedSentence, droppedStretches)));
  }

  private static Situation after(
      Situation situation, List<Wish> remaining, @Nullable Budget budget) {
    return situation
        .withUnderstood(remaining, budget, situation.asked())
        .withOffers(situation.offers());
  }

  private static boolean find(Pattern pattern, String text, List<int[]> droppedStretches) {
    var matcher = pattern.matcher(text);
    boolean found = false;
    while (matcher.find()) {
      found = true;
      droppedStretches.add(new int[] {matcher.start(), matcher.end()});
    }
    return found;
  }

  private static AnnotatedSentence rest(
      AnnotatedSentence annotatedSentence, List<int[]> droppedStretches) {
    droppedStretches.forEach(each -> annotatedSentence.sentence().claim(each[0], each[1]));
    var marks =
        annotatedSentence.marks().stream()
            .filter(mark -> droppedStretches.stream().noneMatch(each -> overlaps(mark, each)))
            .toList();
    return new AnnotatedSentence(annotatedSentence.sentence(), marks);
  }

  private static boolean overlaps(MeaningSpan mark, int[] stretch) {
    return mark.start() < stretch[1] && stretch[0] < mark.end();
  }

  /** Returns the names of a whole wish, said to be dropped. */
  private static Pattern whole(Wish wish) {
    var names =
        switch (wish) {
          case TrainWish _ -> TRAINS;
          case HotelWish _ -> HOTELS;
          case ShopWish shop ->
              Pattern.quote(String.valueOf(shop.terms()).toLowerCase(Locale.ROOT)) + "s?";
        };
    return Pattern.compile(
        "\\b%s%s (?:%s)\\b(?! (?:type|class|limit|price|seat))".formatted(DROPPED, ARTICLE, names)
            + "|(?:%s)%s[了吧啦]*|(?:%s|%s|不(?:住|坐|订|买|想要))(?:%s)(?:[了吧啦]+|$)"
                .formatted(names, GONE_ZH, DROPPED_ZH, UNWANTED_ZH, names));
  }

  private static Wish without(Wish wish, Set<Slot> slots) {
    var draft = WishDraft.of(wish);
    slots.forEach(slot -> clear(draft, slot));
    return draft.wish();
  }

  private static void clear(WishDraft draft, Slot slot) {
    switch (draft) {
      case TrainDraft train -> clear(train, slot);
      case HotelDraft hotel -> clear(hotel, slot);
      case ShopDraft shop -> clear(shop, slot);
    }
  }

  private static void clear(TrainDraft train, Slot slot) {
    switch (slot) {
      case SEAT -> {
        train.position = null;
        train.avoid.removeAll(Set.of("window", "aisle", "middle"));
      }
      case CLASS -> train.seatClass = null;
      case HOURS -> {
        train.departAfter = null;
        train.departBefore = null;
        train.arriveAfter = null;
        train.arriveBefore = null;
        train.sort = "closest".equals(train.sort) ? null : train.sort;
      }
      case PRICE -> train.maxPrice = null;
      case TYPE -> {
        train.trainType = null;
        train.avoid.removeAll(Set.of("G", "D", "K"));
      }
      case CHANGE -> train.avoid.remove(TrainWish.CHANGE);
      default -> {}
    }
  }

  private static void clear(HotelDraft hotel, Slot slot) {
    switch (slot) {
      case PRICE -> hotel.maxPerNight = null;
      case ROOM -> hotel.roomType = null;
      case STARS -> hotel.minStars = null;
      case BREAKFAST -> hotel.breakfast = null;
      case CANCELLATION -> hotel.freeCancellation = null;
      case NEAR -> hotel.near = null;
      default -> {}
    }
  }

  private static void clear(ShopDraft shop, Slot slot) {
    switch (slot) {
      case PRICE -> {
        shop.maxPrice = null;
        shop.minPrice = null;
      }
      case COLOUR -> {
        shop.features.removeIf(ShopWish::isColour);
        shop.avoid.removeIf(ShopWish::isColour);
      }
      case BRAND -> shop.brand = null;
      case DELIVERY -> shop.deliverBy = null;
      default -> {}
    }
  }
}
