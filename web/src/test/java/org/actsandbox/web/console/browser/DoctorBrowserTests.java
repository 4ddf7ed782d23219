package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;

/** Tests the page of the signature doctor with a real browser. */
class DoctorBrowserTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final Browsers browsers = Browsers.shared();

  /** Checks also that the page does not repeat what was pasted in its form. */
  @Test
  void aPastedMessageShowsItsCauseInBothLanguages() {
    var world = server.newWorld("doctor");
    var message = SignedJson.sign(Json.object().put("b", "1"), world.signer(World.AGENT));
    // The member was not signed.
    var pasted = Json.write(message.put("a", "2"));
    for (var lang : new String[] {"en", "zh"}) {
      try (var browserUser = browsers.loggedIn(lang)) {
        browserUser.opens("/console/" + world.name() + "/doctor");
        browserUser.page().locator("#text").fill(pasted);
        browserUser.page().locator("#examine").click();
        browserUser.sees(browserUser.page().locator("#found .cause"));
        var found = browserUser.page().locator("#found");
        assertThat(found.textContent())
            .contains("member_not_signed", "did:act:demo-agent#key-1")
            .contains(lang.equals("en") ? "What to change" : "如何修改");
        assertThat(browserUser.page().locator("#text").inputValue()).isEmpty();
      }
    }
  }

  @Test
  void aPrivateKeyIsRefusedAndNotShown() {
    var world = server.newWorld("doctor-key");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/doctor");
      browserUser
          .page()
          .locator("#text")
          .fill("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
      browserUser.page().locator("#examine").click();
      browserUser.sees(browserUser.page().locator("#refused"));
      assertThat(browserUser.page().content()).contains("private key").doesNotContain("AAAA");
    }
  }
}
