package org.actsandbox.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.shelf.TestVerticalStore;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Returns a need that merchants of this kind do not serve. */
  protected abstract Need foreignNeed();

  /** Returns what a buyer of the offer sends for its fulfilment. */
  protected Map<String, String> fulfilment() {
    return Map.of("ship_to", "home");
  }

  /** Returns when the offer can no longer be bought; empty for what can be bought at any time. */
  protected Optional<Instant> lapsesAt(Offer offer) {
    return Optional.empty();
  }

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
    var refusal = catchThrowableOfType(Refusal.class, action::run);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
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

  /** Checks that a query and a category leave only entries that fit them. */
  @Test
  protected void aQueryAndACategoryNarrowTheCatalog() {
    var entry = vertical.catalog(null, null, null, 1).items().getFirst();
    var category = entry.category().en();
    assertThat(vertical.catalog(entry.name().en(), category, null, 50).items())
        .extracting(CatalogEntry::id)
        .contains(entry.id());
    assertThat(vertical.catalog(null, category, null, 50).items())
        .allMatch(each -> each.category().en().equals(category));
    assertThat(vertical.catalog("zeppelin", null, null, 50).items()).isEmpty();
    assertThat(vertical.catalog(null, "zeppelins", null, 50).items()).isEmpty();
  }

  /** Checks ACT CID-3: a merchant refuses a need that it cannot serve, and says so. */
  @Test
  protected void aNeedOfAnotherKindIsRefused() {
    assertThat(refused(() -> vertical.match(foreignNeed(), 3)))
        .isIn(Problem.NO_MATCH, Problem.INTENT_MALFORMED);
  }

  /** Checks that an authority can be compared with an offer by the names that people use. */
  @Test
  protected void factsHaveTheNamesOfTheOffer() {
    var facts = vertical.facts(offer(vertical));
    assertThat(facts.names()).isNotEmpty().noneMatch(String::isBlank);
  }

  @Test
  protected void onlySeatsHaveASeatMap() {
    assertThat(vertical.seatMap(offer(vertical).offerId(), null).isPresent())
        .isEqualTo(merchant().kind() == MerchantKind.TRAIN);
  }

  /** Checks ACT CID-9: the paid resource delivers the same content every time. */
  @Test
  protected void deliversTheSameEveryTime() {
    var offer = offer(vertical);
    var lines = List.of(new CartRequest.Line(offer.offerId(), offer.quantity()));
    store.inTransaction(() -> vertical.hold("O1", lines, fulfilment()));
    var order = store.order("O1", List.of(offer));
    var delivered = vertical.delivery(order, fulfilment());
    store.at(TestVerticalStore.NOW.plus(Duration.ofMinutes(10)));
    assertThat(vertical.delivery(order, fulfilment())).isEqualTo(delivered);
    assertThat(reopened().delivery(order, fulfilment())).isEqualTo(delivered);
  }

  @Test
  protected void anOfferLapsesWhenItsTimeHasCome() {
    var offer = offer(vertical);
    var lapsed = lapsesAt(offer);
    store.at(lapsed.orElse(TestVerticalStore.NOW.plus(Duration.ofDays(300))));
    if (lapsed.isPresent()) {
      assertThat(refused(() -> vertical.offer(offer.offerId()))).isEqualTo(Problem.OFFER_EXPIRED);
    } else {
      assertThat(vertical.offer(offer.offerId()).itemId()).isEqualTo(offer.itemId());
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

  /** Checks that a merchant takes every change of price that the API admits. */
  @ParameterizedTest
  @ValueSource(strings = {"-90", "-0.0001", "12.3456", "1000"})
  protected void aPriceMovesWithinTheBoundsOfTheApi(BigDecimal percent) {
    var offer = offer(vertical);
    var change = new Disturbance.PriceMoved(offer.itemId(), PriceChange.of(percent));
    assertThatNoException().isThrownBy(() -> vertical.disturb(change));
    var before = new BigDecimal(offer.total());
    var after = new BigDecimal(vertical.offer(offer.offerId()).total());
    if (percent.signum() < 0) {
      assertThat(after).isPositive().isLessThanOrEqualTo(before);
    } else {
      assertThat(after).isGreaterThan(before);
    }
  }

  @Test
  protected void aChangedPriceThatRollsBackIsNotSeen() {
    var offer = offer(vertical);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    () -> {
                      change(offer, 100);
                      throw new IllegalStateException("the change could not be stored");
                    }));
    assertThat(vertical.offer(offer.offerId()).total()).isEqualTo(offer.total());
    assertThat(reopened().offer(offer.offerId()).total()).isEqualTo(offer.total());
  }

  @Test
  protected void aChangedPriceStaysInItsWorld() {
    var other = store.open(merchant(), world + "-other", 42);
    var offer = offer(other);
    change(offer, 100);
    assertThat(other.offer(offer.offerId()).total()).isEqualTo(offer.total());
    assertThat(vertical.offer(offer.offerId()).total()).isNotEqualTo(offer.total());
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
