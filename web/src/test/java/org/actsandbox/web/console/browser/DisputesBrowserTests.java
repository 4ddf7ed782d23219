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
import org.actsandbox.sandbox.fault.FaultOrder;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/** Something is wrong with an order: said on its page, followed live, taken along as a file. */
class DisputesBrowserTests extends InBrowser {

  @Test
  void aClaimIsOpenedOnTheOrderDecidedLiveAndProvenByItsBundle() throws IOException {
    var world = server.newWorld("dispute");
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      buys(visitor, world);
      opensTheOrder(visitor, world);
      page.locator("#dispute").click();
      assertThat(page.locator("#something-wrong")).hasAttribute("open", "");
      Survey.photograph(page, "dispute-form.jpg");
      clean(page);
      page.locator("#kind-amount_differs").check();
      page.locator("#description")
          .fill("I was told it would be cheaper. Card 6222 0212 3456 7890.");
      page.locator("#dispute-pin").fill(Visitor.PIN);
      visitor.button("^Dispute ¥").click();
      visitor.sees("an amount such as 12.50, less than was paid");
      assertThat(page.locator("#description")).hasValue(having("cheaper"));
      assertThat(page.locator("#kind-amount_differs")).isChecked();
      Survey.photograph(page, "dispute-form-refused.jpg");
      clean(page);

      page.locator("#kind-not_delivered").check();
      assertThat(page.locator("#dispute-pin")).hasValue("");
      page.locator("#dispute-pin").fill("000000");
      visitor.button("^Dispute ¥").click();
      visitor.sees("PIN wrong");
      assertThat(page.locator("#description")).hasValue(having("cheaper"));
      page.locator("#dispute-pin").fill(Visitor.PIN);
      visitor.button("^Dispute ¥").click();
      assertThat(page.locator("#claim-signer")).hasText("did:act:principal#key-1");
      visitor.sees(visitor.heading("^Nothing was delivered$"));
      page.evaluate("() => { window.sameDocument = true; }");
      visitor.sees("Dismissed: the evidence speaks against the claim");
      visitor.sees("Bazaar 88|Luma Mart|.*delivered at .*: the record verifies");
      assertThat(page.locator("#party-sandbox-pay .chip").first()).hasText("answered");
      assertThat(page.locator("blockquote").first()).containsText("•••• 7890");
      assertThat(page.locator("body")).not().containsText("6222 0212");
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
      Survey.photograph(page, "dispute-decided.jpg");
      clean(page);

      var download = page.waitForDownload(() -> page.locator("#bundle").click());
      var report = BundleCheck.verify(Files.readAllBytes(download.path()), null);
      assertThat(report.verified()).as(report.toString()).isTrue();
      assertThat(report.dispute()).extracting(each -> each.outcome()).isEqualTo("dismissed");

      visitor.opens("/console/" + world.name() + "/disputes");
      assertThat(page.locator("#disputes tbody tr")).hasCount(1);
      visitor.sees("dismissed");
      opensTheOrder(visitor, world);
      visitor.sees("Disputes about this order");
    }
  }

  @Test
  void whoIsSilentIsSeenToBeAndTheClaimCanBeTakenBack() {
    var world = server.newWorld("withdraw");
    try (var visitor = browsers.visitor("zh", 360, ColorScheme.DARK)) {
      var page = visitor.page();
      buys(visitor, world);
      opensTheOrder(visitor, world);
      var merchant = page.url().split("/orders/", 2)[1].split("/", 2)[0];
      silence(world, merchant);
      page.locator("#dispute").focus();
      page.keyboard().press("Enter");
      visitor.tabsTo("#kind-not_delivered");
      page.keyboard().press("Space");
      visitor.tabsTo("#description");
      page.keyboard().type("一直没有收到。");
      visitor.tabsTo("#dispute-pin");
      page.keyboard().type(Visitor.PIN);
      visitor.tabsTo("#something-wrong button.go");
      page.keyboard().press("Enter");
      visitor.sees(visitor.heading("^没有收到$"));
      assertThat(page.locator("#party-" + merchant)).containsText("尚未答复");
      assertThat(page.locator("#party-" + merchant)).containsText("status 503");
      assertThat(page.locator("#party-sandbox-pay .chip").first()).hasText("已答复");
      assertThat(page.locator("#party-sandbox-pay blockquote")).containsText("状态：已付款");
      visitor.sees(page.locator("#deadline"));
      Survey.photograph(page, "dispute-waiting.jpg");
      clean(page);
      page.locator("#withdraw").click();
      visitor.button("^撤回主张$").click();
      visitor.sees("判定前已撤回");
      assertThat(page.locator("#withdraw")).hasCount(0);
    }
  }

  private static void buys(Visitor visitor, World world) {
    var page = visitor.page();
    visitor.opens("/console/" + world.name() + "/try");
    visitor.says("A black phone charger under 150 yuan");
    page.locator("#take").click();
    page.locator("a[id^=pay-]").first().click();
    visitor.entersPin(Visitor.PIN);
    page.locator("button[value=APPROVE]").click();
    page.locator("a.btn.go").click();
    visitor.sees(page.locator(".ticket"));
  }

  private static void silence(World world, String merchant) {
    world
        .faults()
        .add(
            new FaultOrder(
                "error_status",
                merchant,
                "POST /disputes/evidence",
                null,
                null,
                null,
                Map.of(),
                null));
  }

  private static void opensTheOrder(Visitor visitor, World world) {
    visitor.opens("/console/" + world.name() + "/orders");
    visitor.page().locator("td a.mono").first().click();
  }

  private static Pattern having(String part) {
    return Pattern.compile(part);
  }

  private static void clean(Page page) {
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
        .isEqualTo(true);
    assertThat(Survey.graves(page)).isEmpty();
  }
}
