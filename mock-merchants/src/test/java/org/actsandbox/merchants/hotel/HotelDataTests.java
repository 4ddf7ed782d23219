package org.actsandbox.merchants.hotel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.Collectors;
import org.actsandbox.merchants.PlaceSpellings;
import org.actsandbox.protocol.vocabulary.Gazetteer;
import org.actsandbox.protocol.vocabulary.NamedPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the composed hotels are many, plausible and complete in both languages. */
class HotelDataTests {

  private final Hotels hotels = Hotels.ALL;

  @Test
  void thereAreEnoughHotelsInEnoughCities() {
    assertThat(hotels.all()).hasSizeGreaterThanOrEqualTo(160);
    assertThat(hotels.cities().all()).hasSizeGreaterThanOrEqualTo(15);
    assertThat(hotels.cities().all())
        .allSatisfy(city -> assertThat(hotels.in(city)).hasSizeGreaterThanOrEqualTo(8));
  }

  @Test
  void idsAndNamesAreUniqueAndFilledInBothLanguages() {
    assertThat(hotels.all()).extracting(Hotel::id).doesNotHaveDuplicates();
    assertThat(hotels.all()).extracting(hotel -> hotel.name().en()).doesNotHaveDuplicates();
    assertThat(hotels.all()).extracting(hotel -> hotel.name().zh()).doesNotHaveDuplicates();
    assertThat(hotels.all())
        .allSatisfy(
            hotel -> {
              assertThat(hotel.id()).matches("[A-Z]{3}[0-9]{2}");
              assertThat(hotel.name().en()).matches("[\\x20-\\x7e]+");
              assertThat(hotel.name().zh()).matches(".*\\p{IsHan}.*").doesNotMatch(".*[a-zA-Z].*");
            });
  }

  @Test
  void numbersAreBelievable() {
    assertThat(hotels.all())
        .allSatisfy(
            hotel -> {
              assertThat(hotel.stars()).isBetween(2, 5);
              assertThat(hotel.score()).isBetween(36, 50);
              assertThat(hotel.quietness()).isBetween(0, 10);
              assertThat(hotel.rooms()).hasSizeBetween(2, 4);
              assertThat(hotel.baseFen()).isBetween(9_000L, 120_000L);
              assertThat(hotel.metresTo(hotel.at())).isBetween(50, 1_200);
            });
  }

  @Test
  void everyKnownPlaceHasAHotelNearIt() {
    for (City city : hotels.cities().all()) {
      for (CityPlace cityPlace : city.places()) {
        assertThat(hotels.in(city))
            .as("%s in %s", cityPlace.name().en(), city.name().en())
            .anyMatch(hotel -> hotel.metresTo(cityPlace) <= 1_500);
      }
    }
  }

  @Test
  void placesAreWhereTheyShouldBe() {
    var byKind =
        hotels.cities().all().stream()
            .flatMap(city -> city.places().stream())
            .collect(Collectors.groupingBy(CityPlace::kind, Collectors.counting()));
    assertThat(byKind.get(CityPlace.Kind.STATION)).isGreaterThan(40);
    assertThat(hotels.cities().all())
        .allSatisfy(
            city -> {
              assertThat(city.mainStation().kind()).isEqualTo(CityPlace.Kind.STATION);
              assertThat(city.months()).hasSize(12);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Hangzhou, HGH", "杭州, HGH", "杭州市, HGH", "hangzhou city, HGH", "Xi'an, XIY", "Xian, XIY",
    "西安, XIY", "魔都, SHA", "上海虹桥, SHA", "Hangzhou East, HGH", "杭州东站, HGH", "廣州, CAN",
    "慶, ''", "Atlantis, ''", "哈尔滨, HRB", "Qingdao, TAO"
  })
  void findsCitiesByAnyName(String name, String code) {
    assertThat(hotels.cities().find(name).map(cityMatch -> cityMatch.city().code()).orElse(""))
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "HGH, West Lake, West Lake",
    "HGH, near the West Lake, West Lake",
    "HGH, 西湖附近, West Lake",
    "HGH, the station, Hangzhou East Station",
    "HGH, 火车站, Hangzhou East Station",
    "HGH, 火车东站, Hangzhou East Station",
    "HGH, Hangzhou Station, Hangzhou Station",
    "HGH, Hangzhou East Railway Station, Hangzhou East Station",
    "HGH, 东站, Hangzhou East Station",
    "SHA, 虹桥, Shanghai Hongqiao Station",
    "SHA, hongqiao station, Shanghai Hongqiao Station",
    "SHA, Bund, The Bund",
    "SHA, downtown, the city centre",
    "PEK, 国贸, Guomao",
    "WUH, Hankou, Hankou",
    "WUH, Hankou Station, Hankou Station",
    "XIY, 钟楼, Bell Tower",
    "SHA, Eiffel Tower, ''"
  })
  void findsPlacesByAnyName(String code, String wantedName, String place) {
    var city =
        hotels.cities().all().stream()
            .filter(one -> one.code().equals(code))
            .findFirst()
            .orElseThrow();
    assertThat(city.place(wantedName).map(found -> found.name().en()).orElse("")).isEqualTo(place);
  }

  /** The built-in agent asks for any place of the gazetteer by its English or Chinese name. */
  @Test
  void everyPlaceOfACityWithHotelsIsKnownByEachOfItsNames() {
    var lost = new ArrayList<String>();
    for (var place : Gazetteer.places()) {
      var city = hotels.cities().find(place.city()).map(Cities.CityMatch::city);
      if (city.isPresent()) {
        PlaceSpellings.of(place).stream()
            .filter(
                name ->
                    place.kind() == NamedPlace.Kind.CITY
                        ? hotels.cities().find(name).stream()
                            .noneMatch(found -> found.city().equals(city.get()))
                        : city.get().place(name).isEmpty())
            .forEach(name -> lost.add(place.city() + ": " + name));
      }
    }
    assertThat(lost).isEmpty();
  }
}
