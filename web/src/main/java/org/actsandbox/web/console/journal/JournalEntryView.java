package org.actsandbox.web.console.journal;

import java.util.List;
import java.util.Map;
import org.actsandbox.web.console.decoder.DecodedEntry;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.web.reactive.result.view.Rendering;

/** Renders a decoded entry beside the timeline or on a page of its own. */
public final class JournalEntryView {

  private static final List<String> VIEWS = List.of("decoded", "raw", "signed", "curl");

  private JournalEntryView() {}

  /**
   * @param link address under which the entries of this timeline are
   * @param shared true on the pages of a shared run, which have no links to other pages
   */
  public static Rendering show(
      PageRequest pageRequest, DecodedEntry decodedEntry, String link, boolean shared) {
    var wanted = pageRequest.query("view");
    var view = wanted != null && VIEWS.contains(wanted) ? wanted : "decoded";
    if (pageRequest.isPartial()) {
      return pageRequest.fragment(
          "console/entry :: decoder",
          Map.of("opened", decodedEntry, "view", view, "views", VIEWS, "link", link));
    }
    return pageRequest
        .page("console/entry", shared ? "shared" : "journal")
        .with("opened", decodedEntry)
        .with("view", view)
        .with("views", VIEWS)
        .with("link", link)
        .show();
  }
}
