package org.actsandbox.web.console.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.alipay.request.PercentCode;
import org.actsandbox.alipay.signature.SignType;
import org.actsandbox.alipay.signature.StringToSign;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;

/**
 * Tests the page on which an application is registered: what it refuses, what it shows once, and
 * that a call with a wrong signature is explained where it is shown.
 */
class AlipayIntegrationPagesTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final Pattern APP = Pattern.compile("<p class=\"mono\">(\\d{16})</p>");
  private static final Pattern NEXT = Pattern.compile("id=\"next\" href=\"([^\"]+)\"");
  private static final Pattern PRIVATE = Pattern.compile("id=\"private-pkcs8\">\\s*([^<\\s]+)");
  private static final Pattern PUBLIC = Pattern.compile("id=\"platform\">\\s*([^<\\s]+)");
  private static final Pattern ENTRY = Pattern.compile("href=\"(/console/[^\"]+/journal/\\d+)\"");

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String cookie = server.cookie();
  private final String here = "/console/" + server.newWorld("alipay").name();

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Cookie", cookie)
            .header("Accept", "text/html")
            .header("Accept-Language", "en"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    var all = new LinkedHashMap<>(fields);
    all.put("_csrf", first(CSRF, get(here + "/alipay").body()));
    return send(
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Cookie", cookie)
            .header("Accept", "text/html")
            .header("Accept-Language", "en")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    PercentCode.form(all, StandardCharsets.UTF_8))));
  }

  private static String first(Pattern pattern, String page) {
    var found = pattern.matcher(page);
    assertThat(found.find()).as(pattern + " in " + page).isTrue();
    return found.group(1);
  }

  private void callWithKey(String appId, String key)
      throws IOException, InterruptedException, KeyTextException {
    call(appId, key, "alipay.trade.query", "{\"out_trade_no\":\"N1\"}");
  }

  private HttpResponse<String> call(String appId, String key, String method, String content)
      throws IOException, InterruptedException, KeyTextException {
    var parameters = new LinkedHashMap<String, String>();
    parameters.put("app_id", appId);
    parameters.put("method", method);
    parameters.put("charset", "UTF-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", "2026-08-25 10:00:00");
    parameters.put("version", "1.0");
    parameters.put("biz_content", content);
    parameters.put(
        "sign",
        SignType.RSA2.sign(
            RsaKeyText.read(key).privateKey().orElseThrow(),
            StringToSign.ofRequest(parameters).getBytes(StandardCharsets.UTF_8)));
    return send(
        HttpRequest.newBuilder(
                URI.create(
                    server.origin()
                        + "/gateway.do?"
                        + PercentCode.form(parameters, StandardCharsets.UTF_8)))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  /** Reads a page until it shows a text, because the journal is written after the answer. */
  private String pageWith(String path, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var page = get(path).body();
    while (!page.contains(text) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      page = get(path).body();
    }
    assertThat(page).contains(text);
    return page;
  }

  @Test
  void anApplicationIsRegisteredCalledAndGivenAnotherKey() throws Exception {
    var registered = post(here + "/alipay", Map.of("owner", "lingobee", "name", "My app"));
    assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
    var appId = first(APP, registered.body());
    var made = first(PRIVATE, registered.body());
    var path = here + "/alipay/" + appId;

    // Shown once: the page that is opened again has the place for it, and not the key.
    assertThat(get(path).body()).contains("&lt;APP_PRIVATE_KEY&gt;").doesNotContain(made);
    var java = post(path + "/settings", Map.of("file", "AlipaySandbox.java", "made", made)).body();
    assertThat(java).contains("setPrivateKey(\"" + made + "\")", appId);
    assertThat(post(path + "/settings", Map.of("file", "alipay.mjs")).body())
        .contains("<APP_PRIVATE_KEY>");

    callWithKey(appId, made);
    assertThat(pageWith(path, "ACQ.TRADE_NOT_EXIST")).contains("alipay.trade.query");
    var rotated = post(path + "/key", Map.of());
    assertThat(rotated.statusCode()).isEqualTo(200);
    assertThat(first(PRIVATE, rotated.body())).isNotEqualTo(made);
    callWithKey(appId, made);
    var page = pageWith(path, "isv.invalid-signature");
    var calls = page.substring(page.indexOf("id=\"calls\""));
    assertThat(calls).contains("/doctor?entry=");

    // The journal shows the diagnosis beside the failed call, and none beside the right one.
    var entries = ENTRY.matcher(calls).results().map(each -> each.group(1)).toList();
    assertThat(get(entries.getFirst()).body()).contains("former_key");
    assertThat(get(entries.getLast()).body())
        .contains("signature verified")
        .doesNotContain("class=\"stack tight diagnosis\"");
  }

  @Test
  void theCashierOfAPaymentPageShowsWhatIsBought() throws Exception {
    var registered = post(here + "/alipay", Map.of("owner", "lingobee", "name", "Books")).body();
    var page =
        call(
                first(APP, registered),
                first(PRIVATE, registered),
                "alipay.trade.page.pay",
                "{\"out_trade_no\":\"N2\",\"total_amount\":\"12.50\",\"subject\":\"一本书\","
                    + "\"product_code\":\"FAST_INSTANT_TRADE_PAY\"}")
            .body();
    var cashier = URI.create(first(NEXT, page)).getPath();
    var shown = get(cashier);
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    // No agent ordered it, and none collects anything.
    assertThat(shown.body())
        .contains("一本书", "12.50", "The merchant, on its own page or in its app")
        .doesNotContain("Demo agent, which cannot approve", "The agent collects what you bought");
  }

  /** What failed lately can be examined without knowing its number in the journal. */
  @Test
  void theDoctorListsTheFailedSignaturesOfTheJournal() throws Exception {
    var registered = post(here + "/alipay", Map.of("owner", "lingobee", "name", "Keys")).body();
    var other = post(here + "/alipay", Map.of("owner", "lingobee", "name", "Other")).body();
    callWithKey(first(APP, registered), first(PRIVATE, other));
    var page = pageWith(here + "/doctor", "id=\"failures\"");
    var entry = first(Pattern.compile("/doctor\\?entry=([0-9]+)"), page);
    assertThat(get(here + "/doctor?entry=" + entry).body()).contains("key_of_other_app");
  }

  @Test
  void aPrivateKeyAndThePlatformsKeyAreRefusedAndNotShownAgain() throws Exception {
    var other = post(here + "/alipay", Map.of("owner", "lingobee")).body();
    var secret = first(PRIVATE, other);
    var refused = post(here + "/alipay", Map.of("owner", "lingobee", "public_key", secret));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("id=\"refused\"", "This is a private key.")
        .doesNotContain(secret.substring(0, 60));
    var mixedUp =
        post(
            here + "/alipay/" + first(APP, other) + "/key",
            Map.of("public_key", first(PUBLIC, other)));
    assertThat(mixedUp.statusCode()).isEqualTo(400);
    assertThat(mixedUp.body()).contains("id=\"refused\"", "the two keys are mixed up");
    var cut = first(PUBLIC, other).substring(0, 200);
    assertThat(post(here + "/alipay", Map.of("owner", "lingobee", "public_key", cut)).body())
        .contains("The end is missing");
  }
}
