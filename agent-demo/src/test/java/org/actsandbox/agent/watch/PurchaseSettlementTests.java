package org.actsandbox.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseState;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what a purchase that failed means for its watch. */
class PurchaseSettlementTests {

  private static final Text NAME = Text.untranslated("charger");

  private final PurchaseSettlement settlement = new PurchaseSettlement(new NothingBought());

  /** The retries of an authority are for payments that failed, and not for a clock that leapt. */
  @ParameterizedTest
  @CsvSource({
    "expired_request,       Again",
    "iac_suspended,         Again",
    "insufficient_balance,  Retry",
    "single_limit_exceeded, BoundaryPassed",
    "iac_revoked,           AuthorityEnded"
  })
  void aFailureIsFollowedByWhatItsCodeSays(String code, String verdict) {
    assertThat(settlement.verdict(List.of(failed(code))).getClass().getSimpleName())
        .isEqualTo(verdict);
  }

  private static Purchase failed(String code) {
    var offer =
        new Offer(
            "charger",
            "charger",
            "luma-mart",
            "did:act:luma-mart",
            MerchantKind.SHOP,
            NAME,
            NAME,
            1,
            List.of(new Offer.PriceLine("base", NAME, "41.90")),
            "41.90",
            "CNY",
            9,
            Instant.parse("2026-03-16T00:00:00Z"),
            "detail",
            new OfferDetails.Shop(NAME, NAME, "Ampere", Map.of(), 1, NAME, null, "4.6"),
            null,
            null);
    var shown =
        new RankedOffer(
            0,
            offer,
            new Need.Shop("charger", null, null, List.of(), 1, null, null),
            NAME,
            true,
            false);
    return new Purchase(
        "P-1",
        "C-1",
        1,
        0,
        "I-1",
        PurchaseState.FAILED,
        shown,
        null,
        null,
        Map.of(),
        code,
        NAME,
        null);
  }
}
