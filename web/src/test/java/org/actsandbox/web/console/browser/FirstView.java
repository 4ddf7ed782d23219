package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Examines how a page appears: what the browser receives for it, and what moves after the first
 * picture. Times are only noted, because they differ from machine to machine.
 */
final class FirstView {

  /** A page with its styles and scripts takes at most this much of the wire, in bytes. */
  private static final int MOST_BYTES = 150 * 1024;

  /** Keeps the layout shifts of a page; a shift that follows a key or a click is none. */
  private static final String WATCH =
      """
      window.shifts = [];
      new PerformanceObserver(list => list.getEntries().filter(shift => !shift.hadRecentInput)
        .forEach(shift => window.shifts.push(shift.sources.map(source =>
          (source.node?.id || source.node?.className || source.node?.nodeName || '?')
            + ' from ' + Math.round(source.previousRect.x) + ',' + Math.round(source.previousRect.y)
            + ' to ' + Math.round(source.currentRect.x) + ',' + Math.round(source.currentRect.y))
          .join('; '))))
        .observe({type: 'layout-shift', buffered: true});
      """;

  /** First paints of the pages that were opened, in milliseconds, by the name of the look. */
  private static final Map<String, Integer> PAINTS = new ConcurrentHashMap<>();

  private FirstView() {}

  /** Watches every page that this tab opens from now on. */
  static void watch(Page page) {
    page.addInitScript(WATCH);
  }

  /**
   * Returns the problems of the page that was just opened. A browser that is short of time can show
   * half a page; so only a page that moves when it is opened again has a problem.
   */
  static List<String> problems(Page page, String shot) {
    var problems = new ArrayList<String>();
    awaitLateParts(page);
    var shifts = shifts(page);
    PAINTS.put(shot, firstPaint(page));
    int bytes = bytes(page);
    if (bytes > MOST_BYTES) {
      problems.add(shot + " takes " + bytes + " bytes with its styles and scripts");
    }
    if (!shifts.isEmpty()) {
      page.reload();
      awaitLateParts(page);
      shifts(page).forEach(shift -> problems.add(shot + " moves after it is shown: " + shift));
    }
    return problems;
  }

  /** Waits for the parts that a page asks for after it was shown. */
  private static void awaitLateParts(Page page) {
    page.waitForFunction("() => !document.querySelector('.late-now')");
  }

  /** Says how long the opened pages took to the first picture, for docs/performance-notes.md. */
  static String times() {
    var slowest = PAINTS.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    int pages = slowest.size();
    return "first paint of %d pages: median %d ms, slowest %s"
        .formatted(
            pages,
            slowest.get(pages / 2).getValue(),
            slowest.subList(Math.max(0, pages - 5), pages));
  }

  private static int firstPaint(Page page) {
    return ((Number)
            page.evaluate(
                """
                () => Math.round(
                  performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
                """))
        .intValue();
  }

  /** Returns what moved from the first picture until two pictures after everything was loaded. */
  @SuppressWarnings("unchecked") // the script returns texts
  static List<String> shifts(Page page) {
    return (List<String>)
        page.evaluate(
            """
            () => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() =>
              setTimeout(() => resolve(window.shifts)))))
            """);
  }

  /**
   * Opens the page again and returns what moves when its scripts run only after the first picture,
   * as in a browser that is short of time.
   */
  static List<String> shiftsWithLateScripts(Page page) {
    var late = new ArrayList<Route>();
    page.route("**/assets/**/*.js", late::add);
    page.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.COMMIT));
    page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length");
    page.unroute("**/assets/**/*.js");
    late.forEach(Route::resume);
    page.waitForLoadState();
    return shifts(page);
  }

  /** Returns the size on the wire of a page and all that it names, whether cached or not. */
  @SuppressWarnings("unchecked") // the script returns numbers
  static int bytes(Page page) {
    var sizes =
        (Map<String, Object>)
            page.evaluate(
                """
                () => ({
                  page: performance.getEntriesByType('navigation')[0].encodedBodySize,
                  parts: performance.getEntriesByType('resource')
                    .filter(part => ['link', 'script', 'img', 'css'].includes(part.initiatorType))
                    .reduce((sum, part) => sum + part.encodedBodySize, 0),
                })
                """);
    return sizes.values().stream().mapToInt(size -> ((Number) size).intValue()).sum();
  }
}
