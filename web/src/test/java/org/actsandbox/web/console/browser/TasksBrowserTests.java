package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests how a person gives a task, funds it and reads its result (ACT L3). */
class TasksBrowserTests extends BrowserTestBase {

  private static final String SENTENCE =
      "Prepare a report on coffee and copper prices with a Chinese summary, spend at most 20 yuan";

  /** Asks for a task, gives the authority and the money, and returns to the conversation. */
  static void startsFundedTask(BrowserUser browserUser, String here, String sentence, String yuan) {
    var page = browserUser.page();
    browserUser.opens(here + "/try");
    browserUser.says(sentence);
    browserUser.sees(page.locator("#authority a.btn.primary"));
    var conversation = page.url();
    page.locator("#authority a.btn.primary").click();
    browserUser.entersPin(BrowserUser.PIN);
    page.locator("button.primary").first().click();
    browserUser.sees(page.locator(".note.ok, .result, h1").first());
    page.navigate(conversation);
    page.locator("a[id^=fund-]").click();
    assertThat(page.locator("#set-aside h2")).containsText("¥" + yuan);
    page.locator("#pin-aside").fill(BrowserUser.PIN);
    page.locator("#set-aside button.primary").click();
    assertThat(page).hasURL(conversation);
  }

  /**
   * A wrong PIN sets nothing aside and keeps the amount; the right one then returns to the talk.
   */
  @Test
  void aWrongPinSetsNothingAside() {
    var world = server.newWorld("aside");
    var here = "/console/" + world.name();
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here + "/sub-accounts?amount=7.00&conversation=C-1");
      assertThat(page.locator("#pin-aside")).isFocused();
      page.locator("#pin-aside").fill("111111");
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("#set-aside .note.bad"));
      assertThat(page.locator("article.sub-account")).hasCount(0);
      browserUser.opens(here + "/sub-accounts?amount=seven&conversation=C-1");
      assertThat(page.locator("#set-aside")).hasCount(0);
    }
  }

  @Test
  void aTaskIsGivenPaidForAndBilled() {
    var world = server.newWorld("task");
    var here = "/console/" + world.name();
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      startsFundedTask(browserUser, here, SENTENCE, "20.00");

      var summary = page.locator("#task");
      assertThat(summary.locator(".state")).hasText("done");
      assertThat(summary.locator("dd")).hasCount(4);
      assertThat(summary).containsText("¥10.70");
      assertThat(page.locator("#authority")).hasCount(0);
      summary.getByText("See the task").click();

      var task = page.locator("article[id^=task-]");
      assertThat(task).hasCount(1);
      assertThat(task).containsText("¥10.70 of ¥20.00 spent, ¥9.30 left");
      assertThat(task.locator(".steps li")).hasCount(4);
      assertThat(task.locator("tbody tr")).hasCount(4);
      var report = task.getByText("Open the report").getAttribute("href");
      var answer = page.request().get(server.origin() + report);
      assertThat(answer.text()).contains("<polyline");
      assertThat(answer.headers().get("content-security-policy")).contains("sandbox");

      page.getByText("See the delegation").click();
      browserUser.sees("its purpose is fulfilled");
      browserUser.sees(page.locator("#history").getByText("task done"));
    }
  }

  @Test
  void aPaymentStoppedByTheAgentsOwnCheckIsExplained() {
    var world = server.newWorld("kept");
    var here = "/console/" + world.name();
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      startsFundedTask(browserUser, here, "准备一份关于黄金价格的报告，最多花 9 元，用到 40% 时提醒我", "9.00");
      assertThat(page.locator("#task .state")).hasText("部分完成");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("查看任务")))
          .click();
      assertThat(page.locator("article[id^=task-]")).containsText("智能体自检未通过");
      page.locator("article[id^=task-] a[href*='/delegations/']").click();

      var refused = page.locator("#refused-payments li");
      assertThat(refused).hasCount(1);
      assertThat(refused).containsText("智能体自检未通过，没有申请");
      assertThat(refused).containsText("CID-6");
      assertThat(refused).containsText("不超过 ¥9.00，其中已用 ¥4.70");
      assertThat(page.locator("#history")).containsText("目的已达成");
    }
  }
}
