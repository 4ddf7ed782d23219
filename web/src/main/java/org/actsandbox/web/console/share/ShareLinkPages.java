package org.actsandbox.web.console.share;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.export.JournalSelection;
import org.actsandbox.sandbox.share.SharedRuns;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.qr.QrCode;
import org.actsandbox.web.console.qr.ReachableAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Lets the operator make, list and delete links to stored runs. */
@Controller
@RequestMapping("/console/{world}/shares")
class ShareLinkPages {

  private final SharedRuns runs;
  private final ReachableAddress reachable;

  ShareLinkPages(SharedRuns runs, ReachableAddress reachable) {
    this.runs = runs;
    this.reachable = reachable;
  }

  /**
   * The address of a link that was just made.
   *
   * @param code the address as a code; null where only this machine reaches the server
   */
  record NewLink(String url, @Nullable QrCode code) {}

  private interface Fields {
    @Nullable String get(String name);
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return page(pageRequest, selection(pageRequest::query), null);
  }

  /** Makes a link and shows it only this once, because the server stores only its digest. */
  @PostMapping
  Rendering share(PageRequest pageRequest, CallerAddress address, FormFields form) {
    var journalSelection = selection(form::first);
    var title = form.first("title");
    var newShare =
        runs.share(
            pageRequest.world(),
            journalSelection,
            title == null ? "" : title,
            Duration.ofDays(days(form.first("days"))));
    var path = "/shared/" + newShare.token();
    var others = reachable.origin(address).map(origin -> origin + path);
    return page(
        pageRequest,
        journalSelection,
        new NewLink(others.orElse(address.used() + path), others.map(QrCode::of).orElse(null)));
  }

  @PostMapping("/{id}/delete")
  Rendering delete(PageRequest pageRequest, @PathVariable String id) {
    runs.revoke(pageRequest.world(), id);
    return pageRequest.redirect(pageRequest.here() + "/shares");
  }

  private Rendering page(
      PageRequest pageRequest, JournalSelection journalSelection, @Nullable NewLink newLink) {
    return pageRequest
        .page("console/shares", "journal")
        .with("runs", runs.of(pageRequest.world()))
        .with("filters", journalSelection.filters())
        .with("what", String.join(", ", journalSelection.filters().values()))
        .with("link", newLink)
        .show();
  }

  private static JournalSelection selection(Fields fields) {
    Map<String, String> filters = new LinkedHashMap<>();
    for (var name : JournalSelection.names()) {
      var value = fields.get(name);
      if (value != null) {
        filters.put(name, value);
      }
    }
    return JournalSelection.of(filters);
  }

  private static long days(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,3}")) {
      throw new Refusal(Problem.INVALID_FIELD, "a link lasts some days")
          .at("days")
          .expected("1 to " + SharedRuns.MAX_DAYS);
    }
    return Long.parseLong(text);
  }
}
