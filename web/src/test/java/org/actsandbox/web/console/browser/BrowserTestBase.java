package org.actsandbox.web.console.browser;

import org.junit.jupiter.api.TestInstance;

/** Tests in a real browser, each in a world of its own on the server that all of them share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTestBase {

  static final String SEED = "Find me a window seat on tomorrow's early train to Shanghai";

  final ConsoleServer server = ConsoleServer.shared();
  final Browsers browsers = Browsers.shared();
}
