package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the timeline: watched live, replayed, filtered, downloaded and shared. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimelineBrowserTests {

  private static final String SENTENCE = "A black phone charger under 150 yuan";

  private final ConsoleServer server = ConsoleServer.shared();
  private final Browsers browsers = Browsers.shared();
  private World world;
  private String here;
  private String order;

  @BeforeAll
  void buySomething() {
    world = server.newWorld("timeline");
    here = "/console/" + world.name();
    try (var browserUser = browsers.loggedIn("en")) {
      PurchaseBrowserTests.offersFor(browserUser, world, SENTENCE);
      browserUser.page().locator("#confirm-choice").click();
      browserUser.page().locator("a[id^=pay-]").first().click();
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.page().locator("button[value=APPROVE]").click();
      browserUser.sees(browserUser.heading("^Paid$"));
      browserUser.opens(here + "/orders");
      order = browserUser.page().locator("td .mono").first().textContent();
    }
  }

  private void note(String order, String event) {
    world
        .journal()
        .note(
            new JournalNote(
                "did:act:raileast",
                JournalNote.Kind.DECISION,
                ActComponent.CID_CART_CFM,
                event,
                Map.of("order_no", order),
                Map.of()));
  }

  private static void counts(Locator rows, int count) {
    PlaywrightAssertions.assertThat(rows).hasCount(count);
  }

  @Test
  void aRunPlaysFromOneFileWithoutAServer() throws IOException {
    try (var browserUser = browsers.loggedIn("en");
        var alone = browsers.blankPage()) {
      var address = here + "/journal/take-away?order_no=" + order + "&format=";
      var file = browserUser.page().request().get(address + "html");
      assertThat(file.headers().get("content-disposition")).contains("attachment", ".html");
      assertThat(file.text()).doesNotContain("src=", "href=", "@import", "url(", BrowserUser.PIN);
      alone.setContent(file.text());
      int rows = alone.locator("#picture > .row").count();
      assertThat(rows).isGreaterThan(5);
      assertThat(alone.locator("#picture > .ahead").count()).isZero();
      var captions = captions(alone);
      assertThat(captions).hasSize(rows).noneMatch(caption -> caption.matches(".*[:：]\\s*"));
      PlaywrightAssertions.assertThat(alone.locator("#caption")).hasText(captions.getLast());
      alone.locator("#back").click();
      counts(alone.locator("#picture > .ahead"), 1);
      PlaywrightAssertions.assertThat(alone.locator("#caption")).hasText(captions.get(rows - 2));
      alone.locator("h1").click();
      alone.keyboard().press("ArrowRight");
      PlaywrightAssertions.assertThat(alone.locator("#caption")).hasText(captions.getLast());
      for (int row = rows - 1; row > 0; row--) {
        alone.locator("#back").click();
      }
      assertThat(alone.evaluate(BELOW_THE_HEAD)).isEqualTo(true);
      var png = alone.waitForDownload(() -> alone.locator("#png").click());
      assertThat(png.suggestedFilename()).isEqualTo("act-run.png");
      var animated = alone.waitForDownload(() -> alone.locator("#apng").click());
      assertAnimation(Files.readAllBytes(animated.path()), rows);
      var svg = browserUser.page().request().get(address + "svg");
      assertThat(svg.text()).startsWith("<svg").contains("</svg>").doesNotContain(" th:");
    }
  }

  /** Tells whether the newest message is on the screen, and not behind the head of the page. */
  private static final String BELOW_THE_HEAD =
      """
      () => {
        const place = document.querySelector('#picture > .row.here').getBoundingClientRect();
        const head = document.querySelector('header').getBoundingClientRect();
        return place.top >= head.bottom && place.bottom <= innerHeight;
      }""";

  @SuppressWarnings("unchecked")
  private static List<String> captions(Page page) {
    return (List<String>)
        page.evaluate(
            "() => [...document.querySelectorAll('#messages > pre')].map(e => e.dataset.label)");
  }

  /**
   * Reads the picture as a viewer that knows no animations, and counts the frames of the others.
   */
  private static void assertAnimation(byte[] file, int frames) throws IOException {
    var first = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(first.getWidth()).isEqualTo(1280);
    assertThat(first.getHeight()).isEqualTo(720);
    var found = new HashMap<String, Integer>();
    var bytes = ByteBuffer.wrap(file).position(8);
    while (bytes.hasRemaining()) {
      var chunk = new byte[bytes.getInt() + 4];
      bytes.get(chunk);
      var crc = new CRC32();
      crc.update(chunk);
      assertThat(bytes.getInt()).isEqualTo((int) crc.getValue());
      found.merge(new String(chunk, 0, 4, StandardCharsets.US_ASCII), 1, Integer::sum);
    }
    assertThat(found).containsEntry("acTL", 1).containsEntry("fcTL", frames);
    assertThat(found.get("fdAT")).isGreaterThanOrEqualTo(frames - 1);
  }

  @Test
  void onlyRowsOfTheSelectedEntriesAppearLive() {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens(here + "/journal?order_no=" + order);
      var page = browserUser.page();
      browserUser.sees(page.locator("#sequence li"));
      page.evaluate("() => { window.sameDocument = true; }");
      note("R-of-somebody-else", "not-of-this-story");
      note(order, "of-this-story");
      browserUser.sees(page.locator("#sequence a").getByText("of this story"));
      counts(page.locator("#sequence a").getByText("not of this story"), 0);
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
    }
  }

  @Test
  void theReplayIsPlayedPausedAndSteppedWithTheKeyboardAlone() {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens(here + "/journal?order_no=" + order + "&kind=exchange");
      var page = browserUser.page();
      var shown = page.locator("#sequence > li:not(.ahead)");
      browserUser.sees(page.locator("#replay"));
      int all = page.locator("#sequence > li").count();
      assertThat(all).isGreaterThan(6);
      page.keyboard().press("Home");
      counts(shown, 1);
      browserUser.sees(page.locator("#decoder #decoded-entry"));
      page.keyboard().press("ArrowRight");
      page.keyboard().press("ArrowRight");
      counts(shown, 3);
      PlaywrightAssertions.assertThat(page.locator("#replay-at")).hasText("3 of " + all);
      page.keyboard().press("ArrowLeft");
      counts(shown, 2);
      page.locator("#speed").selectOption("10");
      page.locator("h1").click();
      page.keyboard().press("Space");
      PlaywrightAssertions.assertThat(page.locator("#replay")).hasClass(Pattern.compile("playing"));
      PlaywrightAssertions.assertThat(page.locator("#replay"))
          .not()
          .hasClass(Pattern.compile("playing"));
      counts(shown, all);
      page.keyboard().press("Home");
      page.keyboard().press("End");
      counts(shown, all);
    }
  }

  @Test
  void everySignatureInAMessageIsShownWithItsBytesAndItsKey() {
    try (var browserUser = browsers.loggedIn("zh")) {
      browserUser.opens(here + "/journal?order_no=" + order);
      var page = browserUser.page();
      page.locator("#sequence a")
          .filter(new Locator.FilterOptions().setHasText("请收取"))
          .first()
          .click();
      var signs = page.locator("#decoder .signs li");
      browserUser.sees(signs);
      assertThat(signs.count()).isGreaterThanOrEqualTo(2);
      counts(page.locator("#decoder .signs .chip.ok"), signs.count());
      page.locator("#view-signed").click();
      browserUser.sees(page.locator("#decoder details summary"));
      assertThat(page.locator("#decoder").textContent()).contains("signer_id", "bill");
    }
  }

  @Test
  void theTimelineIsFilteredByParticipantAndRequest() {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens(here + "/journal");
      var page = browserUser.page();
      page.locator("#search").fill("Sandbox Pay");
      page.locator("#journal-search button").click();
      browserUser.sees(page.locator("#sequence a").getByText("please ask for"));
      counts(page.locator("#sequence a").getByText("hold it at"), 0);
      browserUser.opens(here + "/journal?request_id=Q-nowhere");
      browserUser.sees("No entry matches");
    }
  }

  @Test
  void theArchiveIsDownloadedFromThePage() throws Exception {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens(here + "/journal?order_no=" + order);
      var page = browserUser.page();
      var har = page.waitForDownload(() -> page.locator("#export-har").click());
      assertThat(har.suggestedFilename()).isEqualTo("act-" + world.name() + ".har");
      var log = Json.parse(Files.readAllBytes(har.path())).path("log");
      assertThat(log.path("version").asString()).isEqualTo("1.2");
      assertThat(log.path("entries").size()).isGreaterThan(6);
    }
  }

  @Test
  void aLinkOpensTheRunReadOnlyWithNothingOfTheWorldAroundIt() {
    String link;
    try (var owner = browsers.loggedIn("en")) {
      owner.opens(here + "/journal?order_no=" + order);
      owner.page().locator("#share").click();
      owner.page().locator("#title").fill("One charger");
      owner.page().locator("#create-link").click();
      link = owner.page().locator("#shared-link").getAttribute("href");
      owner.sees(owner.page().locator("td").getByText("One charger"));
    }
    try (var reader = browsers.loggedIn("zh", 360, ColorScheme.DARK)) {
      reader.opens(link);
      var page = reader.page();
      reader.sees(reader.heading("One charger"));
      counts(page.locator("form"), 0);
      counts(page.locator("a[href*='/console']"), 0);
      counts(page.locator("#clock"), 0);
      assertThat(page.content()).doesNotContain(world.seed(), "X-Act-Csrf", BrowserUser.PIN);
      page.locator("#sequence a").first().click();
      reader.sees(page.locator("#decoder #view-raw"));
      page.locator("#view-raw").click();
      reader.sees(page.locator("#decoder pre"));
      counts(page.locator("form"), 0);
    }
    try (var owner = browsers.loggedIn("en")) {
      owner.opens(here + "/shares");
      owner.button("^Delete: One charger").click();
      counts(owner.page().locator("td").getByText("One charger"), 0);
      var answer = owner.page().navigate(link);
      assertThat(answer.status()).isEqualTo(404);
      counts(owner.page().locator("#clock"), 0);
    }
  }

  /** The pages of links and of a shared run are among those of {@link PagesBrowserTests}. */
  @ParameterizedTest
  @CsvSource({"en, 360, LIGHT", "zh, 1920, DARK"})
  void thePagesFitAndAreAccessible(String lang, int width, ColorScheme scheme) {
    var problems = new ArrayList<String>();
    try (var browserUser = browsers.loggedIn(lang, width, scheme)) {
      var page = browserUser.page();
      Map.of(
              "timeline", here + "/journal?order_no=" + order,
              "who-knows", here + "/knowledge?order_no=" + order,
              "run-none", "/shared/nothing")
          .forEach(
              (name, path) -> problems.addAll(PageAudit.of(page, name, path, lang, width, scheme)));
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void theMatrixSaysWhereAParticipantLearnedADatum() {
    try (var browserUser = browsers.loggedIn("en", 360, ColorScheme.LIGHT)) {
      browserUser.opens(here + "/orders");
      browserUser.page().locator("td a.order-link").first().click();
      browserUser.click(
          com.microsoft.playwright.options.AriaRole.LINK, Pattern.compile("Who knows what"));
      browserUser.sees(browserUser.page().locator("#no-leaks"));
      var budget =
          browserUser
              .page()
              .locator("tr")
              .filter(
                  new Locator.FilterOptions()
                      .setHas(browserUser.page().locator("th", hasText("Budget"))));
      counts(budget.locator("td.leaked"), 0);
      assertThat(budget.locator("td.kept").count()).isGreaterThanOrEqualTo(2);
      budget.locator("td.told a").first().click();
      browserUser.sees(browserUser.page().getByText(SENTENCE));
    }
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
