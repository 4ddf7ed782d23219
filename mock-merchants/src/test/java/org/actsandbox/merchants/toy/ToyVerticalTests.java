package org.actsandbox.merchants.toy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.StockedVerticalContract;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
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
  protected Need need() {
    return shopNeed("all");
  }

  private static Need shopNeed(String terms) {
    return new Need.Shop(terms, null, null, List.of(), 1, null, null);
  }

  @Override
  protected Need foreignNeed() {
    return new Need.Hotel(
        "Hangzhou", null, LocalDate.of(2026, 11, 27), 1, 1, 1, null, null, null, null);
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

  @Test
  void aMerchantThatDeliversByTheMomentIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public Delivery delivery(Order order, Map<String, String> fulfilment) {
                var now = OffsetDateTime.ofInstant(world.clock().instant(), ZoneOffset.UTC);
                return new Delivery.Shop(List.of(), "home", now, "P-1");
              }
            },
        toys -> toys.deliversTheSameEveryTime());
  }

  @Test
  void aMerchantThatOffersWhatItCannotSellIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public List<Offer> match(Need need, int limit) {
                var offers = super.match(need, limit);
                disturb(new Disturbance.SoldOut(offers.getFirst().itemId()));
                return offers;
              }
            },
        toys -> toys.everyOfferForANeedCanBeBooked());
  }

  @Test
  void aMerchantThatRoundsAChangeOfPriceIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public void disturb(Disturbance disturbance) {
                if (disturbance instanceof Disturbance.PriceMoved(var _, var change)) {
                  change.percent().intValueExact();
                }
                super.disturb(disturbance);
              }
            },
        toys -> toys.aPriceMovesWithinTheBoundsOfTheApi(new BigDecimal("12.3456")));
  }

  @Test
  void aMerchantThatSellsAnyQuantityIsFound(@TempDir Path folder) {
    failsAt(
        folder,
        (merchant, world) ->
            new ToyVertical(merchant, world) {
              @Override
              public void hold(
                  String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
                var line = lines.getFirst();
                var offered = offer(line.offerId()).quantity();
                super.hold(
                    orderNo, List.of(new CartRequest.Line(line.offerId(), offered)), fulfilment);
              }
            },
        toys -> toys.anotherQuantityThanTheOffersIsRefusedAndTakesNothing());
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
