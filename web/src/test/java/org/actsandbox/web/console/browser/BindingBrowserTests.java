package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/** Tests that the wallet shows what a binding permits before the PIN is entered (ACT PSD-1). */
class BindingBrowserTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final Browsers browsers = Browsers.shared();

  @Test
  void consentIsReadThenConfirmedAndAWrongPinBindsNothing() {
    var world = server.newWorld("binding");
    int before = instruments(world);
    try (var browserUser = browsers.loggedIn("en")) {
      asks(browserUser, world, "500.00");
      browserUser.page().getByText("What your PIN stands for").click();
      browserUser.sees("did:act:demo-agent");
      browserUser.sees("¥500.00");
      browserUser.entersPin("111111");
      browserUser.button("^Bind$").click();
      browserUser.sees("2 attempts left");
      assertThat(instruments(world)).isEqualTo(before);

      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Bind$").click();
      browserUser.sees("Bound. The agent can ask for payments with it.");
    }
    assertThat(instruments(world)).isEqualTo(before + 1);
  }

  @Test
  void aRefusalAndAnUnknownAgentBindNothing() {
    var world = server.newWorld("binding-no");
    int before = instruments(world);
    try (var browserUser = browsers.loggedIn("en")) {
      asks(browserUser, world, "");
      browserUser.button("^Decline$").click();
      browserUser.sees("Nothing was bound.");
      browserUser.opens("/console/" + world.name() + "/wallet/bindings");
      browserUser
          .page()
          .locator("#agent_id option")
          .evaluate("option => (option.value = 'did:act:nobody-here')");
      browserUser.button("^See what it permits$").click();
      browserUser.sees("No agent of that name");
    }
    assertThat(instruments(world)).isEqualTo(before);
  }

  /** Of two windows the second one is shown how the binding was decided before its answer. */
  @Test
  void aBindingThatWasDecidedIsShownAsItIs() {
    var world = server.newWorld("binding-decided");
    int before = instruments(world);
    try (var first = browsers.loggedIn("en");
        var second = browsers.loggedIn("en")) {
      asks(first, world, "");
      second.opens(first.page().url());
      first.button("^Decline$").click();
      first.sees("Nothing was bound.");
      second.entersPin(BrowserUser.PIN);
      second.button("^Bind$").click();
      second.sees("You declined. The agent got nothing.");
    }
    assertThat(instruments(world)).isEqualTo(before);
  }

  private static void asks(BrowserUser browserUser, World world, String limit) {
    browserUser.opens("/console/" + world.name() + "/wallet");
    browserUser.page().locator("a[href$='/wallet/bindings']").click();
    browserUser.page().locator("#limit_per_payment").fill(limit);
    browserUser.button("^See what it permits$").click();
  }

  private static int instruments(World world) {
    return world.participant(Psp.class).instruments().newest(null, null, null).items().size();
  }
}
