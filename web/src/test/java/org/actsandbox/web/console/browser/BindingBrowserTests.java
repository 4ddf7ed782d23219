package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/** What a binding permits is read in the wallet before the PIN is entered (ACT PSD-1). */
class BindingBrowserTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final Browsers browsers = Browsers.shared();

  @Test
  void consentIsReadThenConfirmedAndAWrongPinBindsNothing() {
    var world = server.newWorld("binding");
    int before = instruments(world);
    try (var visitor = browsers.visitor("en")) {
      asks(visitor, world, "500.00");
      visitor.sees("did:act:demo-agent");
      visitor.sees("¥500.00");
      visitor.entersPin("111111");
      visitor.button("^Bind it$").click();
      visitor.sees("2 attempts left");
      assertThat(instruments(world)).isEqualTo(before);

      visitor.entersPin(Visitor.PIN);
      visitor.button("^Bind it$").click();
      visitor.sees("Bound. The agent can ask for payments with it.");
    }
    assertThat(instruments(world)).isEqualTo(before + 1);
  }

  @Test
  void aRefusalAndAnUnknownAgentBindNothing() {
    var world = server.newWorld("binding-no");
    int before = instruments(world);
    try (var visitor = browsers.visitor("en")) {
      asks(visitor, world, "");
      visitor.button("^Do not bind it$").click();
      visitor.sees("Nothing was bound.");
      visitor.opens("/console/" + world.name() + "/wallet/bindings");
      visitor.page().locator("#agent_id").fill("did:act:nobody-here");
      visitor.button("^See what it permits$").click();
      visitor.sees("No agent of that name");
    }
    assertThat(instruments(world)).isEqualTo(before);
  }

  private static void asks(Visitor visitor, World world, String limit) {
    visitor.opens("/console/" + world.name() + "/wallet");
    visitor.page().locator("a[href$='/wallet/bindings']").click();
    visitor.page().locator("#limit_per_payment").fill(limit);
    visitor.button("^See what it permits$").click();
  }

  private static int instruments(World world) {
    return world.part(Psp.class).instruments().newest(null, null, null).items().size();
  }
}
