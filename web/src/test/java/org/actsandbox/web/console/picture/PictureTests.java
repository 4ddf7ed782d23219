package org.actsandbox.web.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.NarratedEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the layouts of the seat map and the sequence diagram. */
class PictureTests {

  private static SeatMap carriage(String... letters) {
    var rows =
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                row ->
                    new SeatMap.Row(
                        row,
                        Stream.of(letters)
                            .map(
                                letter ->
                                    new SeatMap.Place(
                                        letter, "aisle", row % 3 == 0 ? "taken" : "free"))
                            .toList()))
            .toList();
    return new SeatMap("G7362", "05", "second", List.of("05", "06"), rows);
  }

  @Test
  void seatsHaveTheNamesOfCartRequestsAndNeverOverlap() {
    var picture = SeatPicture.of(carriage("A", "B", "C", "D", "F"), "05-11F");
    assertThat(picture.seats()).hasSize(60);
    assertThat(picture.free()).isEqualTo(40);
    assertThat(picture.seats().stream().map(seat -> seat.x() + "," + seat.y()).distinct())
        .hasSize(60);
    assertThat(picture.seats())
        .filteredOn(seat -> seat.state().equals("chosen"))
        .extracting(SeatPicture.Seat::name)
        .containsExactly("05-11F");
    assertThat(picture.seats())
        .allSatisfy(seat -> assertThat(seat.x() + 28).isLessThanOrEqualTo(picture.width()))
        .allSatisfy(seat -> assertThat(seat.y() + 28).isLessThanOrEqualTo(picture.height()));
  }

  @Test
  void theAisleIsWhereTheCarriageHasIt() {
    var second = SeatPicture.of(carriage("A", "B", "C", "D", "F"), null);
    assertThat(gap(second, "C", "D")).isGreaterThan(gap(second, "B", "C"));
    var first = SeatPicture.of(carriage("A", "C", "D", "F"), null);
    assertThat(gap(first, "C", "D")).isGreaterThan(gap(first, "A", "C"));
  }

  private static int gap(SeatPicture picture, String left, String right) {
    return x(picture, right) - x(picture, left);
  }

  private static int x(SeatPicture picture, String letter) {
    return picture.seats().stream()
        .filter(seat -> seat.letter().equals(letter))
        .findFirst()
        .orElseThrow()
        .x();
  }

  @Test
  void merchantsGetLanesWhenTheyAppearAndThePaymentProviderStaysLast() {
    var diagramLanes = new DiagramLanes();
    assertThat(add(diagramLanes, "did:act:raileast")).isTrue();
    assertThat(add(diagramLanes, "did:act:raileast")).isFalse();
    assertThat(add(diagramLanes, "operator")).isFalse();
    assertThat(diagramLanes.all())
        .extracting(DiagramLane::actor)
        .containsExactly("principal", "agent", "merchant", "psp");
  }

  @ParameterizedTest
  @CsvSource({
    "did:act:demo-agent, did:act:tea-shop,    /merchants/tea-shop/carts, agent,    merchant",
    "did:act:demo-agent, did:act:tea-shop,    /merchants/tea-shop,       agent,    merchant",
    "did:act:demo-agent, did:act:tea,         /merchants/tea-shop/carts, agent,    agent",
    "did:act:tea-shop,   did:act:sandbox-pay, /psp/proofs/verify,        merchant, merchant",
    "did:act:my-agent,   did:act:sandbox-pay, /psp/payments,             agent,    agent",
  })
  void aMerchantFromOutsideHasTheColourAndPlaceOfAMerchant(
      String from, String to, String path, String role, String actor) {
    var diagramLanes = new DiagramLanes();
    diagramLanes.addParticipants(
        entry(from, to, Kind.EXCHANGE, Map.of("path", path, "role", role)), Text::untranslated);
    assertThat(diagramLanes.all())
        .extracting(DiagramLane::actor)
        .containsExactly("principal", "agent", actor, "psp");
  }

  @Test
  void anExchangeIsAnArrowThereAndADashedOneBack() {
    var diagramLanes = new DiagramLanes();
    add(diagramLanes, "did:act:raileast");
    var narratedEntry =
        narrated(7, "did:act:demo-agent", "did:act:raileast", "intent", "10 offers");
    var row = SequencePicture.row(narratedEntry, diagramLanes);
    assertThat(row.lanes()).hasSize(4);
    assertThat(row.arrows()).extracting(SequenceRow.Arrow::right).containsExactly(true, false);
    assertThat(row.arrows()).extracting(SequenceRow.Arrow::back).containsExactly(false, true);
    assertThat(row.arrows().getFirst().from()).isEqualTo("37.50%");
    assertThat(row.arrows().getFirst().tip()).isEqualTo("62.50%");
  }

  @Test
  void textNearAnEdgeStaysInside() {
    var diagramLanes = new DiagramLanes();
    IntStream.range(0, 5).forEach(i -> add(diagramLanes, "did:act:m" + i));
    var narratedEntry = narrated(1, "did:act:sandbox-pay", null, "state", "");
    var row = SequencePicture.row(narratedEntry, diagramLanes);
    assertThat(row.arrows()).isEmpty();
    assertThat(row.notes().getFirst().anchor()).isEqualTo("end");
  }

  @Test
  void wordsThatWouldLeaveThePictureAreMovedNoFurtherThanTheyMust() {
    var diagramLanes = new DiagramLanes();
    var narratedEntry =
        narrated(1, "did:act:demo-agent", "did:act:sandbox-pay", "w".repeat(35), "w".repeat(54));
    var arrows = SequencePicture.row(narratedEntry, diagramLanes).arrows();
    assertThat(arrows).extracting(SequenceRow.Arrow::anchor).containsExactly("middle", "start");
    assertThat(arrows).extracting(SequenceRow.Arrow::wordsX).containsExactly("65.40%", "1.00%");
  }

  private static boolean add(DiagramLanes diagramLanes, String participant) {
    return diagramLanes.addParticipants(
        entry(participant, null, Kind.STATE, Map.of()), Text::untranslated);
  }

  private static JournalEntry entry(
      String from, @Nullable String to, Kind kind, Map<String, String> data) {
    var at = Instant.EPOCH;
    return new JournalEntry(1, at, at, from, to, kind, "", "", Map.of(), Json.tree(data));
  }

  private static NarratedEntry narrated(
      long seq, String from, @Nullable String to, String request, String answer) {
    return new NarratedEntry(
        seq, from, to, request, answer, "label", "answer", "caption", "", "", "", false);
  }
}
