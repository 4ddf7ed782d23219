package org.actsandbox.protocol.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests what others decide by the kind of a merchant. */
class MerchantKindTests {

  /** Order numbers of two kinds must not look alike. */
  @Test
  void everyKindHasAnOrderPrefixOfItsOwn() {
    assertThat(MerchantKind.values())
        .extracting(MerchantKind::orderPrefix)
        .doesNotHaveDuplicates()
        .allMatch(prefix -> prefix.matches("[A-Z]"));
  }

  @Test
  void onlyServicesAreSoldWithoutOffers() {
    assertThat(MerchantKind.WITH_OFFERS)
        .containsExactly(MerchantKind.TRAIN, MerchantKind.HOTEL, MerchantKind.SHOP);
  }

  @Test
  void anUnknownKindIsNone() {
    assertThat(MerchantKind.find("hotel")).contains(MerchantKind.HOTEL);
    assertThat(MerchantKind.find("HOTEL")).isEmpty();
    assertThat(MerchantKind.find("")).isEmpty();
  }
}
