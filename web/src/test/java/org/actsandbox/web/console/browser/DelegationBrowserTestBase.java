package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;

/** Gives tests about delegations an outside agent that shops while its principal is absent. */
abstract class DelegationBrowserTestBase extends BrowserTestBase {

  OutsideShopper shopper(World world) {
    return new OutsideShopper(world, server.origin());
  }

  static String here(World world) {
    return "/console/" + world.name() + "/delegations";
  }

  int delegations(World world) {
    return server
        .bean(ConsoleApiClient.class)
        .get(world, new Caller(Role.PRINCIPAL, null), "/delegations/iacs")
        .path("items")
        .size();
  }

  static Page.LocatorOptions having(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  static Locator.GetByTextOptions exact() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
