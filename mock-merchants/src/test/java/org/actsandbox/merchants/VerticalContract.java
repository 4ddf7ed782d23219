package org.actsandbox.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.shelf.TestVerticalStore;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Says what every kind of merchant owes to the engine. The tests of a kind extend this class or
 * {@link StockedVerticalContract}; each test here is one promise of {@link Vertical}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class VerticalContract {

  protected TestVerticalStore store;
  protected Vertical vertical;
  protected String world = "";
  private int worlds;

  protected abstract VerticalFactory factory();

  protected abstract MerchantProfile merchant();

  /** Returns an offer of one unit that is for sale in a new world, at least a day ahead. */
  protected abstract Offer offer(Vertical vertical);

  /** Returns ids that no offer of the merchant has. */
  protected abstract List<String> strangeOfferIds();

  protected abstract int catalogSize();

  @BeforeAll
  protected void openStore(@TempDir Path folder) {
    store = new TestVerticalStore(folder, factory()::open);
  }

  @AfterAll
  protected void closeStore() {
    store.close();
  }

  @BeforeEach
  protected void openWorld() {
    store.at(TestVerticalStore.NOW);
    world = "world-" + worlds++;
    vertical = reopened();
  }

  /** Opens the merchant of the test's world anew, with nothing in memory. */
  protected final Vertical reopened() {
    return store.open(merchant(), world, 42);
  }

  protected static Refusal refusal(Runnable action) {
    return catchThrowableOfType(Refusal.class, action::run);
  }

  protected static Problem refused(Runnable action) {
    return refusal(action).problem();
  }

  @Test
  protected void itsKindIsThatOfItsProfileAndOfItsOffers() {
    var offer = offer(vertical);
    assertThat(vertical.kind()).isEqualTo(merchant().kind()).isEqualTo(offer.kind());
    assertThat(vertical.facts(offer).kind()).isEqualTo(offer.kind());
  }

  /** Checks ACT CID-1.a. */
  @Test
  protected void pagesThroughEverythingOnceWithCompleteEntries() {
    var seen = new HashSet<String>();
    String cursor = null;
    do {
      var page = vertical.catalog(null, null, cursor, 50);
      for (var entry : page.items()) {
        assertThat(seen.add(entry.id())).as(entry.id()).isTrue();
        assertThat(new BigDecimal(entry.price())).isPositive();
        assertThat(entry.category().zh()).isNotBlank();
        assertThat(vertical.item(entry.id())).isPresent();
      }
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(catalogSize());
  }

  @Test
  protected void aForeignCursorAndAnUnknownItemAreRefused() {
    assertThat(refused(() -> vertical.catalog(null, null, "p-1", 10)))
        .isEqualTo(Problem.INVALID_FIELD);
    assertThat(vertical.item("nothing")).isEmpty();
  }

  @Test
  protected void anOfferIsTheSameWhenItIsAskedForByIdAndItsLinesAddUp() {
    var offer = offer(vertical);
    var again = vertical.offer(offer.offerId());
    assertThat(again.total()).isEqualTo(offer.total());
    assertThat(again.itemId()).isEqualTo(offer.itemId());
    var sum =
        offer.lines().stream()
            .map(line -> new BigDecimal(line.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum).isEqualByComparingTo(offer.total());
  }

  @Test
  protected void refusesOffersItNeverMade() {
    for (var offerId : strangeOfferIds()) {
      assertThat(refused(() -> vertical.offer(offerId))).as(offerId).isEqualTo(Problem.NOT_FOUND);
      var lines = List.of(new CartRequest.Line(offerId, 1));
      assertThat(refused(() -> vertical.hold("O1", lines, Map.of())))
          .as(offerId)
          .isEqualTo(Problem.NOT_FOUND);
    }
  }

  @Test
  protected void givesBackNeverMoreThanWasPaidAndNeverMoreLater() {
    var offer = offer(vertical);
    var order = store.order(offer);
    var paid = Money.yuan(offer.total());
    long last = paid.minorUnits();
    for (int days = 0; days < 60; days++) {
      var refundable =
          vertical.refundable(order, TestVerticalStore.NOW.plus(Duration.ofDays(days)));
      assertThat(refundable.minorUnits()).isBetween(0L, last);
      last = refundable.minorUnits();
    }
  }

  @Test
  protected void aChangedPriceLastsUntilItIsChangedBack() {
    var offer = offer(vertical);
    change(offer, 100);
    var changed = reopened().offer(offer.offerId()).total();
    assertThat(new BigDecimal(changed)).isGreaterThan(new BigDecimal(offer.total()));
    assertThat(vertical.offer(offer.offerId()).total()).isEqualTo(changed);
    change(offer, 0);
    assertThat(reopened().offer(offer.offerId()).total()).isEqualTo(offer.total());
  }

  private void change(Offer offer, int percent) {
    vertical.disturb(
        new Disturbance.PriceMoved(offer.itemId(), PriceChange.of(BigDecimal.valueOf(percent))));
  }

  @Test
  protected void theSameSeedSellsTheSame() {
    var twin = store.open(merchant(), world + "-twin", 42);
    assertThat(offer(twin)).isEqualTo(offer(vertical));
  }
}
