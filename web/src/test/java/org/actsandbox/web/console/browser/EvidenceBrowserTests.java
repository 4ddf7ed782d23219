package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.actsandbox.web.console.browser.OutsideShopper.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.sandbox.evidence.EvidenceBundles;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.tamper.TamperLab;
import org.actsandbox.sandbox.tamper.TamperRequest;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.trust.record.RecordStore.LookupKey;
import org.actsandbox.sandbox.trust.record.RecordStore.StoredRecord;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how a person reads evidence, breaks it and downloads it. */
class EvidenceBrowserTests extends BrowserTestBase {

  /** Makes a world with two delegated purchases and all their records. */
  private World world(String purpose) {
    var world = server.newWorld(purpose);
    try (var agent = new OutsideShopper(world, server.origin())) {
      var id = agent.getsDelegation();
      expect(201, agent.pays(id));
      expect(201, agent.pays(id));
    }
    assertThat(world.participant(TrustService.class).recorder().catchUp()).isTrue();
    return world;
  }

  /** Returns the newest record of the event. */
  private static StoredRecord newest(World world, EventType event) {
    return world
        .participant(TrustService.class)
        .records()
        .newest(Map.of(LookupKey.EVENT, event.code()), null)
        .items()
        .getFirst();
  }

  private static String here(World world) {
    return "/console/" + world.name() + "/evidence";
  }

  private static Locator having(Page page, String css, String text) {
    return page.locator(css, new Page.LocatorOptions().setHasText(text));
  }

  @Test
  void aRecordIsFoundReadAndVerifiedStepByStep() {
    var world = world("evidence");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here(world));
      assertThat(page.locator(".record-steps li")).hasCount(6);
      // What was bought is named in words, not by the order's number.
      assertThat(page.locator(".purchase-evidence h2").first())
          .hasText(Pattern.compile("^(?!\\s*[A-Z]-).+", Pattern.DOTALL));
      page.locator("#event").selectOption(EventType.TRANSACTION_COMPLETED.code());
      assertThat(page.locator(".record-steps li")).hasCount(2);
      page.locator(".record-steps a").first().click();

