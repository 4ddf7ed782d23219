package org.actsandbox.web.console.journal;

import java.util.List;
import java.util.Map;
import org.actsandbox.web.console.decoder.Opened;
import org.actsandbox.web.console.frame.Visit;
import org.springframework.web.reactive.result.view.Rendering;

/** An opened entry, beside the timeline or on a page of its own. */
public final class EntryView {

  private static final List<String> VIEWS = List.of("decoded", "raw", "signed", "curl");

  private EntryView() {}

  /**
   * @param link where the entries of this timeline are
   * @param shared on the pages of a shared run, which lead nowhere else
   */
  public static Rendering show(Visit visit, Opened opened, String link, boolean shared) {
    var wanted = visit.query("view");
    var view = wanted != null && VIEWS.contains(wanted) ? wanted : "decoded";
    if (visit.isPartial()) {
      return visit.fragment(
          "console/entry :: decoder",
          Map.of("opened", opened, "view", view, "views", VIEWS, "link", link));
    }
    return visit
        .page("console/entry", shared ? "shared" : "journal")
        .with("opened", opened)
        .with("view", view)
        .with("views", VIEWS)
        .with("link", link)
        .show();
  }
}
