package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends wrong values from each field of each form, and asks for what does not exist: the answers
 * are in the reader's language.
 */
class WrongInputBrowserTests extends BrowserTestBase {

  /** Pages with forms that need no purchase before. */
  private static final List<String> PAGES =
      List.of(
          "own-shop",
          "connect/agents",
          "try",
          "merchants/luma-mart",
          "wallet",
          "wallet/bindings",
          "journal",
          "worlds",
          "check-shop",
          "alipay",
          "webhooks",
          "credit",
          "delegations/new",
          "doctor",
          "evidence/bundle",
          "grades",
          "scenarios/new",
          "scenarios/sold-out-at-confirmation/change",
          "mutants",
          "session",
          "shares",
          "sub-accounts");

  private static final List<String> ABSENT =
      List.of(
          "journal/99999999",
          "doctor?entry=999999",
          "orders/luma-mart/none",
          "orders/none/none",
          "disputes/none",
          "delegations/none",
          "delegations?state=none",
          "merchants/none",
          "merchants/luma-mart/items/none",
          "runs/none",
          "scenarios/none",
          "grades/none",
          "evidence/records/none",
          "wallet/bindings/none",
          "sub-accounts/none",
          "tasks/none/report",
          "webhooks/deliveries/none",
          "check-shop/none",
          "own-shop/none",
          "alipay/none",
          "credit/none",
          "comparisons/none",
          "show/none/1",
          "figures/none");

  /** Lists what to send: each form with fields once for each wrong value of each field. */
  private static final String SUBMISSIONS =
      """
      () => {
        const wrong = {text: ['zz zz~', 'x'.repeat(5000), ''], number: ['abc', '-5'],
          textarea: ['{"a":', 'x'], password: ['000000'], file: ['{"a": ']};
        const left = 'button, [type=submit], [type=button], [type=hidden]';
        const sent = [];
        for (const form of document.querySelectorAll('form[method=post]')) {
          const fields = [...form.elements].filter(e => e.name && !e.matches(left));
          for (const name of new Set(fields.map(e => e.name))) {
            const field = fields.find(e => e.name === name);
            for (const value of wrong[field.type] ?? ['zzz']) {
              if (!value && !field.required) continue;
              const data = new FormData(form);
              data.set(name, value);
              sent.push({
                action: form.getAttribute('action'),
                file: field.type === 'file' ? name : '',
                what: name + '=' + value.slice(0, 8),
                names: [...data.keys()],
                values: [...data.values()].map(each => typeof each === 'string' ? each : ''),
              });
            }
          }
        }
        return sent;
      }
      """;

  private static final String FIND =
      "([html, lang, skipped]) => {"
          + ForeignText.FIND
          + "return foreign(new DOMParser().parseFromString(html, 'text/html'), lang, skipped);}";

  private final List<String> found = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"zh", "en"})
  void refusalsAreInTheReadersLanguage(String lang) {
    found.clear();
    var here = "/console/" + server.newWorld("wrong-" + lang).name() + "/";
    int sent = 0;
    int refused = 0;
    try (var browserUser = browsers.loggedIn(lang, 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      page.navigate(here + "doctor");
      for (var path : ABSENT) {
        judge(page, path, page.request().get(here + path, languageOf(lang)), lang);
      }
      for (var path : PAGES) {
        page.navigate(here + path);
        for (var each : (List<?>) page.evaluate(SUBMISSIONS)) {
          var submission = (Map<?, ?>) each;
          var answer =
              page.request()
                  .post(String.valueOf(submission.get("action")), options(submission, lang));
          judge(page, path + " " + submission.get("what"), answer, lang);
          sent++;
          refused += answer.status() >= 400 ? 1 : 0;
        }
      }
    }
    assertThat(sent).as("forms sent").isGreaterThan(100);
    assertThat(refused).as("forms refused").isGreaterThan(50);
    assertThat(found).isEmpty();
  }

  private static RequestOptions languageOf(String lang) {
    return RequestOptions.create().setHeader("Accept-Language", lang);
  }

  private static RequestOptions options(Map<?, ?> submission, String lang) {
    var names = (List<?>) Objects.requireNonNull(submission.get("names"));
    var values = (List<?>) Objects.requireNonNull(submission.get("values"));
    var file = String.valueOf(submission.get("file"));
    var form = FormData.create();
    for (int i = 0; i < names.size(); i++) {
      var name = String.valueOf(names.get(i));
      var value = String.valueOf(values.get(i));
      if (name.equals(file)) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        form.append(name, new FilePayload("a.json", "application/json", bytes));
      } else {
        form.append(name, value);
      }
    }
    var options = languageOf(lang).setHeader("Origin", ConsoleServer.shared().origin());
    return file.isEmpty() ? options.setForm(form) : options.setMultipart(form);
  }

  /** Notes what is not in the reader's language, and an answer that is a bug. */
  private void judge(Page page, String what, APIResponse answer, String lang) {
    if (answer.status() == 500) {
      found.add(what + " answers 500");
    }
    if (answer.headers().getOrDefault("content-type", "").startsWith("text/html")) {
      var texts =
          (List<?>) page.evaluate(FIND, List.of(answer.text(), lang, ForeignText.exceptions()));
      texts.forEach(text -> found.add(what + ": " + text));
    }
    answer.dispose();
  }
}