      browserUser.sees(browserUser.heading("^Payment completed$"));
      for (var part : new String[] {"1", "2", "3", "4", "5", "6"}) {
        browserUser.sees(browserUser.heading("^" + part + " · "));
      }
      assertThat(page.locator(".checks li")).hasCount(7);
      page.evaluate("() => { window.sameDocument = true; }");
      browserUser.button("^Verify$").click();
      assertThat(page.locator(".checks li.passed")).hasCount(7);
      browserUser.sees("Verified, with everything it is based on");
      assertThat(page.locator("#verdict .causes .box.ok")).hasCount(4);
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);

      page.locator("nav.tabs a[href*='view=signed']").click();
      browserUser.sees(having(page, "pre", "business_time"));
      page.locator("nav.tabs a[href*='view=anchor']").click();
      assertThat(page.locator("pre")).containsText("eyJ");
    }
  }

  @Test
  void brokenEvidenceIsFoundNamedAndHealed() {
    var world = world("lab");
    var cart = newest(world, EventType.CART_CONFIRMED);
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here(world) + "/records/" + cart.recordId());
      page.getByText("Tamper with it").click();
      page.locator("input[value=anchor_rewritten]").check();
      browserUser.button("^Break it$").click();

      browserUser.sees("The database refused the same change to the stored data");
      browserUser.sees("append-only");
      assertThat(page.locator("#broken-evidence h2")).isInViewport();
      assertThat(page.locator(".checks li.failed"))
          .containsText("Check the anchor on the chain failed");
      browserUser.sees("does not match its leaf");
      assertThat(page.locator(".merkle .edge.broken").first()).isVisible();

      // Every page of the world has the notice.
      browserUser.opens("/console/" + world.name() + "/orders");
      assertThat(page.locator("#waiting-tampered")).hasText("Evidence broken on purpose");
      browserUser.opens(here(world) + "/chain?audit=0");
      browserUser.sees("Leaf at height");
      page.locator("#waiting-tampered").click();

      browserUser.button("^Heal everything$").click();
      browserUser.sees("Everything is healed");
      assertThat(page.locator("#waiting-tampered")).hasCount(0);
      browserUser.opens(here(world) + "/chain?audit=0");
      browserUser.sees("Intact: 6 anchors checked");
    }
  }

  /** At its stop of a playlist, one key breaks a record in front of the audience. */
  @Test
  void aDigitIsChangedWithOneKeyOnAStage() {
    var world = world("lab-stage");
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/show/ten/6?present");
      assertThat(page.locator("input[value=record_changed]")).isFocused();
      page.keyboard().press("Enter");
      assertThat(page.locator("#broken-evidence mark")).hasCount(1);
      assertThat(page.locator(".checks li.failed")).hasCount(1);
      assertThat(page.locator("#broken-evidence h2")).isInViewport();
    }
  }

  @Test
  void aSlowChainIsWaitedForAndASilentChainIsInconclusive() {
    var world = world("slow");
    var paid = newest(world, EventType.TRANSACTION_COMPLETED).recordId();
    var slow =
        new FaultRequest(
            "delay", "sandbox-trust", "GET /anchors/*", null, null, 1L, Map.of("ms", 2500), null);
    world.faults().add(slow);
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here(world) + "/records/" + paid);
      assertThat(page.locator(".progress").first()).isHidden();
      browserUser.button("^Verify$").click();
      assertThat(page.locator(".progress").first()).isVisible();
      assertThat(page.locator(".checks li.passed")).hasCount(7);

      world
          .participant(TamperLab.class)
          .tamper(new TamperRequest("chain_silent", paid, null, null, null));
      browserUser.button("^Verify$").click();
      browserUser.sees("An outage is never a mismatch");
      assertThat(page.locator("#verdict .note.warn")).isVisible();
      assertThat(page.locator("#verdict .note.bad")).hasCount(0);
    }
  }

  @Test
  void aBrokenCauseIsNamedOnTheOrder() {
    var world = world("cause");
    var paid = newest(world, EventType.TRANSACTION_COMPLETED);
    var order = String.valueOf(paid.record().orderNo());
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/orders/luma-mart/" + order);
      browserUser.sees("2 条记录");
      page.locator("#evidence form button").click();
      browserUser.sees("4 条记录全部核验通过");
      assertThat(page.locator(".causes .box.ok")).hasCount(4);

      var issued = newest(world, EventType.DELEGATION_ISSUED).recordId();
      world
          .participant(TamperLab.class)
          .tamper(new TamperRequest("record_changed", issued, null, null, null));
      browserUser.opens(here(world) + "/orders/" + order);
      page.locator("button.primary").click();
      browserUser.sees("有记录未通过核验");
      assertThat(page.locator(".note.bad")).containsText("授权已签发");
      assertThat(page.locator(".causes .box.bad")).hasCount(1);
    }
  }

  @Test
  void aBundleIsDownloadedAndVerifiedInAnyWorld() {
    var world = world("bundle");
    var order = String.valueOf(newest(world, EventType.TRANSACTION_COMPLETED).record().orderNo());
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here(world) + "/orders/" + order);
      var download = page.waitForDownload(() -> page.getByText("Download evidence").click());
      assertThat(download.suggestedFilename()).isEqualTo("evidence-" + order + ".zip");
      var file = new EvidenceBundles(world).of(order);
      assertThat(read(download.path())).isEqualTo(file);

      page.locator("button.primary").click();
      assertThat(page.locator("#documents tbody tr")).hasCount(8);
      assertThat(page.locator("#documents")).containsText("Approval of the payment");
      assertThat(page.locator("#documents"))
          .containsText("that it left no record of the order out");

      browserUser.opens(here(world) + "/bundle");
      drop(page, file);
      browserUser.sees("All 4 records of order " + order);
      assertThat(page.locator("#report > table tbody tr")).hasCount(4);
      assertThat(page.locator("#documents tbody tr")).hasCount(9);
      assertThat(page.locator("#documents")).containsText("which party owns which key");
      page.locator("input[name=known]").check();
      drop(page, file);
      browserUser.sees("All 4 records of order " + order);
      assertThat(page.locator("#documents tbody tr")).hasCount(8);
      assertThat(page.locator("#documents")).not().containsText("which party owns which key");
      assertThat(page.locator("#documents .chip.bad")).hasCount(0);
      page.locator("input[name=known]").uncheck();
      var changed = file.clone();
      changed[changed.length / 2] ^= 1;
      drop(page, changed);
      assertThat(page.locator("#report .note.bad")).isVisible();
      drop(page, "no zip at all".getBytes(StandardCharsets.UTF_8));
      browserUser.sees("It is not a zip file that can be read");
      page.locator("#key").fill(BundleCheck.verify(file, null).keeperKey());
      drop(page, file);
      browserUser.sees("All 4 records of order");
      page.locator("#key").fill("sha-256:" + "A".repeat(43));
      drop(page, file);
      browserUser.sees("It is sealed with another key than the one you gave");
      drop(page, new byte[9 * 1024 * 1024]);
      browserUser.sees("the file is too large|too large");
    }
  }

  private static void drop(Page page, byte[] file) {
    page.locator("#file").setInputFiles(new FilePayload("e.zip", "application/zip", file));
    page.locator("form.card button").click();
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void invalidInputInTheLabIsExplainedAndBreaksNothing() {
    var world = world("nonsense");
    var intent = newest(world, EventType.INTENT_CREATED).recordId();
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here(world) + "/lab?record=" + intent);
      page.locator("input[value=upstream_reordered]").check();
      browserUser.button("^Break it$").click();
      browserUser.sees("a record that follows from others");
      assertThat(page.locator("input[value=upstream_reordered]")).isChecked();
      assertThat(world.participant(TamperLab.class).breaks()).isEmpty();
    }
  }

  @Test
  void tamperingAndRefusalsAreExplainedInChinese() {
    var world = world("chinese");
    var cart = newest(world, EventType.CART_CONFIRMED).recordId();
    var paid = newest(world, EventType.TRANSACTION_COMPLETED).recordId();
    var tamperLab = world.participant(TamperLab.class);
    tamperLab.tamper(new TamperRequest("anchor_removed", cart, null, null, null));
    tamperLab.tamper(new TamperRequest("node_changed", paid, null, null, null));
    tamperLab.tamper(new TamperRequest("head_changed", paid, null, null, null));
    tamperLab.tamper(new TamperRequest("record_removed", paid, null, null, null));
    tamperLab.tamper(new TamperRequest("key_postdated", cart, null, null, null));
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      browserUser.opens(here(world) + "/lab");
      var broken = page.locator("#broken-evidence");
      assertThat(broken).containsText(Pattern.compile("高度 \\d"));
      assertThat(broken).containsText(Pattern.compile("第 \\d 层，高度 \\d"));
      assertThat(broken).containsText("不见了");
      assertThat(broken).containsText(Pattern.compile("自 .* 起有效"));
      assertThat(broken).not().containsText(Pattern.compile("height|level|there|gone|valid"));

      browserUser.opens("/console/" + world.name() + "/orders/raileast/R-none");
      assertThat(page.locator("h1")).hasText(Pattern.compile("[^a-zA-Z]+"));
      assertThat(page.getByText("这个商户没有这张订单").first()).isVisible();
      assertThat(page.getByText("no such order")).hasCount(0);
    }
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/orders/raileast/R-none");
      browserUser.sees("no such order");
    }
  }

  /** The pages of sound evidence are among those of {@link PagesBrowserTests}. */
  @ParameterizedTest
  @CsvSource({"en, 360, LIGHT", "zh, 1920, DARK"})
  void everyPageFitsAndIsAccessible(String lang, int width, ColorScheme scheme) {
    var world = world("survey");
    var paid = newest(world, EventType.TRANSACTION_COMPLETED);
    var pages = new LinkedHashMap<String, String>();
    var empty = "/console/" + server.newWorld("survey-empty").name() + "/evidence";
    pages.put("evidence-empty", empty);
    pages.put("evidence-chain-empty", empty + "/chain");
    pages.put("evidence-lab-empty", empty + "/lab");
    pages.put("evidence-record-raw", here(world) + "/records/" + paid.recordId() + "?view=raw");
    pages.put("evidence-chain", here(world) + "/chain?audit=0");
    var problems = new ArrayList<String>();
    try (var browserUser = browsers.loggedIn(lang, width, scheme)) {
      var page = browserUser.page();
      pages.forEach(
          (name, path) -> problems.addAll(PageAudit.of(page, name, path, lang, width, scheme)));
      var suffix = "-%s-%d-%s.jpg".formatted(lang, width, scheme).toLowerCase(Locale.ROOT);
      browserUser.opens(here(world) + "/orders/" + paid.record().orderNo());
      page.locator("button.primary").click();
      browserUser.sees(page.locator("#documents"));
      problems.addAll(PageAudit.ofShown(page, "evidence-order-papers" + suffix));
      for (var kind : new String[] {"head_changed", "node_changed"}) {
        browserUser.opens(here(world) + "/lab?record=" + paid.recordId());
        page.locator("input[value=" + kind + "]").check();
        page.locator("button.btn.bad").click();
        browserUser.sees(page.locator(".checks li.failed"));
      }
      problems.addAll(PageAudit.ofShown(page, "evidence-lab" + suffix));
      browserUser.opens(here(world) + "/records/" + paid.recordId());
      page.locator("#verify button").click();
      browserUser.sees(page.locator(".checks li.failed"));
      problems.addAll(PageAudit.ofShown(page, "evidence-broken" + suffix));
      problems.addAll(
          PageAudit.of(
              page, "evidence-audit", here(world) + "/chain?audit=0", lang, width, scheme));
      browserUser.opens(here(world) + "/orders/" + paid.record().orderNo());
      page.locator("button.primary").click();
      browserUser.sees(page.locator(".note.bad"));
      problems.addAll(PageAudit.ofShown(page, "evidence-order-broken" + suffix));
      browserUser.opens(here(world) + "/bundle");
      drop(page, new EvidenceBundles(world).of(String.valueOf(paid.record().orderNo())));
      browserUser.sees(page.locator("#report"));
      problems.addAll(PageAudit.ofShown(page, "evidence-bundle-broken" + suffix));
    }
    assertThat(problems).isEmpty();
  }
}
