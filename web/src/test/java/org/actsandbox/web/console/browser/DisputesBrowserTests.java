package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/**
 * Tests a dispute about an order: opened on the order's page, followed live, and downloaded as a
 * bundle.
 */
class DisputesBrowserTests extends BrowserTestBase {

  @Test
  void aClaimIsOpenedOnTheOrderDecidedLiveAndProvenByItsBundle() throws IOException {
    var world = server.newWorld("dispute");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      buys(browserUser, world);
      opensTheOrder(browserUser, world);
      page.locator("#dispute").click();
      assertThat(page.locator("#open-dispute")).hasAttribute("open", "");
      PageAudit.photograph(page, "dispute-form.jpg");
      assertFitsAndIsAccessible(page);
      page.locator("#kind-amount_differs").check();
      page.locator("#description")
          .fill("I was told it would be cheaper. Card 6222 0212 3456 7890.");
      page.locator("#dispute-pin").fill(BrowserUser.PIN);
      browserUser.button("^Dispute ¥").click();
      browserUser.sees("an amount such as 12.50, less than was paid");
      assertThat(page.locator("#description")).hasValue(having("cheaper"));
      assertThat(page.locator("#kind-amount_differs")).isChecked();
      PageAudit.photograph(page, "dispute-form-refused.jpg");
      assertFitsAndIsAccessible(page);

      page.locator("#kind-not_delivered").check();
      assertThat(page.locator("#dispute-pin")).hasValue("");
      page.locator("#dispute-pin").fill("000000");
      browserUser.button("^Dispute ¥").click();
      browserUser.sees("PIN wrong");
      assertThat(page.locator("#description")).hasValue(having("cheaper"));
      page.locator("#dispute-pin").fill(BrowserUser.PIN);
      browserUser.button("^Dispute ¥").click();
      assertThat(page.locator("#claim-signer")).hasText("did:act:principal#key-1");
      browserUser.sees(browserUser.heading("^Nothing was delivered$"));
      page.evaluate("() => { window.sameDocument = true; }");
      browserUser.sees("Dismissed: the evidence speaks against the claim");
      browserUser.sees("Bazaar 88|Luma Mart|.*delivered at .*: the record verifies");
      assertThat(page.locator("#party-sandbox-pay .chip").first()).hasText("answered");
      assertThat(page.locator("blockquote").first()).containsText("•••• 7890");
      assertThat(page.locator("body")).not().containsText("6222 0212");
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
      PageAudit.photograph(page, "dispute-decided.jpg");
      assertFitsAndIsAccessible(page);

      var download = page.waitForDownload(() -> page.locator("#bundle").click());
      var report = BundleCheck.verify(Files.readAllBytes(download.path()), null);
      assertThat(report.verified()).as(report.toString()).isTrue();
      assertThat(report.dispute()).extracting(each -> each.outcome()).isEqualTo("dismissed");

      browserUser.opens("/console/" + world.name() + "/disputes");
      assertThat(page.locator("#disputes tbody tr")).hasCount(1);
      browserUser.sees("dismissed");
      opensTheOrder(browserUser, world);
      browserUser.sees("Disputes about this order");
    }
  }

  @Test
  void aSilentPartyIsShownAndTheClaimCanBeWithdrawn() {
    var world = server.newWorld("withdraw");
    try (var browserUser = browsers.loggedIn("zh", 360, ColorScheme.DARK)) {
      var page = browserUser.page();
      buys(browserUser, world);
      opensTheOrder(browserUser, world);
      var merchant = page.url().split("/orders/", 2)[1].split("/", 2)[0];
      refuseEvidence(world, merchant);
      page.locator("#dispute").focus();
      page.keyboard().press("Enter");
      browserUser.tabsTo("#kind-not_delivered");
      page.keyboard().press("Space");
      browserUser.tabsTo("#description");
      page.keyboard().type("一直没有收到。");
      browserUser.tabsTo("#dispute-pin");
      page.keyboard().type(BrowserUser.PIN);
      browserUser.tabsTo("#open-dispute button.primary");
      page.keyboard().press("Enter");
      browserUser.sees(browserUser.heading("^没有收到$"));
      assertThat(page.locator("#party-" + merchant)).containsText("尚未答复");
      assertThat(page.locator("#party-" + merchant)).containsText("状态 503");
      assertThat(page.locator("#party-sandbox-pay .chip").first()).hasText("已答复");
      assertThat(page.locator("#party-sandbox-pay blockquote")).containsText("状态：已付款");
      browserUser.sees(page.locator("#deadline"));
      PageAudit.photograph(page, "dispute-waiting.jpg");
      assertFitsAndIsAccessible(page);
      page.locator("#withdraw").click();
      browserUser.button("^撤回主张$").click();
      browserUser.sees("判定前已撤回");
      assertThat(page.locator("#withdraw")).hasCount(0);
    }
  }

  private static void buys(BrowserUser browserUser, World world) {
    var page = browserUser.page();
    browserUser.opens("/console/" + world.name() + "/try");
    browserUser.says("A black phone charger under 150 yuan");
    page.locator("#confirm-choice").click();
    page.locator("a[id^=pay-]").first().click();
    browserUser.entersPin(BrowserUser.PIN);
    page.locator("button[value=APPROVE]").click();
    page.locator("a.btn.primary").click();
    browserUser.sees(page.locator(".ticket"));
  }

  private static void refuseEvidence(World world, String merchant) {
    world
        .faults()
        .add(
            new FaultRequest(
                "error_status",
                merchant,
                "POST /disputes/evidence",
                null,
                null,
                null,
                Map.of(),
                null));
  }

  private static void opensTheOrder(BrowserUser browserUser, World world) {
    browserUser.opens("/console/" + world.name() + "/orders");
    browserUser.page().locator("td a.order-link").first().click();
  }

  private static Pattern having(String part) {
    return Pattern.compile(part);
  }

  private static void assertFitsAndIsAccessible(Page page) {
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth <="
                    + " document.documentElement.clientWidth"))
        .isEqualTo(true);
    assertThat(PageAudit.accessibilityProblems(page)).isEmpty();
  }
}
