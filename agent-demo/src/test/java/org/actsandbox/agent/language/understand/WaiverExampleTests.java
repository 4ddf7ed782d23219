package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the example of every waiver against wishes in which every slot is filled. */
class WaiverExampleTests {

  private static final Situation START =
      Situation.start(
          ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]"),
          InterpreterProfile.of("Hangzhou"));

  static final List<Wish> ALL_SLOTS =
      List.of(
          new TrainWish(
              "Hangzhou",
              "Shanghai",
              LocalDate.of(2026, 11, 26),
              null,
              LocalTime.of(9, 0),
              null,
              null,
              null,
              "first",
              "window",
              List.of("change"),
              1,
              "G",
              null,
              null,
              "90.00",
              null),
          new HotelWish(
              "Shanghai",
              "station",
              LocalDate.of(2026, 11, 26),
              2,
              1,
              1,
              4,
              true,
              true,
              null,
              "500.00",
              "twin",
              null),
          new ShopWish(
              "phone charger",
              "electronics",
              "Acme",
              List.of("black"),
              1,
              "100.00",
              LocalDate.of(2026, 12, 1),
              null,
              List.of(),
              null,
              null));

  private static final Map<Waiver.Slot, String> IN_COMPACT =
      Map.ofEntries(
          Map.entry(Waiver.Slot.SEAT, "seat=.*"),
          Map.entry(Waiver.Slot.CLASS, "class=.*"),
          Map.entry(Waiver.Slot.HOURS, "dep=.*"),
          Map.entry(Waiver.Slot.PRICE, "max=.*"),
          Map.entry(Waiver.Slot.TYPE, "type=.*"),
          Map.entry(Waiver.Slot.CHANGE, "avoid=change"),
          Map.entry(Waiver.Slot.ROOM, "room=.*"),
          Map.entry(Waiver.Slot.STARS, "stars=.*"),
          Map.entry(Waiver.Slot.BREAKFAST, "breakfast"),
          Map.entry(Waiver.Slot.CANCELLATION, "cancellable"),
          Map.entry(Waiver.Slot.NEAR, "near=.*"),
          Map.entry(Waiver.Slot.COLOUR, "with=.*"),
          Map.entry(Waiver.Slot.BRAND, "brand=.*"),
          Map.entry(Waiver.Slot.DELIVERY, "by=.*"));

  private final RuleBasedInterpreter interpreter = new RuleBasedInterpreter();

  static List<Waiver.Rule> waivers() {
    return Waiver.RULES;
  }

  @ParameterizedTest
  @MethodSource("waivers")
  void dropsTheWaivedDetailAndNothingElse(Waiver.Rule rule) {
    var before =
        ALL_SLOTS.stream()
            .map(CompactInterpretation::of)
            .flatMap(wish -> Stream.of(wish.split(" ", -1)))
            .toList();
    var understood =
        interpreter.interpret(rule.example(), START.withUnderstood(ALL_SLOTS, null, List.of()));
    var after = List.of(CompactInterpretation.of(understood).split(" ", -1));

    assertThat(understood).isInstanceOf(Interpretation.Wishes.class);
    assertThat(before.stream().filter(word -> !after.contains(word)))
        .isNotEmpty()
        .allMatch(word -> word.matches(IN_COMPACT.get(rule.slot())));
    assertThat(((Interpretation.Wishes) understood).remarks()).isEmpty();
  }
}
