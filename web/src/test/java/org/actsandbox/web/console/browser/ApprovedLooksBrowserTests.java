package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.actsandbox.web.console.browser.ApprovedLooks.Look;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that the plan of a page notices what a reader would notice, and only that: with a plan that
 * is blind, or that differs between machines, approved looks would be worth nothing.
 */
class ApprovedLooksBrowserTests extends BrowserTestBase {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          removed    | document.getElementById('start').remove()                           | is gone: .*#start
          hidden     | document.querySelector('.wish-form').style.visibility = 'hidden'     | is gone: .*wish-form
          moved      | document.querySelector('.five').style.order = -1                     | was .*figure.five
          narrowed   | document.querySelector('.five').style.width = '50%'                  | was .*figure.five
          under      | document.querySelector('.hero').style.display = 'block'              | was .*figure.five
          reordered  | document.querySelector('main section').prepend(document.querySelector('main .card')) | is .*card
          covered    | document.querySelector('.five').style.marginLeft = '-300px'          | OVERLAPS
          cut off    | document.querySelector('.wish-form').style.marginTop = '-400px'      | [OS][VT][EI][RC]
          ground     | document.getElementById('start').style.background = 'var(--bad)'     | was .*brand.* is .*bad.*#start
          ink        | document.querySelector('h1').style.color = 'var(--warn)'             | was .*ink.* is .*warn.*h1
          foreign    | document.querySelector('h1').style.color = 'rgb(1, 2, 3)'            | is .*rgb\\(1,2,3\\)
          added      | document.querySelector('main section').append(document.createElement('form').appendChild(Object.assign(document.createElement('button'), {textContent: 'x'}))) | is new: .*button
          """)
  void noticesAPartThatIs(String what, String change, String expected) {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/");
      var page = browserUser.page();
      var approved = Look.DESKTOP_LIGHT.of(page);
      page.evaluate("() => { " + change + " }");

      assertThat(Look.DESKTOP_LIGHT.of(page).differencesTo(approved))
          .as(what)
          .anySatisfy(each -> assertThat(each).containsPattern(expected));
    }
  }

  /** Other machines have other fonts, and a colour scheme changes colours but not their names. */
  @ParameterizedTest
  @CsvSource({
    "Liberation Serif, DejaVu Sans Mono, 0",
    "DejaVu Sans, Noto Sans Mono CJK SC, 0.02",
    "Noto Sans CJK SC, Liberation Mono, -0.01"
  })
  void doesNotMindAnotherFont(String sans, String mono, String spacing) {
    var world = server.newWorld("fonts");
    var problems = new ArrayList<String>();
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      for (var path :
          List.of("/", "/wallet", "/worlds", "/for-builders", "/show", "/delegations")) {
        browserUser.opens(path.equals("/") ? path : "/console/" + world.name() + path);
        for (var look : List.of(Look.DESKTOP_LIGHT, Look.PHONE_DARK)) {
          page.evaluate("() => document.documentElement.removeAttribute('style')");
          var approved = look.of(page);
          page.evaluate(
              """
              ([sans, mono, spacing]) => {
                const style = document.documentElement.style;
                style.setProperty('--sans', sans);
                style.setProperty('--mono', mono);
                style.letterSpacing = spacing + 'em';
              }
              """,
              List.of(sans, mono, spacing));
          look.of(page).differencesTo(approved).forEach(each -> problems.add(path + " " + each));
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void theSamePageInAnotherRunLooksTheSame() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var plans = new ArrayList<PagePlan>();
      for (var purpose : List.of("one", "other")) {
        browserUser.opens("/console/" + server.newWorld(purpose).name() + "/merchants/luma-mart");
        plans.add(Look.PHONE_LIGHT.of(page));
        assertThat(plans.getLast().parts()).hasSizeGreaterThan(8);
      }
      assertThat(plans.getLast().differencesTo(plans.getFirst())).isEmpty();
    }
  }

  @Test
  void readsBackWhatItWrites() {
    try (var browserUser = browsers.loggedIn("en")) {
      var looks = new EnumMap<Look, PagePlan>(Look.class);
      browserUser.opens("/");
      for (var look : Look.values()) {
        looks.put(look, look.of(browserUser.page()));
      }
      var text = ApprovedLooks.text(looks);
      assertThat(ApprovedLooks.read(text.lines().toList())).isEqualTo(looks);
      assertThat(text).contains("button#start");
    }
    var desktop = plan("main", "main > a", "main > a > b", "main > c");
    var phone = plan("main", "main > a", "main > x", "main > x > b", "main > c");
    var looks = new EnumMap<Look, PagePlan>(Look.class);
    for (var look : Look.values()) {
      looks.put(look, look.name().startsWith("PHONE") ? phone : desktop);
    }
    assertThat(ApprovedLooks.read(ApprovedLooks.text(looks).lines().toList())).isEqualTo(looks);
  }

  private static PagePlan plan(String... paths) {
    var parts = new LinkedHashMap<String, String>();
    for (var path : paths) {
      parts.put(path, "0-12 ink/card");
    }
    return new PagePlan(parts);
  }
}
