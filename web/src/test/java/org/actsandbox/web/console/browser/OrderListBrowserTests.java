package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/** Tests that the list of orders at all merchants has pages, and each order on one of them. */
class OrderListBrowserTests extends BrowserTestBase {

  private static final List<String> MERCHANTS = List.of("luma-mart", "bazaar88");
  private static final int OF_EACH = 16;

  /** Confirms carts of chargers at two merchants in turn, which are then on hold. */
  private List<String> orders(World world) {
    var numbers = new ArrayList<String>();
    try (var shopper = new OutsideShopper(world, server.origin())) {
      var buyer = shopper.buyer();
      for (int i = 0; i < OF_EACH; i++) {
        for (var merchant : MERCHANTS) {
          var id = merchant + "-" + i;
          var need = new Need.Shop("phone charger", null, null, List.of(), 1, null, null);
          var offers =
              OutsideShopper.expect(
                  200, buyer.sendIntent(merchant, buyer.signed(buyer.intent(id, need, 10))));
          var offer = offers.path("offers").get(i % offers.path("offers").size());
          var order =
              OutsideShopper.expect(
                  201, buyer.sendCart(merchant, buyer.signed(buyer.cart(id, offer))));
          numbers.add(order.path("order_no").asString());
        }
      }
    }
    return numbers;
  }

  @Test
  void theNextPageGoesOnAcrossMerchants() {
    var world = server.newWorld("orders");
    var numbers = orders(world);
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/orders");
      assertThat(page.locator("tbody tr")).hasCount(30);
      var shown = new ArrayList<>(page.locator("tbody tr .mono").allInnerTexts());
      page.locator("a.btn[href*='cursor=']").click();
      assertThat(page.locator("tbody tr")).hasCount(numbers.size() - 30);
      assertThat(page.locator("a.btn[href*='cursor=']")).hasCount(0);
      shown.addAll(page.locator("tbody tr .mono").allInnerTexts());
      assertThat(shown).containsExactlyElementsOf(numbers.reversed());
    }
  }
}
