package org.actsandbox.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Says what a kind of merchant owes that has a limited stock of what it sells. */
public abstract class StockedVerticalContract extends VerticalContract {

  /** Returns a need that several offers of the merchant meet in a new world. */
  protected abstract Need need();

  /**
   * Checks that offers for a need can be booked, and that there are no more than were asked for.
   */
  @Test
  protected void everyOfferForANeedCanBeBooked() {
    var offers = vertical.match(need(), 2);
    assertThat(offers).hasSizeBetween(1, 2);
    for (int i = 0; i < offers.size(); i++) {
      var offer = offers.get(i);
      var orderNo = "O" + i;
      assertThat(offer.available()).isGreaterThanOrEqualTo(offer.quantity());
      assertThatNoException().isThrownBy(() -> store.hold(vertical, orderNo, offer));
    }
  }

  @Test
  protected void anotherQuantityThanTheOffersIsRefusedAndTakesNothing() {
    var offer = offer(vertical);
    var lines = List.of(new CartRequest.Line(offer.offerId(), offer.quantity() + 1));
    assertThat(refused(() -> store.inTransaction(() -> vertical.hold("O1", lines, fulfilment()))))
        .isEqualTo(Problem.CONSTRAINT_CONFLICT);
    assertThat(left(offer)).isEqualTo(offer.available());
  }

  /** Checks that staff may order every number of units that the API admits, or hears the limit. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 1_000_000})
  protected void everyStockIsSetOrRefusedWithItsLimit(int left) {
    var offer = offer(vertical);
    try {
      setStock(offer, left);
    } catch (Refusal refusal) {
      assertThat(left).isEqualTo(1_000_000);
      assertThat(refusal.problem()).isIn(Problem.INVALID_FIELD, Problem.CONSTRAINT_CONFLICT);
      assertThat(refusal.expected()).isNotBlank();
      assertThat(left(offer)).isEqualTo(offer.available());
      return;
    }
    if (left == 0) {
      assertThat(refused(() -> left(offer))).isEqualTo(Problem.SOLD_OUT);
    } else {
      assertThat(left(offer)).isEqualTo(left);
    }
  }

  private int left(Offer offer) {
    return vertical.offer(offer.offerId()).available();
  }

  private void setStock(Offer offer, int left) {
    vertical.disturb(new Disturbance.StockSet(offer.offerId(), left));
  }

  @Test
  protected void fiftyBuyersForTheLastUnitMakeOneOrder() throws Exception {
    var offer = offer(vertical);
    setStock(offer, 1);
    assertThat(store.race(vertical, offer, 50)).isEqualTo(1);
    assertThat(refused(() -> left(offer))).isEqualTo(Problem.SOLD_OUT);
  }

  @Test
  protected void neverSellsMoreThanThereIsWhenNothingWasSoldBefore() throws Exception {
    var offer = offer(vertical);
    assertThat(store.race(vertical, offer, 50)).isEqualTo(Math.min(50, offer.available()));
  }

  @Test
  protected void releaseGivesBackOnceAndTheOrderMayBeHeldAgain() {
    var offer = offer(vertical);
    setStock(offer, 3);
    store.hold(vertical, "O1", offer);
    store.hold(vertical, "O2", offer);
    assertThat(left(offer)).isEqualTo(1);
    store.release(vertical, "O1");
    store.release(vertical, "O1");
    store.release(vertical, "never-held");
    assertThat(left(offer)).isEqualTo(2);
    store.hold(vertical, "O1", offer);
    assertThat(left(offer)).isEqualTo(1);
  }

  @Test
  protected void holdsOutliveARestartAndStayInTheirWorld() {
    var offer = offer(vertical);
    store.hold(vertical, "O1", offer);
    assertThat(reopened().offer(offer.offerId()).available()).isEqualTo(offer.available() - 1);
    var other = store.open(merchant(), world + "-other", 42);
    assertThat(other.offer(offer.offerId()).available()).isEqualTo(offer.available());
  }

  @Test
  protected void aHoldThatRollsBackLeavesNothing() {
    var offer = offer(vertical);
    var lines = List.of(new CartRequest.Line(offer.offerId(), offer.quantity()));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    () -> {
                      vertical.hold("O1", lines, fulfilment());
                      throw new IllegalStateException("the order could not be written");
                    }));
    assertThat(left(offer)).isEqualTo(offer.available());
    store.hold(vertical, "O1", offer);
    assertThat(left(offer)).isEqualTo(offer.available() - 1);
  }

  @Test
  protected void whatIsSoldOutIsRefusedUntilRestocked() {
    var offer = offer(vertical);
    vertical.disturb(new Disturbance.SoldOut(offer.offerId()));
    assertThat(refused(() -> left(offer))).isEqualTo(Problem.SOLD_OUT);
    assertThat(refused(() -> store.hold(vertical, "O1", offer))).isEqualTo(Problem.SOLD_OUT);
    setStock(offer, 2);
    assertThat(reopened().offer(offer.offerId()).available()).isEqualTo(2);
  }
}
