package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.credit.AssociationState;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer;
import org.actsandbox.sandbox.credit.issuer.AssociationIssuer.Held;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;

/** Tests that a principal confirms a credential, permits a hotel to ask, and ends both, by hand. */
class CreditBrowserTests extends BrowserTestBase {

  @Test
  void whatThePinPermitsOneClickRevokes() {
    var world = server.newWorld("credit");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/credit");
      browserUser.button("^Let your agent refer to it$").click();
      browserUser.sees("Applied for. Confirm it with your PIN.");
      confirms(browserUser, "000000");
      browserUser.sees(browserUser.page().locator("#credit-refused"));
      assertThat(held(world)).as("a wrong PIN issues nothing").isEmpty();
      confirms(browserUser, BrowserUser.PIN);
      browserUser.sees("The credential is issued.");

      browserUser.page().locator("#merchant").selectOption("stayhub");
      browserUser.page().locator("#pin-authorize").fill(BrowserUser.PIN);
      browserUser.button("^Let it ask for a month$").click();
      browserUser.sees("It may ask now.");

      revoke(browserUser, "/credit/authorizations/").click();
      browserUser.sees("It may not ask any more.");
      assertThat(revoke(browserUser, "/credit/authorizations/").count()).isZero();

      revoke(browserUser, "/credit/associations/").click();
      browserUser.sees("Revoked for good.");
      assertThat(revoke(browserUser, "/credit/associations/").count()).isZero();
      assertThat(held(world).getFirst().status().status()).isEqualTo(AssociationState.REVOKED);
    }
  }

  @Test
  void aChangedStatementWaitsForThePinAndItsCredentialNamesTheOneBefore() {
    var world = server.newWorld("credit-again");
    try (var browserUser = browsers.loggedIn("zh")) {
      browserUser.opens("/console/" + world.name() + "/credit");
      browserUser.button("^允许您的智能体引用$").click();
      confirms(browserUser, BrowserUser.PIN);
      browserUser.sees("凭证已签发");
      var first = id(world);

      server
          .bean(ConsoleApiClient.class)
          .post(
              world, new Caller(Role.OPERATOR, null), "/credit/corrections", Map.of("score", 641));
      browserUser.opens("/console/" + world.name() + "/credit");
      confirms(browserUser, BrowserUser.PIN);
      browserUser.sees("凭证已签发");

      assertThat(id(world)).isNotEqualTo(first);
      browserUser.sees("取代 " + first);
    }
  }

  @Test
  void theLoweredDepositIsToldFromTheOfferToTheDispute() throws IOException {
    var world = server.newWorld("credit-dispute");
    server
        .bean(ConsoleApiClient.class)
        .post(
            world,
            new Caller(Role.MERCHANT, Did.of("stayhub")),
            "/merchants/stayhub/deposit-policy",
            Map.of("amount", "500.00"));
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/credit");
      browserUser.button("^Let your agent refer to it$").click();
      confirms(browserUser, BrowserUser.PIN);
      page.locator("#merchant").selectOption("stayhub");
      page.locator("#pin-authorize").fill(BrowserUser.PIN);
      browserUser.button("^Let it ask for a month$").click();
      browserUser.sees("It may ask now.");

      browserUser.opens("/console/" + world.name() + "/try");
      browserUser.says("A hotel in Shanghai tomorrow, two nights, at StayHub");
      browserUser.sees("incl. ¥500.00 deposit, which goes back");
      page.locator("#confirm-choice").click();
      page.locator("a[id^=pay-]").first().click();
      browserUser.entersPin(BrowserUser.PIN);
      page.locator("button[value=APPROVE]").click();
      page.locator("a.btn.primary").click();
      browserUser.sees(page.locator(".ticket"));

      browserUser.opens("/console/" + world.name() + "/orders");
      page.locator("td a.order-link").first().click();
      assertThat(page.locator("#deposit").innerText()).startsWith("¥0.00 of ¥500.00.");
      page.locator("#dispute").click();
      page.locator("#kind-amount_differs").check();
      page.locator("#expected").fill("1.00");
      page.locator("#description").fill("The room should cost less.");
      page.locator("#dispute-pin").fill(BrowserUser.PIN);
      browserUser.button("^Dispute ¥").click();
      browserUser.sees("Dismissed: the evidence speaks against the claim");
      assertThat(page.locator("#deposit").innerText())
          .startsWith("¥0.00 of ¥500.00.")
          .contains("signed receipt");
      assertThat(page.locator("body").innerText()).doesNotContain("The parties are asked");
      var download = page.waitForDownload(() -> page.locator("#bundle").click());
      var report = BundleCheck.verify(Files.readAllBytes(download.path()), null);
      assertThat(report.verified()).as(report.toString()).isTrue();
      assertThat(report.papers()).anyMatch(each -> each.name().equals("credit-receipt.json"));
    }
  }

  @Test
  void eachServiceHasAPageWithItsKeys() {
    var world = server.newWorld("credit-services");
    try (var browserUser = browsers.loggedIn("en")) {
      for (var did : List.of(World.CREDIT, World.CREDIT_ISSUER, World.CREDIT_VERIFIER)) {
        browserUser.opens("/console/" + world.name() + "/credit");
        var path = "/credit/" + did.name().replace("sandbox-", "");
        browserUser.page().locator("a[href$='" + path + "']").click();
        browserUser.sees(world.keys().publicKeys(did).getFirst().signerId());
        assertThat(browserUser.page().content()).doesNotContain("reportNo", "CRREP-");
      }
    }
  }

  private static List<Held> held(World world) {
    return world.participant(AssociationIssuer.class).held(World.PRINCIPAL, null).items();
  }

  private static String id(World world) {
    return held(world).getFirst().credential().path("credentialId").asString();
  }

  private static void confirms(BrowserUser browserUser, String pin) {
    var form =
        browserUser.page().locator("form[action*='/credit/applications/']:has(input[name=pin])");
    form.locator("input[name=pin]").fill(pin);
    form.locator("button.primary").click();
  }

  private static Locator revoke(BrowserUser browserUser, String path) {
    return browserUser.page().locator("form[action*='" + path + "'][action$='/revoke'] button");
  }
}
