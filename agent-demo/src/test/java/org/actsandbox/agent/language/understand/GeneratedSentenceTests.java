package org.actsandbox.agent.language.understand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.Interpretation.Wishes;
import org.actsandbox.agent.language.InterpreterProfile;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.TrainWish;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests sentences that a seed composes from parts: the interpretation holds the same parts. */
class GeneratedSentenceTests {

  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-25T10:00:00+08:00[Asia/Shanghai]");

  private record Name(String en, String zh) {}

  private static final List<Name> PLACES =
      List.of(
          new Name("Beijing South", "北京南"),
          new Name("Nanjing", "南京"),
          new Name("Xi'an", "西安"),
          new Name("Shanghai Hongqiao", "上海虹桥"),
          new Name("Suzhou", "苏州"),
          new Name("Lu'an", "六安"),
          new Name("Guangzhou South", "广州南"),
          new Name("Xiamen North", "厦门北"),
          new Name("Ningbo", "宁波"),
          new Name("Chengdu East", "成都东"),
          new Name("Sanya", "三亚"),
          new Name("Wuhan", "武汉"));

  private static final List<Name> CLASSES =
      List.of(
          new Name("second class", "二等座"),
          new Name("first class", "一等座"),
          new Name("business class", "商务座"));

  private static final List<Name> SEATS =
      List.of(new Name("window", "靠窗"), new Name("aisle", "靠过道"), new Name("middle", "中间座位"));

  private static final String[] CHINESE_NUMBERS = {"", "一", "两", "三", "四", "五", "六", "七", "八", "九"};

  private final RuleBasedInterpreter ruleBasedInterpreter = new RuleBasedInterpreter();

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Wishes wishes(String sentence) {
    var understood =
        ruleBasedInterpreter.interpret(
            sentence, Situation.start(NOW, InterpreterProfile.of("Hangzhou")));
    assertThat(understood).as(sentence).isInstanceOf(Wishes.class);
    return (Wishes) understood;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void trains(long seed) {
    var random = new Random(seed);
    boolean zh = random.nextBoolean();
    var from = pick(PLACES, random);
    var to = pick(PLACES.stream().filter(p -> !p.equals(from)).toList(), random);
    var day = LocalDate.of(2026, 11, 26).plusDays(random.nextInt(60));
    int hour = 6 + random.nextInt(15);
    int people = 2 + random.nextInt(6);
    int kind = random.nextInt(3);
    int seat = random.nextInt(3);
    int price = 50 + random.nextInt(900);
    var sentence =
        zh
            ? "%s从%s到%s，%d点以后出发，%s张%s票，%s，每张不超过%d元"
                .formatted(
                    day(day, true, random),
                    from.zh(),
                    to.zh(),
                    hour,
                    CHINESE_NUMBERS[people],
                    CLASSES.get(kind).zh(),
                    SEATS.get(seat).zh(),
                    price)
            : "%d %s tickets from %s to %s on %s, leaving after %d:00, %s seats, under %d yuan each"
                .formatted(
                    people,
                    CLASSES.get(kind).en(),
                    from.en(),
                    to.en(),
                    day(day, false, random),
                    hour,
                    SEATS.get(seat).en(),
                    price);

    var wishes = wishes(sentence).wishes();

    assertThat(wishes).as(sentence).hasSize(1);
    var train = (TrainWish) wishes.getFirst();
    assertThat(train.from()).as(sentence).isEqualTo(from.en());
    assertThat(train.to()).as(sentence).isEqualTo(to.en());
    assertThat(train.date()).as(sentence).isEqualTo(day);
    assertThat(train.departAfter()).as(sentence).isEqualTo(LocalTime.of(hour, 0));
    assertThat(train.passengers()).as(sentence).isEqualTo(people);
    assertThat(train.seatClass())
        .as(sentence)
        .isEqualTo(List.of("second", "first", "business").get(kind));
    assertThat(train.position())
        .as(sentence)
        .isEqualTo(List.of("window", "aisle", "middle").get(seat));
    assertThat(train.maxPrice()).as(sentence).isEqualTo(price + ".00");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hotels(long seed) {
    var random = new Random(seed);
    boolean zh = random.nextBoolean();
    var city =
        pick(
            List.of(
                new Name("Beijing", "北京"),
                new Name("Suzhou", "苏州"),
                new Name("Chengdu", "成都"),
                new Name("Sanya", "三亚")),
            random);
    var day = LocalDate.of(2026, 11, 26).plusDays(random.nextInt(60));
    int nights = 1 + random.nextInt(9);
    int guests = 1 + random.nextInt(4);
    int stars = 3 + random.nextInt(3);
    int price = 200 + random.nextInt(900);
    var sentence =
        zh
            ? "%s入住%s的%s星级酒店，住%s晚，%d个人，含早餐，每晚%d元以内"
                .formatted(
                    day(day, true, random),
                    city.zh(),
                    CHINESE_NUMBERS[stars],
                    CHINESE_NUMBERS[nights],
                    guests,
                    price)
            : "a %d-star hotel in %s from %s for %d nights for %d people with breakfast, at most %d yuan per night"
                .formatted(stars, city.en(), day(day, false, random), nights, guests, price);

    var wishes = wishes(sentence).wishes();

    assertThat(wishes).as(sentence).hasSize(1);
    var hotel = (HotelWish) wishes.getFirst();
    assertThat(hotel.city()).as(sentence).isEqualTo(city.en());
    assertThat(hotel.checkIn()).as(sentence).isEqualTo(day);
    assertThat(hotel.nights()).as(sentence).isEqualTo(nights);
    assertThat(hotel.guests()).as(sentence).isEqualTo(guests);
    assertThat(hotel.minStars()).as(sentence).isEqualTo(stars);
    assertThat(hotel.breakfast()).as(sentence).isTrue();
    assertThat(hotel.maxPerNight()).as(sentence).isEqualTo(price + ".00");
  }

  /** Writes a day in one of several ways. */
  private static String day(LocalDate day, boolean zh, Random random) {
    int month = day.getMonthValue();
    int number = day.getDayOfMonth();
    var name = day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    if (zh) {
      return switch (random.nextInt(3)) {
        case 0 -> month + "月" + number + "日";
        case 1 -> month + "月" + number + "号";
        default -> day.getYear() + "-" + month + "-" + number;
      };
    }
    return switch (random.nextInt(4)) {
      case 0 -> name + " " + number;
      case 1 -> number + " " + name.substring(0, 3);
      case 2 -> name.substring(0, 3) + " " + number + ", " + day.getYear();
      default -> day.toString();
    };
  }
}
