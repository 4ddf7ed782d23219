package org.actsandbox.merchants.toy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.StockedVerticalContract;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Offer;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the toy merchant, and that merchants which break a promise do not pass the contract. */
class ToyVerticalTests extends StockedVerticalContract {

  @Override
  protected VerticalFactory factory() {
    return ToyVertical::new;
  }

  @Override
  protected MerchantProfile merchant() {
    return MerchantRoster.LUMA_MART;
  }

  @Override
  protected Offer offer(Vertical toys) {
    return toys.offer("tea.1");
  }

  @Override
  protected List<String> strangeOfferIds() {
    return List.of("coffee.1", "tea", "x");
  }

  @Override
  protected int catalogSize() {
    return 3;
  }

  @Test
  void aMerchantThatKeepsReleasedStockIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public void release(String orderNo) {}
            },
        toys -> toys.releaseGivesBackOnceAndTheOrderMayBeHeldAgain());
  }

  @Test
  void aMerchantThatSellsTheLastUnitTwiceIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public void hold(
                  String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
                offer(lines.getFirst().offerId());
              }
            },
        toys -> toys.fiftyBuyersForTheLastUnitMakeOneOrder());
  }

  @Test
  void aMerchantThatForgetsAPriceIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public void disturb(Disturbance disturbance) {
                if (!(disturbance instanceof Disturbance.PriceMoved)) {
                  super.disturb(disturbance);
                }
              }
            },
        toys -> toys.aChangedPriceLastsUntilItIsChangedBack());
  }

  /** Runs one test of the contract on a broken merchant and expects it to fail. */
  private static void failsAt(
      Path folder, VerticalFactory broken, ThrowingConsumer<ToyVerticalTests> promise) {
    var toys =
        new ToyVerticalTests() {
          @Override
          protected VerticalFactory factory() {
            return broken;
          }
        };
    toys.openStore(folder);
    try {
      toys.openWorld();
      assertThatThrownBy(() -> promise.acceptThrows(toys)).isInstanceOf(AssertionError.class);
    } finally {
      toys.closeStore();
    }
  }
}
