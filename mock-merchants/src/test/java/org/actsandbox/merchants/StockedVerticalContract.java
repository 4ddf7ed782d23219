package org.actsandbox.merchants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.refusal.Problem;
import org.junit.jupiter.api.Test;

/** Says what a kind of merchant owes that has a limited stock of what it sells. */
public abstract class StockedVerticalContract extends VerticalContract {

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
                      vertical.hold("O1", lines, Map.of("ship_to", "home"));
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
