package org.actsandbox.web.console.share;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.share.SharedRuns;
import org.actsandbox.web.console.decoder.Decoder;
import org.actsandbox.web.console.decoder.Source;
import org.actsandbox.web.console.frame.Visit;
import org.actsandbox.web.console.journal.EntryView;
import org.actsandbox.web.console.journal.Timeline;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * A stored run behind its link: the same timeline, read-only. Reads the stored copy and nothing
 * else, so nothing of any world can be reached from here.
 */
@Controller
@RequestMapping("/shared/{token}")
class SharedPages {

  private static final int PAGE = 100;

  private final SharedRuns runs;

  SharedPages(SharedRuns runs) {
    this.runs = runs;
  }

  @GetMapping
  Rendering show(Visit visit, @PathVariable String token) {
    var opened = opened(token);
    long after = number(visit.query("after"));
    var page = opened.snapshot().page(JournalQuery.after(after, PAGE));
    var timeline = new Timeline(visit.words(), page.items());
    var shown =
        visit
            .page("console/shared", "shared")
            .with("run", opened.run())
            .with("lanes", timeline.lanes())
            .with("rows", timeline.rows())
            .with("link", "/shared/" + token)
            .with("here", "")
            .with("first", after == 0)
            .with("older", Math.max(0, after - PAGE));
    if (page.lookedUpTo() < opened.snapshot().lastSeq()) {
      shown.with("next", page.lookedUpTo());
    }
    return shown.show();
  }

  @GetMapping("/{seq}")
  Rendering entry(Visit visit, @PathVariable String token, @PathVariable long seq) {
    var snapshot = opened(token).snapshot();
    var entry = snapshot.find(seq).orElseThrow(SharedPages::nothing);
    var opened = new Decoder(Source.of(snapshot), visit.words()).open(entry);
    return EntryView.show(visit, opened, "/shared/" + token, true);
  }

  private SharedRuns.Opened opened(String token) {
    return runs.open(token).orElseThrow(SharedPages::nothing);
  }

  private static Refusal nothing() {
    return new Refusal(Problem.NOT_FOUND, "this link opens nothing, or no longer")
        .remedy("Ask the person who gave you the link for a new one.");
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
