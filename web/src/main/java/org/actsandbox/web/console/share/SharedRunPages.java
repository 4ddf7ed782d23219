package org.actsandbox.web.console.share;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.share.SharedRuns;
import org.actsandbox.sandbox.share.SharedRuns.OpenedShare;
import org.actsandbox.web.console.decoder.EntryDecoder;
import org.actsandbox.web.console.decoder.EntrySource;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.journal.JournalEntryView;
import org.actsandbox.web.console.journal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Shows a stored run behind its link as a read-only timeline. It reads only the stored copy, so
 * that no world can be reached from here.
 */
@Controller
@RequestMapping("/shared/{token}")
class SharedRunPages {

  private static final int PAGE = 80;

  private final SharedRuns runs;

  SharedRunPages(SharedRuns runs) {
    this.runs = runs;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String token) {
    var openedShare = open(token);
    long after = number(pageRequest.query("after"));
    var page = openedShare.snapshot().page(JournalQuery.after(after, PAGE));
    var timeline = new Timeline(pageRequest.words(), page.items());
    var pageBuilder =
        pageRequest
            .page("console/shared", "shared")
            .with("run", openedShare.run())
            .with("lanes", timeline.lanes())
            .with("rows", timeline.rows())
            .with("link", "/shared/" + token)
            .with("here", "")
            .with("first", after == 0)
            .with("older", Math.max(0, after - PAGE));
    if (page.lookedUpTo() < openedShare.snapshot().lastSeq()) {
      pageBuilder.with("next", page.lookedUpTo());
    }
    return pageBuilder.show();
  }

  @GetMapping("/{seq}")
  Rendering entry(PageRequest pageRequest, @PathVariable String token, @PathVariable long seq) {
    var journalSnapshot = open(token).snapshot();
    var entry = journalSnapshot.find(seq).orElseThrow(SharedRunPages::notFound);
    var decodedEntry =
        new EntryDecoder(EntrySource.of(journalSnapshot), pageRequest.words()).decode(entry);
    return JournalEntryView.show(pageRequest, decodedEntry, "/shared/" + token, true);
  }

  private OpenedShare open(String token) {
    return runs.open(token).orElseThrow(SharedRunPages::notFound);
  }

  private static Refusal notFound() {
    return new Refusal(Problem.NOT_FOUND, "this link opens nothing, or no longer")
        .remedy("Ask the person who gave you the link for a new one.");
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
