package org.actsandbox.merchants.train.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.actsandbox.merchants.PlaceSpellings;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.Gazetteer;
import org.actsandbox.protocol.vocabulary.NamedPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the timetable is plausible. */
class TimetableTests {

  private final Timetable timetable = Timetable.shared();

  @Test
  void hasEnoughStationsAndTrains() {
    assertThat(timetable.stationDirectory().stations()).hasSizeGreaterThanOrEqualTo(45);
    assertThat(timetable.trains()).hasSizeGreaterThanOrEqualTo(330);
    assertThat(timetable.trains()).extracting(Train::type).contains(TrainType.values());
  }

  @Test
  void everyStationHasNamesInBothLanguagesAndIsServed() {
    var served = new HashSet<Station>();
    timetable.trains().forEach(t -> t.stops().forEach(s -> served.add(s.station())));
    for (var station : timetable.stationDirectory().stations()) {
      assertThat(station.code()).matches("[A-Z]{3}");
      for (Text name : List.of(station.name(), station.city())) {
        assertThat(name.zh()).matches("\\p{IsHan}+");
        assertThat(name.en()).matches("[A-Z][A-Za-z' ]+");
      }
    }
    assertThat(served).containsAll(timetable.stationDirectory().stations());
  }

  @Test
  void timesAndKilometresOnlyGrowAlongATrain() {
    for (var train : timetable.trains()) {
      var stops = train.stops();
      for (int i = 1; i < stops.size(); i++) {
        var before = stops.get(i - 1);
        assertThat(stops.get(i).arrive()).as(train.number()).isGreaterThan(before.depart());
        assertThat(stops.get(i).depart()).isGreaterThanOrEqualTo(stops.get(i).arrive());
        assertThat(stops.get(i).km()).isGreaterThan(before.km());
      }
      assertThat(stops).extracting(Train.Stop::station).doesNotHaveDuplicates();
    }
  }

  @Test
  void speedsAreThoseOfTheTrainType() {
    for (var train : timetable.trains()) {
      double hours = (train.last().arrive() - train.first().depart()) / 60.0;
      double speed = train.last().km() / hours;
      assertThat(speed)
          .as("average of " + train.number())
          .isBetween(train.type() == TrainType.K ? 45.0 : 85.0, train.type().speed * 1.0);
    }
  }

  @Test
  void linesAreSymmetric() {
    var balance = new HashMap<String, Integer>();
    for (var train : timetable.trains()) {
      var a = train.first().station().code();
      var b = train.last().station().code();
      balance.merge(a + b, 1, Integer::sum);
      balance.merge(b + a, -1, Integer::sum);
    }
    assertThat(balance.values()).containsOnly(0);
  }

  @Test
  void onlyKTrainsTravelThroughTheNightAndSomeArriveAfterMidnight() {
    for (var train : timetable.trains()) {
      if (train.type() != TrainType.K) {
        assertThat(train.last().arrive()).as(train.number()).isLessThan(Ride.DAY);
        assertThat(train.first().depart()).isGreaterThanOrEqualTo(6 * 60);
      }
    }
    assertThat(timetable.trains()).anyMatch(t -> t.last().arrive() > Ride.DAY);
  }

  @Test
  void everyCityCanBeReachedFromEveryOther() {
    var next = new HashMap<Text, HashSet<Text>>();
    for (var train : timetable.trains()) {
      for (int i = 1; i < train.stops().size(); i++) {
        next.computeIfAbsent(train.stops().get(i - 1).station().city(), _ -> new HashSet<>())
            .add(train.stops().get(i).station().city());
      }
    }
    for (var start : timetable.stationDirectory().cities()) {
      var seen = new HashSet<>(List.of(start.name()));
      var queue = new ArrayDeque<>(List.of(start.name()));
      while (!queue.isEmpty()) {
        for (var city : next.getOrDefault(queue.remove(), new HashSet<>())) {
          if (seen.add(city)) {
            queue.add(city);
          }
        }
      }
      assertThat(seen).hasSameSizeAs(timetable.stationDirectory().cities());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Hangzhou, Shanghai, 12",
    "杭州东, 上海虹桥, 8",
    "Hangzhou East, Shanghai, 8",
    "Beijing, Shanghai, 3",
    "Guangzhou, Shenzhen, 3",
    "Chengdu, Chongqing, 3"
  })
  void earlyTrainsAreFrequentOnTheBusyLines(String from, String to, int least) {
    var early = timetable.between(place(from), place(to));
    assertThat(early.stream().filter(r -> r.departMinute() < 9 * 60)).hasSizeGreaterThan(least - 1);
    assertThat(early).isSortedAccordingTo(Timetable.BY_DEPARTURE);
  }

  @ParameterizedTest
  @CsvSource({
    "hangzhoudong, HGH",
    "Hangzhou East Railway Station, HGH",
    "hangzhou-east, HGH",
    "ＨＡＮＧＺＨＯＵ　ＥＡＳＴ, HGH",
    "杭州东站, HGH",
    "上海站, SHH",
    "Beijing Railway Station, BJP",
    "虹桥, AOH",
    "Hongqiao, AOH",
    "Xian North, EAY",
    "西安北站, EAY",
    "Beijing South, VNP",
    "HGH, HGH"
  })
  void stationsAreFoundByAnyName(String name, String code) {
    assertThat(place(name).stations()).singleElement().extracting(Station::code).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"上海", "Shanghai", "shanghai", "上海市", "SHANGHAI CITY"})
  void aCityMeansAllItsStations(String name) {
    assertThat(place(name).stations()).extracting(Station::code).contains("SHH", "AOH", "SNH");
  }

  @Test
  void everyStationAndItsCityAreKnownByEachOfTheirNames() {
    var lost = new ArrayList<String>();
    for (var station : timetable.stationDirectory().stations()) {
      var named = Gazetteer.require(NamedPlace.Kind.STATION, station.name().zh());
      var city = Gazetteer.require(NamedPlace.Kind.CITY, station.city().zh());
      for (var place : List.of(named, city)) {
        PlaceSpellings.of(place).stream()
            .filter(
                name ->
                    timetable.stationDirectory().find(name).stream()
                        .noneMatch(found -> found.stations().contains(station)))
            .forEach(name -> lost.add(station.code() + ": " + name));
      }
    }
    assertThat(lost).isEmpty();
  }

  private StationOrCity place(String name) {
    return timetable.stationDirectory().find(name).orElseThrow();
  }
}
