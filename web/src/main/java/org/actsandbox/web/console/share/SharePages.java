package org.actsandbox.web.console.share;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.export.Selection;
import org.actsandbox.sandbox.share.SharedRuns;
import org.actsandbox.sandbox.world.Addresses;
import org.actsandbox.web.console.frame.FormFields;
import org.actsandbox.web.console.frame.Visit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** The operator's side of sharing: make a link, see which there are, delete one. */
@Controller
@RequestMapping("/console/{world}/shares")
class SharePages {

  private final SharedRuns runs;
  private final Addresses addresses;

  SharePages(SharedRuns runs, Addresses addresses) {
    this.runs = runs;
    this.addresses = addresses;
  }

  private interface Fields {
    @Nullable String get(String name);
  }

  @GetMapping
  Rendering list(Visit visit) {
    return page(visit, selection(visit::query), null);
  }

  /** Shows the link this once: only its digest is kept. */
  @PostMapping
  Rendering share(Visit visit, FormFields form) {
    var selection = selection(form::first);
    var title = form.first("title");
    var made =
        runs.share(
            visit.world(),
            selection,
            title == null ? "" : title,
            Duration.ofDays(days(form.first("days"))));
    return page(visit, selection, addresses.origin() + "/shared/" + made.token());
  }

  @PostMapping("/{id}/delete")
  Rendering delete(Visit visit, @PathVariable String id) {
    runs.revoke(visit.world(), id);
    return visit.redirect(visit.here() + "/shares");
  }

  private Rendering page(Visit visit, Selection selection, @Nullable String url) {
    return visit
        .page("console/shares", "journal")
        .with("runs", runs.of(visit.world()))
        .with("filters", selection.filters())
        .with("what", String.join(", ", selection.filters().values()))
        .with("url", url)
        .show();
  }

  private static Selection selection(Fields fields) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (var name : Selection.names()) {
      var value = fields.get(name);
      if (value != null) {
        filters.put(name, value);
      }
    }
    return Selection.of(filters);
  }

  private static long days(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,3}")) {
      throw new Refusal(Problem.INVALID_FIELD, "a link lasts some days")
          .at("days")
          .expected("1 to " + SharedRuns.MOST_DAYS);
    }
    return Long.parseLong(text);
  }
}
