package org.actsandbox.protocol.delegation.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.PurchaseTarget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that an authority for a type of room pays for no other room (ACT PSD-PAY-DEL). */
class TargetRoomTypeTests {

  private static final LocalDate DAY = LocalDate.of(2026, 12, 4);

  @ParameterizedTest
  @CsvSource({
    "family, family, true",
    "family, twin, false",
    "family, , false",
    ", twin, true",
  })
  void theRoomMustBeOfTheWantedType(@Nullable String wanted, @Nullable String sold, boolean fits) {
    var match = TargetMatch.of(List.of(target(wanted)), List.of(line(sold)), List.of());

    assertThat(match.fits()).isEqualTo(fits);
    assertThat(match.differences())
        .extracting(TargetMatch.Difference::field)
        .isEqualTo(fits ? List.of() : List.of("room_type"));
  }

  private static PurchaseTarget target(@Nullable String roomType) {
    return new PurchaseTarget(
        MerchantKind.HOTEL,
        null,
        null,
        null,
        null,
        null,
        "Shanghai",
        DAY,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        1,
        2,
        null,
        null,
        null,
        roomType,
        1,
        null);
  }

  private static Order.Line line(@Nullable String roomType) {
    var facts =
        new LineFacts(
            MerchantKind.HOTEL,
            List.of("Inn"),
            null,
            null,
            null,
            List.of("Shanghai", "上海"),
            DAY,
            null,
            null,
            null,
            null,
            1,
            2,
            3,
            false,
            true,
            roomType);
    return new Order.Line("offer", "stayhub.SHA11", Text.untranslated("Inn"), 1, facts);
  }
}
