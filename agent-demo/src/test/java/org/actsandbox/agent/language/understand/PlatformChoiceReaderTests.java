package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.PlatformName;
import org.actsandbox.agent.language.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformChoiceReaderTests {

  private static final Situation SITUATION =
      Situation.start(
              ZonedDateTime.of(2026, 11, 27, 18, 0, 0, 0, ZoneId.of("Asia/Shanghai")),
              new InterpreterProfile("Hangzhou", null, 1, Lang.EN, true))
          .withPlatforms(
              List.of(
                  name("raileast", "RailEast", "东方铁路"),
                  name("gotrip-rail", "GoTrip Rail", "顺途火车票"),
                  name("gotrip-hotels", "GoTrip Hotels", "顺途酒店"),
                  name("mine", "Corner Shop", "街角小店"),
                  name("shanghai-goods", "Shanghai", "上海")),
              null);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not on RailEast: a train to Shanghai tomorrow | [] | [raileast]
          a train to Shanghai tomorrow, anything but rail east | [] | [raileast]
          明天去上海，除了东方铁路 | [] | [raileast]
          明天去上海，不在顺途和东方铁路买 | [] | [raileast, gotrip-rail, gotrip-hotels]
          明天去上海，东方铁路除外 | [] | [raileast]
          only on GoTrip, to Shanghai tomorrow | [gotrip-rail, gotrip-hotels] | []
          a charger from Corner Shop | [mine] | []
          在街角小店买个充电宝 | [mine] | []
          """)
  void namesOfTheWorldAreChosen(String sentence, String only, String except) {
    var choice = PlatformChoiceReader.choice(sentence, SITUATION);

    assertThat(choice.only()).hasToString(only);
    assertThat(choice.except()).hasToString(except);
  }

  @Test
  void aPlaceIsNoPlatform() {
    assertThat(PlatformChoiceReader.choice("a train from Shanghai to Nanjing tomorrow", SITUATION))
        .isEqualTo(PlatformChoice.ALL);
  }

  @Test
  void theChoiceHoldsUntilAllAreWanted() {
    var later =
        SITUATION.withPlatforms(
            SITUATION.platforms(), new PlatformChoice(List.of(), List.of("raileast")));

    assertThat(PlatformChoiceReader.choice("the day after", later).except())
        .containsExactly("raileast");
    assertThat(PlatformChoiceReader.choice("any platform is fine", later))
        .isEqualTo(PlatformChoice.ALL);
  }

  @Test
  void theWordsAreNoPartOfTheWish() {
    var wishes =
        (Interpretation.Wishes)
            new RuleBasedInterpreter()
                .interpret("a phone charger, not from Corner Shop", SITUATION);

    assertThat(wishes.remarks()).isEmpty();
    assertThat(wishes.wishes()).hasSize(1);
  }

  @Test
  void aLaterPurchaseAsksAboutThem() {
    var open =
        new RuleBasedInterpreter()
            .interpret(
                "buy a phone charger once it costs less than 40 yuan, not from RailEast, until December 5",
                SITUATION);

    assertThat(open).isInstanceOf(Interpretation.Question.class);
  }

  @Test
  void onlyNarrowsTheKindsThatItNames() {
    var choice = new PlatformChoice(List.of("raileast"), List.of());

    assertThat(choice.allows("gotrip-rail", List.of("raileast", "gotrip-rail"))).isFalse();
    assertThat(choice.allows("gotrip-hotels", List.of("gotrip-hotels"))).isTrue();
  }

  private static PlatformName name(String id, String english, String chinese) {
    return new PlatformName(id, List.of(id, english, chinese));
  }
}
