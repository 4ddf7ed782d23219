package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.TrainNumber;
import org.actsandbox.agent.language.read.Meaning.Word;
import org.actsandbox.agent.language.text.Sentence;

/**
 * A sentence with everything that was understood in it, in order.
 *
 * @param sentence with the understood stretches claimed
 */
public record Reading(Sentence sentence, List<Mark> marks) {

  private static final Pattern TRAIN_NUMBER =
      Pattern.compile("(?<![a-z0-9])([gdkczt]\\d{1,4})(?:次)?(?![a-z0-9])");

  /** 周日回: only after a day, for 回 alone means too much. */
  private static final Pattern BACK =
      Pattern.compile("(?<=[日天一二三四五六号末午晚]|[早晚]上)(?:再|就)?[回返](?![家民忆答复])");

  private static final Pattern TONIGHT = Pattern.compile("\\btonight\\b");

  /**
   * @param today in the principal's zone
   * @param continuing whether something was said before, so that "the day after" has a base
   */
  public static Reading of(String text, LocalDate today, boolean continuing) {
    var sentence = Sentence.of(text);
    var marks = new ArrayList<Mark>();
    sentence.read(
        TRAIN_NUMBER,
        match ->
            marks.add(
                new Mark(
                    match.start(),
                    match.end(),
                    new TrainNumber(match.group(1).toUpperCase(Locale.ROOT)))));
    marks.addAll(read(sentence, today, continuing));
    Collections.sort(marks);
    return new Reading(sentence, List.copyOf(marks));
  }

  /** In this order: a reader never sees what an earlier one took. */
  private static List<Mark> read(Sentence sentence, LocalDate today, boolean continuing) {
    var marks = new ArrayList<Mark>();
    // The names come first: 三亚 is no three, 六安 no six, and West Lake no direction.
    marks.addAll(WordReader.read(sentence));
    marks.addAll(DayReader.read(sentence, today, continuing));
    marks.addAll(CostReader.read(sentence));
    marks.addAll(CountReader.read(sentence));
    marks.addAll(HourReader.read(sentence, continuing));
    sentence.read(BACK, match -> marks.add(back(match)));
    var tonight = TONIGHT.matcher(sentence.plain());
    if (tonight.find()) {
      marks.add(new Mark(tonight.start(), tonight.end(), DayPart.EVENING.hours()));
    }
    marks.addAll(WordReader.unsupported(sentence, isOfGoods(sentence, marks)));
    marks.addAll(LostPlaces.read(sentence));
    return marks;
  }

  private static final Pattern BUYING = Pattern.compile("\\b(?:buy|purchase)\\b|买|购");

  /**
   * A thing is bought and nothing speaks of a journey or a stay: a washing machine is a product.
   */
  private static boolean isOfGoods(Sentence sentence, List<Mark> marks) {
    boolean travels =
        marks.stream()
            .anyMatch(
                mark ->
                    mark.meaning() instanceof Meaning.Spot
                        || (mark.meaning() instanceof Word word
                            && (word.topic() == Topic.ROOM
                                || word.topic() == Topic.TRAINTYPE
                                || (word.topic() == Topic.KIND
                                    && !word.value().equals("foreign")))));
    boolean product =
        marks.stream()
            .anyMatch(mark -> mark.meaning() instanceof Word word && word.topic() == Topic.PRODUCT);
    return !travels && (product || BUYING.matcher(sentence.plain()).find());
  }

  private static Mark back(Matcher match) {
    var word = new Word(Topic.RETURN, "back", match.group(), false);
    return new Mark(match.start(), match.end(), word);
  }
}
