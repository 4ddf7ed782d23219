package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import org.actsandbox.protocol.identity.Role;
import org.junit.jupiter.api.Test;

/**
 * Tests the page that connects the host of an agent: its key, its texts, the calls as they come.
 */
class ConnectBrowserTests extends BrowserTestBase {

  private static final Map<String, Object> LIST_ORDERS =
      Map.of(
          "jsonrpc",
          "2.0",
          "id",
          1,
          "method",
          "tools/call",
          "params",
          Map.of(
              "name",
              "get_order",
              "arguments",
              Map.of(),
              "_meta",
              Map.of(
                  "io.modelcontextprotocol/protocolVersion",
                  "2026-07-28",
                  "io.modelcontextprotocol/clientCapabilities",
                  Map.of())));

  @Test
  void theKeyIsThereWhenAskedForAndTheFirstCallAppears() {
    var world = server.newWorld("connect");
    var key = world.roleKey(Role.ASSISTANT, null);
    var address = "/console/" + world.name() + "/connect";
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(address + "?host=claude-desktop");
      assertThat(page.locator("#paste")).containsText("\"--world\", \"" + world.name() + "\"");
      assertThat(page.content()).doesNotContain(key);
      for (var host : page.locator("#hosts a").all()) {
        assertThat(host.getAttribute("href")).startsWith(address + "?host=");
      }
      browserUser.opens(address + "?host=cursor");
      assertThat(page.content()).doesNotContain(key);
      page.locator("#show-key").click();
      assertThat(page.locator("#paste")).containsText("Bearer " + key);
      assertThat(page.locator("#tool-calls")).containsText("Waiting for the first call");

      var answer =
          page.request()
              .post(
                  server.origin() + "/w/" + world.name() + "/mcp",
                  RequestOptions.create()
                      .setHeader("Authorization", "Bearer " + key)
                      .setHeader("MCP-Protocol-Version", "2026-07-28")
                      .setHeader("Mcp-Method", "tools/call")
                      .setHeader("Mcp-Name", "get_order")
                      .setData(LIST_ORDERS));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(page.locator("#tool-calls")).containsText("Connected");
      assertThat(page.locator("#tool-calls")).containsText("get_order");
    }
  }
}
