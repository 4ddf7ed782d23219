package org.actsandbox.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.actsandbox.web.console.form.Upload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that forged forms, other sites, frames and browsers without a session are refused. */
class ConsoleGuardTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String cookie = server.cookie();

  @ParameterizedTest
  @ValueSource(strings = {"/", "/console/demo/try", "/console/demo/nowhere", "/cashier/T-NONE"})
  void everyPageForbidsContentFromOtherOrigins(String path) throws Exception {
    var answer = get(path);
    var policy = answer.headers().firstValue("Content-Security-Policy").orElse("");
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(answer.headers().firstValue("Referrer-Policy")).isPresent();
    assertThat(answer.body()).doesNotContain(" style=\"", "<style", "onclick=", "javascript:");
    assertThat(answer.body()).doesNotContainPattern("<script(?! src=)");
  }

  @Test
  void theSessionCookieIsForThisSiteAndNotForScripts() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.address())).build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
        .matches("act_console_[A-Za-z0-9_-]{8}=.*")
        .containsIgnoringCase("HttpOnly")
        .contains("SameSite=Strict");
  }

  @Test
  void aFormWithoutTheSessionsTokenIsRefusedAndChangesNothing() throws Exception {
    var session = session();
    assertThat(post(session.cookie(), "theme=dark&back=/", null).statusCode()).isEqualTo(403);
    assertThat(post(session.cookie(), "theme=dark&_csrf=wrong", null).statusCode()).isEqualTo(403);
    assertThat(post(session().cookie(), "theme=dark&_csrf=" + session.token(), null).statusCode())
        .as("another session's token")
        .isEqualTo(403);
    assertThat(post("", "theme=dark&_csrf=" + session.token(), null).statusCode()).isEqualTo(401);
    var forged = post(session.cookie() + "x", "theme=dark&_csrf=" + session.token(), null);
    assertThat(forged.statusCode()).isEqualTo(401);
    assertThat(forged.headers().allValues("Set-Cookie")).noneMatch(c -> c.startsWith("act_theme"));
  }

  @Test
  void anotherSiteIsRefusedEvenWithTheToken() throws Exception {
    var session = session();
    var form = "theme=dark&_csrf=" + session.token();
    assertThat(post(session.cookie(), form, "cross-site").statusCode()).isEqualTo(403);
    assertThat(post(session.cookie(), form, "same-origin").statusCode()).isEqualTo(303);
  }

  @Test
  void anUploadWithoutTheTokenOrItsLengthIsNotRead() throws Exception {
    var session = session();
    assertThat(upload(session.cookie(), form("wrong"), true).statusCode()).isEqualTo(403);
    assertThat(upload("", form(session.token()), true).statusCode()).isEqualTo(401);
    assertThat(upload(session.cookie(), form(session.token()), false).statusCode()).isEqualTo(413);
    var large = form(session.token()) + "-".repeat(Upload.MAX_BYTES);
    assertThat(upload(session.cookie(), large, true).statusCode()).isEqualTo(413);
    var taken = upload(session.cookie(), form(session.token()), true);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.body()).contains("archive_broken");
    var fileless = form(session.token()).replace("filename=\"e.zip\"", "");
    assertThat(upload(session.cookie(), fileless, true).statusCode()).isEqualTo(200);
    var crowded = form(session.token()).replace("--b--\r\n", "").repeat(9) + "--b--\r\n";
    assertThat(upload(session.cookie(), crowded, true).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/demo/try/a%20b/stop",
        "/console/demo/try/a%3Fb/stop",
        "/console/demo/try/..%2F..%2F..%2Fpsp%2Fpin%3F/stop",
        "/console/demo/try/%22%3E%3Cimg%3E/stop",
        "/console/demo/disputes/%25zz/withdraw",
        "/console/demo/delegations/a%0Ab/pause"
      })
  void aPathPartThatIsItselfAnAddressIsNotFound(String path) throws Exception {
    var session = session();
    var world = server.newWorld("guard");
    var journal = world.journal();
    long before = journal.lastSeq();

    var answer =
        post(
            path.replace("demo", world.name()),
            session.cookie(),
            "_csrf=" + session.token(),
            "same-origin");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(journal.lastSeq()).as("requests in the principal's name").isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "/nowhere, text/html, text/html, There is nothing here",
    "/consol/demo, 'text/html,application/xhtml+xml,*/*;q=0.8', text/html, There is nothing here",
    "/nowhere, */*, application/json, not_found",
    "/api/nowhere, text/html, application/problem+json, not_found",
    "/w/demo/nowhere, text/html, application/json, not_found"
  })
  void anUnknownAddressIsAPageForBrowsersOnly(String path, String accept, String type, String says)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Accept", accept)
            .header("Cookie", cookie)
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(answer.body()).containsIgnoringCase(says);
  }

  /** A form that is too large is refused, with and without a declared length. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFormThatIsTooLargeIsAnsweredWithAPageThatSaysSo(boolean length) throws Exception {
    var session = session();
    var large =
        ("_csrf=" + session.token() + "&x=" + "y".repeat(400_000)).getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/console/demo/scenarios/new"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .header("Cookie", session.cookie())
            .POST(
                length
                    ? HttpRequest.BodyPublishers.ofByteArray(large)
                    : HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large)));

    var answer = send(request);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body()).contains("at most 307200 bytes");
  }

  /** Deeply nested scenario text does not overload the parser. */
  @Test
  void aNestedScenarioIsAnsweredAtOnce() throws Exception {
    var session = session();
    for (var text : new String[] {"[".repeat(1_000), "%20k:%0A".repeat(450)}) {
      var answer =
          post(
              "/console/demo/scenarios/new",
              session.cookie(),
              "_csrf=" + session.token() + "&text=scenario:%20deep%0Asteps:%20" + text,
              "same-origin");
      assertThat(answer.statusCode()).isBetween(200, 499);
    }
  }

  private static String form(String token) {
    return """
        --b\r
        Content-Disposition: form-data; name="_csrf"\r
        \r
        %s\r
        --b\r
        Content-Disposition: form-data; name="file"; filename="e.zip"\r
        Content-Type: application/zip\r
        \r
        no zip\r
        --b--\r
        """
        .formatted(token);
  }

  private HttpResponse<String> upload(String cookie, String form, boolean length) throws Exception {
    var bytes = form.getBytes(StandardCharsets.UTF_8);
    var body =
        length
            ? HttpRequest.BodyPublishers.ofByteArray(bytes)
            : HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/console/demo/evidence/bundle"))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "multipart/form-data; boundary=b")
            .header("Accept", "text/html")
            .POST(body);
    return send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
  }

  @Test
  void redirectsStayOnThisServer() throws Exception {
    var session = session();
    for (var away : new String[] {"//evil.example", "https://evil.example", "/\\evil.example"}) {
      var answer =
          post(session.cookie(), "theme=dark&back=" + away + "&_csrf=" + session.token(), null);
      assertThat(answer.headers().firstValue("Location")).contains("/");
    }
  }

  @Test
  void languageFollowsLinkThenCookieThenBrowser() throws Exception {
    assertThat(get("/", "Accept-Language", "zh-CN,zh;q=0.9").body()).contains("lang=\"zh\"");
    assertThat(get("/", "Accept-Language", "fr").body()).contains("lang=\"en\"");
    assertThat(get("/?lang=en", "Accept-Language", "zh").body()).contains("lang=\"en\"");
    assertThat(get("/", "Cookie", cookie + "; act_lang=zh").body()).contains("lang=\"zh\"");
    assertThat(get("/", "Accept-Language", "q;;=,").statusCode()).isEqualTo(200);
  }

  @Test
  void boundToMoreThanLoopbackEveryPageAsksForTheTokenOrTheAdminKey() throws Exception {
    // Not closed: servers of one process share their network threads, which closing would end.
    var open = new ConsoleServer("0.0.0.0");
    for (var path : new String[] {"/", "/console/demo/wallet", "/cashier/T-1"}) {
      var answer = get(open, path);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("./run open");
    }
    assertThat(get(open, "/console/login").statusCode()).isEqualTo(401);
    assertThat(get(open, "/assets/base.css").statusCode()).isEqualTo(200);
  }

  private record Session(String cookie, String token) {}

  private Session session() throws Exception {
    var mine = server.cookie();
    var answer = get("/", "Cookie", mine);
    var token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(answer.body());
    assertThat(token.find()).isTrue();
    return new Session(mine, token.group(1));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.origin() + path));
    boolean own = List.of(headers).contains("Cookie");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send((own ? request : request.header("Cookie", cookie)).header("Accept", "text/html"));
  }

  private HttpResponse<String> get(ConsoleServer at, String path) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(at.origin() + path)).header("Accept", "text/html"));
  }

  private HttpResponse<String> post(
      String cookie, String form, @org.jspecify.annotations.Nullable String site) throws Exception {
    return post("/console/theme", cookie, form, site);
  }

  private HttpResponse<String> post(
      String path, String cookie, String form, @org.jspecify.annotations.Nullable String site)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
