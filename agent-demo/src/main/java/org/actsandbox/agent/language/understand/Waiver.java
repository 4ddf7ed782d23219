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
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.language.read.MeaningSpan;
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
    SEAT("position"),
    CLASS("seatClass"),
    HOURS("departAfter,departBefore,arriveAfter,arriveBefore"),
    PRICE("maxPrice,minPrice,maxPerNight"),
    TYPE("trainType"),
    CHANGE(""),
    ROOM("roomType"),
    STARS("minStars"),
    BREAKFAST("breakfast"),
    CANCELLATION("freeCancellation"),
    NEAR("near"),
    COLOUR(""),
    BRAND("brand"),
    DELIVERY("deliverBy");

    /** The names of the slots, with commas between them. */
    private final String slots;

    Slot(String slots) {
      this.slots = slots;
    }

    /** Returns what need not be avoided any more. */
    private Set<String> avoided() {
      return switch (this) {
        case SEAT -> Set.of("window", "aisle", "middle");
        case TYPE -> Set.of("G", "D", "K");
        case CHANGE -> Set.of(TrainWish.CHANGE);
        default -> Set.of();
      };
    }
  }

  private static final String ENGLISH =
      Cues.KNOWN.inFull(
          "\\b(?:{dropped}{article} (?:%1$s){will do}|{any at all}{article} (?:%2$s){will do}"
              + "|(?:the |any |a )?(?:%1$s)(?: limit)? {does not matter})\\b");
  private static final String CHINESE =
      Cues.KNOWN.inFull(
          "(?:(?:%1$s){demand}(?:{does not matter zh}|{gone})|{any zh}(?:%2$s){demand}"
              + "|{dropped zh}(?:%1$s){demand}|{unwanted}(?:%1$s){demand}(?=了))[了吧啦]*");
  private static final String WHOLE =
      Cues.KNOWN.inFull(
          "\\b{dropped}{article} (?:%1$s)\\b(?! (?:type|class|limit|price|seat))"
              + "|(?:%1$s){gone}[了吧啦]*"
              + "|(?:{dropped zh}|{unwanted}|不(?:住|坐|订|买|想要))(?:%1$s)(?:[了吧啦]+|$)");
  private static final String TRAINS =
      "(?:train(?: ticket)?s?|tickets?|journey)|(?<![回返]程|回来)(?:火车|高铁|车)?票|火车";
  private static final String WAY_BACK = Cues.KNOWN.inFull("{way back}");
  private static final String NOT_BACK = Cues.KNOWN.inFull("{not back}");
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
        ENGLISH.formatted(values, negated) + "|" + CHINESE.formatted(chineseValues, chinese);
    return new Rule(slot, Pattern.compile(pattern), field[5].strip());
  }

  private static String words(String list) {
    return String.join("|", list.split(",", -1));
  }

  /** Reads a waiver; it is empty when the sentence drops nothing that was wished. */
  static Optional<Waiver> of(AnnotatedSentence annotated, Situation situation) {
    var text = annotated.text();
    var droppedStretches = new ArrayList<int[]>();
    var wishes = new ArrayList<Wish>();
    for (var wish : situation.wishes()) {
      if (!find(whole(wish, isWayBack(wish, situation)), text, droppedStretches)) {
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
        new Waiver(after(situation, remaining, budget), rest(annotated, droppedStretches)));
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

  private static AnnotatedSentence rest(AnnotatedSentence annotated, List<int[]> droppedStretches) {
    droppedStretches.forEach(each -> annotated.sentence().claim(each[0], each[1]));
    var marks =
        annotated.marks().stream()
            .filter(mark -> droppedStretches.stream().noneMatch(each -> overlaps(mark, each)))
            .toList();
    return new AnnotatedSentence(annotated.sentence(), marks);
  }

  private static boolean overlaps(MeaningSpan mark, int[] stretch) {
    return mark.start() < stretch[1] && stretch[0] < mark.end();
  }

  /** Returns the names of a whole wish, said to be dropped. */
  private static Pattern whole(Wish wish, boolean back) {
    var names =
        switch (wish) {
          case TrainWish _ -> back ? TRAINS + "|" + WAY_BACK : TRAINS;
          case HotelWish _ -> HOTELS;
          case ShopWish shop ->
              Pattern.quote(String.valueOf(shop.terms()).toLowerCase(Locale.ROOT)) + "s?";
        };
    var dropped = WHOLE.formatted(names);
    return Pattern.compile(back ? dropped + "|" + NOT_BACK : dropped);
  }

  /** Returns whether the journey goes back from where the first one ends. */
  private static boolean isWayBack(Wish wish, Situation situation) {
    var first = situation.wishes(TrainWish.class).findFirst();
    return wish instanceof TrainWish train
        && first.isPresent()
        && train.from() != null
        && train.from().equals(first.get().to());
  }

  private static Wish without(Wish wish, Set<Slot> slots) {
    var draft = WishDraft.of(wish);
    slots.forEach(slot -> clear(draft, slot));
    return draft.wish();
  }

  private static void clear(WishDraft draft, Slot slot) {
    List.of(slot.slots.split(",", -1)).forEach(name -> draft.set(name, null));
    if (draft instanceof TrainDraft train) {
      train.avoid.removeAll(slot.avoided());
      boolean isClosest = slot == Slot.HOURS && "closest".equals(train.sort);
      train.sort = isClosest ? null : train.sort;
    } else if (draft instanceof ShopDraft shop && slot == Slot.COLOUR) {
      shop.features.removeIf(ShopWish::isColour);
      shop.avoid.removeIf(ShopWish::isColour);
    } else if (draft instanceof ShopDraft shop && slot == Slot.BRAND) {
      shop.avoid.removeIf(KnownWords::isBrand);
    }
  }
}
