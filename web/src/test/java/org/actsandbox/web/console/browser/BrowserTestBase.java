package org.actsandbox.web.console.browser;

import org.junit.jupiter.api.TestInstance;

/** Gives tests in a real browser the shared server, on which each test makes a world of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTestBase {

  static final String SEED = "Find me a window seat on tomorrow's early train to Shanghai";

  final ConsoleServer server = ConsoleServer.shared();
  final Browsers browsers = Browsers.shared();
}
