package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Transliterator;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation.Question;
import org.actsandbox.agent.language.Interpretation.Wishes;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.ChineseCharacters;
import org.actsandbox.protocol.vocabulary.Gazetteer;
import org.actsandbox.protocol.vocabulary.GoodsVocabulary;
import org.actsandbox.protocol.vocabulary.NamedPlace;
import org.junit.jupiter.api.Test;

/** Tests that the agent understands what merchants sell, by each name in both languages. */
class SharedVocabularyTests {

  private static final Situation START =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Lhasa"));

  private static final Transliterator TO_TRADITIONAL =
      Transliterator.getInstance("Simplified-Traditional");
  private static final Transliterator TO_SIMPLIFIED =
      Transliterator.getInstance("Traditional-Simplified");

  private final RuleBasedInterpreter interpreter = new RuleBasedInterpreter();

  @Test
  void aTrainGoesToEachCityAndStation() {
    var lost = new ArrayList<String>();
    for (var place : Gazetteer.places()) {
      if (place.kind() != NamedPlace.Kind.LANDMARK && !place.city().equals("Lhasa")) {
        var said = said(place);
        addLost(
            "买一张明天去%s的火车票".formatted(said.zh()),
            "a train to %s tomorrow".formatted(said.en()),
            wish -> wish instanceof TrainWish train && wireName(place).equals(train.to()),
            lost);
      }
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void aHotelIsNearEachStationAndLandmark() {
    var lost = new ArrayList<String>();
    for (var place : Gazetteer.places()) {
      if (place.kind() != NamedPlace.Kind.CITY) {
        var said = said(place);
        var city = city(place.city());
        addLost(
            "明天在%s的%s附近住一晚酒店".formatted(city.zh(), said.zh()),
            "a hotel in %s near %s tomorrow for one night".formatted(city.en(), said.en()),
            wish ->
                wish instanceof HotelWish hotel
                    && city.en().equals(hotel.city())
                    && wireName(place).equals(hotel.near()),
            lost);
      }
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void goodsAreBoughtByEachOfTheirNames() {
    var lost = new ArrayList<String>();
    for (var kind : GoodsVocabulary.kinds()) {
      for (var name : kind.sentenceNames()) {
        boolean chinese = ChineseCharacters.isHan(name.charAt(0));
        var sentence = chinese ? "帮我买一个" + name : "buy a " + name;
        var spellings =
            chinese ? List.of(sentence, TO_TRADITIONAL.transliterate(sentence)) : List.of(sentence);
        addLost(spellings, wish -> wish instanceof ShopWish shop && shop.category() != null, lost);
      }
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void traditionalCharactersBecomeWhatIcuMakesOfThem() {
    for (char c = 0x3400; c <= 0x9FFF; c++) {
      var simple = TO_SIMPLIFIED.transliterate(String.valueOf(c));
      assertThat(ChineseCharacters.simplified(c))
          .isEqualTo(simple.length() == 1 ? simple.charAt(0) : c);
    }
  }

  private void addLost(String chinese, String english, Predicate<Wish> meant, List<String> lost) {
    addLost(List.of(chinese, TO_TRADITIONAL.transliterate(chinese), english), meant, lost);
  }

  private void addLost(List<String> sentences, Predicate<Wish> meant, List<String> lost) {
    for (var sentence : sentences) {
      var interpretation = interpreter.interpret(sentence, START);
      boolean understood =
          switch (interpretation) {
            case Wishes said -> said.wishes().stream().anyMatch(meant);
            // Two cities are called Taizhou in English, so the agent asks which one is meant.
            case Question asked ->
                asked.gaps().stream().allMatch(gap -> gap.reason() == Reason.AMBIGUOUS);
            default -> false;
          };
      if (!understood) {
        lost.add(sentence + " -> " + interpretation);
      }
    }
  }

  /** Returns the name as it is said; a station needs the word, or its city is meant. */
  private static Text said(NamedPlace place) {
    return place.kind() == NamedPlace.Kind.STATION
        ? new Text(place.name().en() + " railway station", place.name().zh() + "站")
        : place.name();
  }

  private static String wireName(NamedPlace place) {
    return new Place(Place.Type.valueOf(place.kind().name()), place.name(), place.city())
        .wireName();
  }

  private static Text city(String english) {
    return Gazetteer.places().stream()
        .filter(place -> place.kind() == NamedPlace.Kind.CITY && place.city().equals(english))
        .map(NamedPlace::name)
        .findFirst()
        .orElseThrow();
  }
}
